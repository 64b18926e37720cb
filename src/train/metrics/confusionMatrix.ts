/** Which classes are taken for which, and the rates that follow from it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Labels, labelsOf, numbersOf } from './classes.ts';

/** Counts: row i, column j is how many rows of class i were predicted to be of class j. */
export type ConfusionMatrix = ReadonlyArray<readonly number[]>;

/** A rate of each class, and their plain mean. */
export interface Rates {
  readonly perClass: readonly number[];
  /** The mean over classes, each counting alike. */
  readonly macro: number;
}

/**
 * The confusion matrix of actual and predicted labels, each a whole number in [0, classes). Fails where there is no row,
 * the lengths differ, or a label is not a class; throws unless classes is a whole number of at least 2.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.confusionMatrix(2)([0, 0, 1])([0, 1, 1]) // => E.right([[1, 1], [0, 1]])
 * ```
 */
export const confusionMatrix = (classes: number) => {
  if (!(Number.isInteger(classes) && classes >= 2))
    throw new RangeError(`Metric.confusionMatrix: ${classes} is not a number of classes`);
  return (actual: Labels) =>
    (predicted: Labels): E.Either<Failure, ConfusionMatrix> =>
      pipe(
        numbersOf(actual).length === 0
          ? E.left(failure('shape', 'confusionMatrix', 'at least one row', 'none'))
          : labelsOf('confusionMatrix, actual', numbersOf(actual).length, classes)(actual),
        E.chain((rows) =>
          pipe(
            predicted,
            labelsOf('confusionMatrix, predicted', rows.length, classes),
            E.map((columns) => {
              const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
              rows.forEach((label, row) => {
                const line = counts[label];
                const column = columns[row] ?? 0;
                // never: labels were held to the number of classes
                if (line !== undefined) line[column] = (line[column] ?? 0) + 1;
              });
              return counts;
            }),
          ),
        ),
      );
};

const rates = (perClass: readonly number[]): Rates => ({
  perClass,
  macro: perClass.reduce((sum, rate) => sum + rate, 0) / perClass.length,
});

const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0);
const actually = (matrix: ConfusionMatrix, c: number): number => sum(matrix[c] ?? []);
const predictedAs = (matrix: ConfusionMatrix, c: number): number => sum(matrix.map((row) => row[c] ?? 0));
const correctly = (matrix: ConfusionMatrix, c: number): number => matrix[c]?.[c] ?? 0;
// 0/0 is 0: a class that was never predicted earns nothing for it, as in scikit-learn's `zero_division=0`.
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * Precision: of the rows predicted to be of a class, the fraction that is; 0 for a class that was never predicted.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.precision([[1, 1], [0, 2]]) // => { perClass: [1, 2 / 3], macro: (1 + 2 / 3) / 2 }
 * ```
 */
export const precision = (matrix: ConfusionMatrix): Rates =>
  rates(matrix.map((_, c) => ratio(correctly(matrix, c), predictedAs(matrix, c))));

/**
 * Recall: of the rows of a class, the fraction predicted to be; 0 for a class that has no row.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.recall([[1, 1], [0, 2]]) // => { perClass: [0.5, 1], macro: 0.75 }
 * ```
 */
export const recall = (matrix: ConfusionMatrix): Rates =>
  rates(matrix.map((_, c) => ratio(correctly(matrix, c), actually(matrix, c))));

/**
 * The F1 score: the harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN); 0 for a class that has no row and
 * was never predicted. `macro` is the mean of the classes' scores.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.f1([[1, 1], [0, 2]]) // => { perClass: [2 / 3, 4 / 5], macro: (2 / 3 + 4 / 5) / 2 }
 * ```
 */
export const f1 = (matrix: ConfusionMatrix): Rates =>
  rates(matrix.map((_, c) => ratio(2 * correctly(matrix, c), actually(matrix, c) + predictedAs(matrix, c))));
