/** Random shapes of examples, small enough to check every number of a layer. */
import * as fc from 'fast-check';
import { type Shape, size } from '../../src/tensor/shape.ts';

/**
 * Shapes of one to three axes and at most 12 elements; they shrink to fewer axes and to `[1]`.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Shape } from 'nabla-ts';
 * import { shapes } from 'nabla-ts/laws';
 * fc.sample(shapes, { seed: 1, numRuns: 50 }).every((shape) => Shape.size(shape) <= 12) // => true
 * ```
 */
export const shapes: fc.Arbitrary<Shape> = fc
  .oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 6 })) },
    { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 3 }),
      ),
    },
  )
  .filter((shape) => size(shape) <= 12);

/**
 * The shapes of as many elements as a shape has, of at most three axes.
 *
 * @example
 * ```ts
 * import { reshapings } from 'nabla-ts/laws';
 * reshapings([4]) // => [[4], [1, 4], [1, 1, 4], [2, 2], [1, 2, 2], [4, 1], [1, 4, 1]]
 * ```
 */
export const reshapings = (shape: Shape): readonly Shape[] => {
  const n = size(shape);
  const divisors = Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
  return [
    [n],
    ...divisors.flatMap((d) => [
      [d, n / d],
      [1, d, n / d],
    ]),
  ];
};

/**
 * One of {@link reshapings}; shrinks to the shape of one axis.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { reshaped } from 'nabla-ts/laws';
 * fc.sample(reshaped([6]), { seed: 1, numRuns: 20 }).every((shape) => shape.reduce((a, b) => a * b, 1) === 6) // => true
 * ```
 */
export const reshaped = (shape: Shape): fc.Arbitrary<Shape> => fc.constantFrom(...reshapings(shape));
