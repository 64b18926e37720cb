/** The randomness of the reference: a key, and the number of the site that draws from it. */
import type { Dtype } from '../../scalar/dtype.ts';
import * as Key from '../../tensor/key.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Random } from '../random.ts';

/**
 * What a key gives, in a format, from a site on: site i draws from `Key.foldIn(i)(key)`.
 *
 * @example
 * ```ts
 * import { Key, Ops, Tensor } from 'nabla-ts';
 * const random = Ops.random('f32', Key.fromSeed(7));
 * Tensor.equals(random.skip(2).normal([3]), Key.normal([3])(Key.foldIn(2)(Key.fromSeed(7)))) // => true
 * ```
 */
export const random = (dtype: Dtype, key: Key.Key, site = 0): Random<Tensor> => ({
  skip: (sites) => random(dtype, key, site + sites),
  bernoulli: (shape, p) => Key.bernoulli(shape, p, dtype)(Key.foldIn(site)(key)),
  normal: (shape) => Key.normal(shape, dtype)(Key.foldIn(site)(key)),
});
