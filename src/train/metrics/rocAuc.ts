/** The area under the receiver operating characteristic. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { columnOf, type Labels, labelsOf } from './classes.ts';

/** Twice the rank of each value, from 1; equal values share the mean of their ranks (doubled, it is whole). */
const doubledRanks = (values: ArrayLike<number>): readonly number[] => {
  // ∞ − ∞ is NaN, which sorting takes for 0.
  const sorted = Array.from(values).sort((a, b) => a - b);
  const places = sorted.map((value, place) => [value, place] as const);
  const last = new Map(places);
  const first = new Map([...places].reverse());
  return Array.from(values, (value) => (first.get(value) ?? Number.NaN) + (last.get(value) ?? Number.NaN) + 2);
};

/**
 * The probability that a row of class 1 scores above a row of class 0, a tie counting one half (Mann and Whitney's U
 * over the number of pairs), from `scores` [rows] or [rows, 1]. Fails on another shape, NaN, labels other than 0 and 1,
 * and where either class has no row.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.rocAuc([0, 1, 0])(Tensor.generate('f32', [3], (i) => i)) // => E.right(0.5)
 * ```
 */
export const rocAuc =
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, number> =>
    pipe(
      columnOf('rocAuc')(scores),
      E.chain(({ data }) =>
        pipe(
          labels,
          labelsOf('rocAuc', data.length, 2),
          E.chain((actual) => {
            const positives = actual.reduce((count, label) => count + label, 0);
            const negatives = actual.length - positives;
            if (positives === 0 || negatives === 0)
              return E.left(
                failure('value', 'rocAuc', 'rows of both classes', `only class ${positives === 0 ? 0 : 1}`),
              );
            const sum = doubledRanks(data).reduce((total, rank, row) => total + rank * (actual[row] ?? 0), 0);
            return E.right((sum - positives * (positives + 1)) / (2 * positives * negatives));
          }),
        ),
      ),
    );
