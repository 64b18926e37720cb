/** Random tensors. */
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

/** Both formats. */
export const dtypes: fc.Arbitrary<Dtype> = fc.constantFrom('f32', 'f64');

/** Tensors of a shape, of numbers that an arbitrary draws. */
export const tensorsOf = (dtype: Dtype, shape: Shape, numbers: fc.Arbitrary<number>): fc.Arbitrary<Tensor> =>
  fc
    .array(numbers, { minLength: size(shape), maxLength: size(shape) })
    .map((values) => generate(dtype, shape, (i) => values[i] ?? NaN));

/** Every number there is in a format: ±0, subnormals, the greatest, ±∞ and NaN among them. */
export const anyNumber = (dtype: Dtype): fc.Arbitrary<number> => (dtype === 'f32' ? fc.float() : fc.double());

/** Small whole numbers, on which sums and products are exact. */
export const smallIntegers: fc.Arbitrary<number> = fc.integer({ min: -8, max: 8 });
