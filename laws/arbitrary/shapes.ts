/** Random shapes of examples, small enough to check every number of a layer. */
import * as fc from 'fast-check';
import { type Shape, size } from '../../src/tensor/shape.ts';

/** Shapes of one to three axes and at most 12 elements; they shrink to `[1]`. */
export const shapes: fc.Arbitrary<Shape> = fc
  .oneof(
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

/** The shapes of as many elements, of at most three axes. */
export const reshaped = (shape: Shape): fc.Arbitrary<Shape> => {
  const n = size(shape);
  const divisors = Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
  return fc.constantFrom<Shape>(
    [n],
    ...divisors.flatMap((d) => [
      [d, n / d],
      [1, d, n / d],
    ]),
  );
};
