/** Scores to classes: what a network's output says, as whole numbers from 0. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { show as showShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The first row that holds a NaN, or one below 0. */
const rowOfNaN = ({ data }: Tensor, width: number): number =>
  Math.floor(Array.from(data).findIndex(Number.isNaN) / width);

/**
 * The scores (probabilities or logits) as they are, when they are of shape [rows, classes] with at least one row and two
 * classes and none is NaN.
 */
export const scoresOf =
  (where: string) =>
  (scores: Tensor): E.Either<Failure, Tensor> => {
    const [rows = Number.NaN, classes = Number.NaN] = scores.shape;
    if (scores.shape.length !== 2 || rows < 1 || classes < 2)
      return E.left(
        failure('shape', where, 'scores of shape [rows ≥ 1, classes ≥ 2]', `shape ${showShape(scores.shape)}`),
      );
    const row = rowOfNaN(scores, classes);
    return row < 0 ? E.right(scores) : E.left(failure('value', `${where}, row ${row}`, 'numbers', 'NaN'));
  };

/** The scores of the positive class as they are, when they are of shape [rows] or [rows, 1] with at least one row and
 * none is NaN. */
export const columnOf =
  (where: string) =>
  (scores: Tensor): E.Either<Failure, Tensor> => {
    const [rows = 0, width = 1] = scores.shape;
    if (scores.shape.length > 2 || rows < 1 || width !== 1)
      return E.left(
        failure('shape', where, 'scores of shape [rows ≥ 1] or [rows ≥ 1, 1]', `shape ${showShape(scores.shape)}`),
      );
    const row = rowOfNaN(scores, 1);
    return row < 0 ? E.right(scores) : E.left(failure('value', `${where}, row ${row}`, 'numbers', 'NaN'));
  };

/** The true classes, one a row: numbers, or a tensor of them such as the targets of examples. */
export type Labels = ArrayLike<number> | Tensor;

/** The numbers of labels. */
export const numbersOf = (labels: Labels): ArrayLike<number> => ('data' in labels ? labels.data : labels);

/** The labels as an array, when there are `rows` of them, each a whole number in [0, classes). */
export const labelsOf =
  (where: string, rows: number, classes: number) =>
  (given: Labels): E.Either<Failure, readonly number[]> => {
    const labels = numbersOf(given);
    if (labels.length !== rows) return E.left(failure('shape', where, `${rows} labels, one a row`, `${labels.length}`));
    for (let i = 0; i < rows; i++) {
      const label = labels[i] ?? Number.NaN;
      if (!(Number.isInteger(label) && label >= 0 && label < classes))
        return E.left(failure('value', `${where}, row ${i}`, `a label from 0 to ${classes - 1}`, String(label)));
    }
    return E.right(Array.from(labels));
  };

/**
 * The class of the highest score in each row of `scores` [rows, classes]; the lowest such class where several are equal.
 * Fails on another shape and on NaN.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scores = Tensor.fromRows('f32')([[0.1, 0.7, 0.2], [0.4, 0.2, 0.4]]);
 * pipe(scores, E.chain(Metric.predictedClasses)) // => E.right([1, 0])
 * ```
 */
export const predictedClasses = (scores: Tensor): E.Either<Failure, readonly number[]> =>
  E.Functor.map(scoresOf('predictedClasses')(scores), ({ data, shape: [rows = 0, classes = 0] }) =>
    Array.from({ length: rows }, (_, row) => {
      let best = 0;
      for (let c = 1; c < classes; c++)
        if ((data[row * classes + c] ?? 0) > (data[row * classes + best] ?? 0)) best = c;
      return best;
    }),
  );

/**
 * 1 where a score of `scores` [rows] or [rows, 1] is above the threshold, else 0: ½ for probabilities, 0 for logits. At
 * the threshold itself the two classes are equal and the lower one is taken. Fails on another shape and on NaN.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.aboveThreshold(0.5)(Tensor.generate('f32', [3], (i) => i / 2)) // => E.right([0, 0, 1])
 * ```
 */
export const aboveThreshold =
  (threshold: number) =>
  (scores: Tensor): E.Either<Failure, readonly number[]> =>
    E.Functor.map(columnOf('aboveThreshold')(scores), ({ data }) =>
      Array.from(data, (score) => (score > threshold ? 1 : 0)),
    );
