/** Random keys and the numbers drawn from them. */
import * as fc from 'fast-check';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

/** Keys; they shrink to small seeds. */
export const keys: fc.Arbitrary<Key.Key> = fc.nat().map(Key.fromSeed);

/** Independent numbers of a mean and a standard deviation, in f64. */
export const normals = (shape: Shape, key: Key.Key, deviation = 1, mean = 0): Tensor => {
  const { data } = Key.normal(shape, 'f64')(key);
  return generate('f64', shape, (i) => mean + deviation * (data[i] ?? NaN));
};
