/** Cross-validation: a score a fold, and their mean and deviation. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Moments, moments } from '../interval/moments.ts';
import type { Fold } from './fold.ts';
import { countFrom } from './refuse.ts';

/** The score of each fold in order, their mean, and their standard deviation (divided by n − 1). */
export interface CrossValidation extends Moments {
  readonly scores: readonly number[];
}

/**
 * Fits each fold in order and gathers the scores. `fit` trains on the fold's training rows, scores on its validation rows
 * (either an error or an accuracy), and is told the fold's number; of nested folds it also sees the inner ones. The
 * deviation is that of the scores; how sure the mean is, `Interval.foldMean` says. Fails on fewer than two folds, as
 * `fit` does, naming the fold, and on a score that is not finite.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const y = [1, 2, 3, 4];
 * const meanOf = (rows: readonly number[]) => rows.reduce((sum, row) => sum + (y[row] ?? 0), 0) / rows.length;
 * // The error of a model that predicts the mean of what it was trained on.
 * pipe(
 *   Fold.leaveOneOut(4),
 *   E.chain(Fold.crossValidate(({ train, validation }) => E.right(Math.abs(meanOf(train) - meanOf(validation))))),
 *   E.map(({ mean }) => mean),
 * ) // => E.right((2 + 2 / 3 + 2 / 3 + 2) / 4)
 * ```
 */
export const crossValidate =
  <F extends Fold>(fit: (fold: F, index: number) => E.Either<Failure, number>) =>
  (folds: readonly F[]): E.Either<Failure, CrossValidation> =>
    pipe(
      countFrom('Fold.crossValidate', 'folds', 2)(folds.length),
      E.chain(() =>
        pipe(
          folds,
          E.traverseArrayWithIndex((index, fold) =>
            pipe(
              fit(fold, index),
              E.mapLeft(({ tag, where, expected, received }) =>
                failure(tag, `fold ${index}: ${where}`, expected, received),
              ),
              E.filterOrElse(Number.isFinite, (score) =>
                failure('value', `Fold.crossValidate, fold ${index}`, 'a finite score', `${score}`),
              ),
            ),
          ),
        ),
      ),
      E.chain((scores) =>
        pipe(
          moments(scores),
          E.map((both): CrossValidation => ({ scores, ...both })),
        ),
      ),
    );
