/** How many of the rows are given their own class. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { aboveThreshold, type Labels, labelsOf, predictedClasses, scoresOf } from './classes.ts';

const fractionEqual =
  (actual: readonly number[]) =>
  (predicted: readonly number[]): number =>
    actual.filter((label, row) => label === predicted[row]).length / actual.length;

/**
 * The fraction of rows whose highest score (probability or logit) in `scores` [rows, classes] is that of their label;
 * the lowest class wins a tie. Fails on another shape, NaN, and labels that are not classes.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scores = Tensor.fromRows('f32')([[0.1, 0.9], [0.8, 0.2]]);
 * pipe(scores, E.chain(Metric.accuracy([1, 1]))) // => E.right(0.5)
 * ```
 */
export const accuracy =
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, number> =>
    pipe(
      predictedClasses(scores),
      E.chain((predicted) =>
        pipe(
          labels,
          labelsOf('accuracy', predicted.length, scores.shape[1] ?? 0),
          E.map((actual) => fractionEqual(actual)(predicted)),
        ),
      ),
    );

/**
 * The fraction of rows whose score in `scores` [rows] or [rows, 1] is on their label's side of the threshold: label 1
 * above it, label 0 at it or below. The threshold is ½ for probabilities and 0 for logits. Fails as `accuracy` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.binaryAccuracy(0.5)([0, 1, 1])(Tensor.generate('f32', [3, 1], (i) => i / 2)) // => E.right(2 / 3)
 * ```
 */
export const binaryAccuracy =
  (threshold: number) =>
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, number> =>
    pipe(
      aboveThreshold(threshold)(scores),
      E.chain((predicted) =>
        pipe(
          labels,
          labelsOf('binaryAccuracy', predicted.length, 2),
          E.map((actual) => fractionEqual(actual)(predicted)),
        ),
      ),
    );

/**
 * The fraction of rows whose label is among the k classes of highest score in `scores` [rows, classes]. Among equal
 * scores the lower class comes first, so `topK(1)` is `accuracy`. Fails as `accuracy` does; throws unless k is a whole
 * number of at least 1.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scores = Tensor.fromRows('f32')([[0.1, 0.6, 0.3], [0.5, 0.3, 0.2]]);
 * pipe(scores, E.chain(Metric.topK(2)([2, 2]))) // => E.right(0.5)
 * ```
 */
export const topK = (k: number) => {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`Metric.topK: ${k} is not a whole number of at least 1`);
  return (labels: Labels) =>
    (scores: Tensor): E.Either<Failure, number> =>
      pipe(
        scoresOf('topK')(scores),
        E.chain(({ data, shape: [rows = 0, classes = 0] }) =>
          pipe(
            labels,
            labelsOf('topK', rows, classes),
            E.map((actual) => {
              const ahead = (row: number, label: number): number => {
                const own = data[row * classes + label] ?? 0;
                let count = 0;
                for (let c = 0; c < classes; c++) {
                  const score = data[row * classes + c] ?? 0;
                  if (score > own || (score === own && c < label)) count++;
                }
                return count;
              };
              return actual.filter((label, row) => ahead(row, label) < k).length / rows;
            }),
          ),
        ),
      );
};
