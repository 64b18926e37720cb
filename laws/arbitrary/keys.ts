/** Random keys and the numbers drawn from them. */
import * as fc from 'fast-check';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

/**
 * Keys; they shrink to small seeds.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { keys } from 'nabla-ts/laws';
 * fc.sample(keys, { seed: 1, numRuns: 3 }).every(({ words }) => words.length === 2) // => true
 * ```
 */
export const keys: fc.Arbitrary<Key.Key> = fc.nat().map(Key.fromSeed);

/**
 * Independent numbers of a mean and a standard deviation, in f64.
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * import { normals } from 'nabla-ts/laws';
 * normals([2, 3], Key.fromSeed(1)).shape // => [2, 3]
 * ```
 */
export const normals = (shape: Shape, key: Key.Key, deviation = 1, mean = 0): Tensor => {
  const { data } = Key.normal(shape, 'f64')(key);
  return generate('f64', shape, (i) => mean + deviation * (data[i] ?? NaN));
};
