/** The area under the receiver operating characteristic. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { columnOf, type Labels, labelsOf } from './classes.ts';

/** Twice the rank of each value, from 1; equal values share the mean of their ranks (doubled, it is whole). */
const doubledRanks = (values: ArrayLike<number>): readonly number[] => {
  const order = Array.from(values, (value, index) => ({ value, index })).sort((a, b) =>
    a.value < b.value ? -1 : a.value > b.value ? 1 : 0,
  );
  const ranks = new Array<number>(order.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to++;
    // never: there is a row at every place
    for (let i = from; i <= to; i++) ranks[order[i]?.index ?? 0] = from + to + 2;
    from = to + 1;
  }
  return ranks;
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
