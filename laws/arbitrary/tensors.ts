/** Random tensors. */
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

/**
 * Both formats; shrinks to f32.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { dtypes } from 'nabla-ts/laws';
 * new Set(fc.sample(dtypes, { seed: 1, numRuns: 20 })).size // => 2
 * ```
 */
export const dtypes: fc.Arbitrary<Dtype> = fc.constantFrom('f32', 'f64');

/**
 * Tensors of a shape, of numbers that an arbitrary draws; each number shrinks as the arbitrary's do.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { smallIntegers, tensorsOf } from 'nabla-ts/laws';
 * const [x] = fc.sample(tensorsOf('f32', [2, 3], smallIntegers), { seed: 1, numRuns: 1 });
 * x?.data.length // => 6
 * ```
 */
export const tensorsOf = (dtype: Dtype, shape: Shape, numbers: fc.Arbitrary<number>): fc.Arbitrary<Tensor> =>
  fc
    .array(numbers, { minLength: size(shape), maxLength: size(shape) })
    .map((values) => generate(dtype, shape, (i) => values[i] ?? NaN));

/**
 * Every number there is in a format: ±0, subnormals, the greatest, ±∞ and NaN among them.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { anyNumber } from 'nabla-ts/laws';
 * fc.sample(anyNumber('f32'), { seed: 1, numRuns: 50 }).every((x) => Object.is(x, Math.fround(x))) // => true
 * ```
 */
export const anyNumber = (dtype: Dtype): fc.Arbitrary<number> => (dtype === 'f32' ? fc.float() : fc.double());

/** The numbers at which things go wrong: zeros, units, subnormals, the least and greatest, infinities, NaN. */
const EDGES: Readonly<Record<Dtype, readonly number[]>> = {
  f32: [0, -0, 1, -1, 2 ** -149, -(2 ** -149), 2 ** -126, 3.4028234663852886e38, -3.4028234663852886e38],
  f64: [0, -0, 1, -1, Number.MIN_VALUE, -Number.MIN_VALUE, 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE],
};

/**
 * Numbers of a format at the edges of it: ±0, ±1, the least subnormal, the least normal, the greatest, ±∞ and NaN; they
 * shrink to 0.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { edgeNumbers } from 'nabla-ts/laws';
 * fc.sample(edgeNumbers('f32'), { seed: 1, numRuns: 200 }).some(Number.isNaN) // => true
 * ```
 */
export const edgeNumbers = (dtype: Dtype): fc.Arbitrary<number> =>
  fc.constantFrom(...EDGES[dtype], Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);

/**
 * Tensors of a shape that mix ordinary numbers with those at the edges of the format.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { edgeTensors } from 'nabla-ts/laws';
 * fc.sample(edgeTensors('f64', [4]), { seed: 1, numRuns: 1 })[0]?.shape // => [4]
 * ```
 */
export const edgeTensors = (dtype: Dtype, shape: Shape): fc.Arbitrary<Tensor> =>
  tensorsOf(dtype, shape, fc.oneof({ withCrossShrink: true }, smallIntegers, anyNumber(dtype), edgeNumbers(dtype)));

/**
 * Small whole numbers, on which sums and products are exact.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { smallIntegers } from 'nabla-ts/laws';
 * fc.sample(smallIntegers, { seed: 1, numRuns: 50 }).every((n) => Number.isInteger(n) && Math.abs(n) <= 8) // => true
 * ```
 */
export const smallIntegers: fc.Arbitrary<number> = fc.integer({ min: -8, max: 8 });
