/** The randomness of the reference: a key, and the number of the site that draws from it. */
import type { Dtype } from '../../scalar/dtype.ts';
import * as Key from '../../tensor/key.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Random } from '../random.ts';

/** What a key gives, in a format, from a site on. */
export const random = (dtype: Dtype, key: Key.Key, site = 0): Random<Tensor> => ({
  skip: (sites) => random(dtype, key, site + sites),
  bernoulli: (shape, p) => Key.bernoulli(shape, p, dtype)(Key.foldIn(site)(key)),
  normal: (shape) => Key.normal(shape, dtype)(Key.foldIn(site)(key)),
});
