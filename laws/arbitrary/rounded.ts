/** Numbers that a person can read: they shrink to small whole numbers. */
import * as fc from 'fast-check';

/**
 * Numbers from −limit to limit (a whole number of at most 4096) that f32 holds exactly: whole ones, eighths, and any
 * multiple of 2⁻¹². They shrink to whole numbers, and these to 0.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { roundNumbers } from 'nabla-ts/laws';
 * fc.sample(roundNumbers(4), { seed: 1, numRuns: 100 }).every((x) => Math.abs(x) <= 4 && x === Math.fround(x)) // => true
 * ```
 */
export const roundNumbers = (limit: number): fc.Arbitrary<number> => {
  const multiples = (of: number): fc.Arbitrary<number> =>
    fc.integer({ min: -limit / of, max: limit / of }).map((k) => k * of + 0);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: multiples(1) },
    { weight: 1, arbitrary: multiples(2 ** -3) },
    { weight: 6, arbitrary: multiples(2 ** -12) },
  );
};
