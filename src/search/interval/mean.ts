/** Intervals of a mean: of independent numbers, and of the scores of folds, which are not. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Fold } from '../fold/fold.ts';
import { type Interval, levelOf } from './interval.ts';
import { type Moments, moments } from './moments.ts';
import { studentQuantile } from './studentQuantile.ts';

const around =
  (level: number, count: number, varianceFactor: number) =>
  ({ mean, deviation }: Moments): Interval => {
    // From the lower side, where a level near 1 leaves a probability that is not 0.
    const half = -studentQuantile(count - 1)((1 - level) / 2) * deviation * Math.sqrt(varianceFactor);
    return { estimate: mean, low: mean - half, high: mean + half, level };
  };

/**
 * Student's interval of a mean x̄ ± t·s/√n, with t the (1 + level)/2 quantile of n − 1 degrees of freedom: exact for
 * independent normal numbers, and near for others where n is not small. Results of runs with different seeds are
 * independent; scores of folds are not (see {@link foldMean}). Fails on fewer than two numbers, on one that is not finite,
 * and on a level outside (0, 1).
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Interval.mean(0.95)([1, 2, 3, 4, 5]),
 *   E.map(({ high }) => high),
 *   E.getOrElse(() => 0),
 * ) // ≈ 4.963243
 * ```
 */
export const mean =
  (level: number) =>
  (values: ArrayLike<number>): E.Either<Failure, Interval> =>
    pipe(
      levelOf('Interval.mean')(level),
      E.chain(() => moments(values)),
      E.map(around(level, values.length, 1 / values.length)),
    );

/**
 * An interval of the mean score of folds x̄ ± t·s·√(1/J + n₂/n₁), J folds of n₁ rows to train and n₂ to validate on (their
 * means), with t of J − 1 degrees of freedom (C. Nadeau and Y. Bengio, *Inference for the generalization error*, Machine
 * Learning 52, 2003, 239–281).
 *
 * What it does not say: folds share rows to train on, so their scores are correlated and Student's interval of them is too
 * narrow. The term n₂/n₁ is a correction for that, which takes the correlation to be n₂/(n₁ + n₂); there is no unbiased
 * estimate of the variance of k-fold cross-validation (Y. Bengio and Y. Grandvalet, 2004). It is about networks trained on n₁
 * rows, not on all. Fails as `mean` does, and where there are not as many scores as folds or a fold has an empty part.
 *
 * @example
 * ```ts
 * import { Fold, Interval, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scores = [0.9, 0.8, 0.85, 0.95, 0.9];
 * const half = ({ low, high }: Interval.Interval) => (high - low) / 2;
 * pipe(
 *   E.Do,
 *   E.bind('folds', () => Fold.kFold(5)(Key.fromSeed(1))(100)),
 *   E.bind('corrected', ({ folds }) => Interval.foldMean(0.95)(folds)(scores)),
 *   E.bind('plain', () => Interval.mean(0.95)(scores)),
 *   E.map(({ corrected, plain }) => half(corrected) / half(plain)),
 *   E.getOrElse(() => 0),
 * ) // ≈ 1.5
 * ```
 */
export const foldMean =
  (level: number) =>
  (folds: readonly Fold[]) =>
  (scores: ArrayLike<number>): E.Either<Failure, Interval> => {
    const where = 'Interval.foldMean';
    const empty = folds.findIndex(({ train, validation }) => train.length === 0 || validation.length === 0);
    const trained = folds.reduce((sum, { train }) => sum + train.length, 0);
    const validated = folds.reduce((sum, { validation }) => sum + validation.length, 0);
    return pipe(
      levelOf(where)(level),
      E.chain(() =>
        scores.length === folds.length
          ? moments(scores)
          : E.left(failure('shape', where, `${folds.length} scores, one a fold`, `${scores.length}`)),
      ),
      E.filterOrElse(
        () => empty < 0,
        () => failure('shape', `${where}, fold ${empty}`, 'rows to train and to validate on', 'none'),
      ),
      E.map(around(level, scores.length, 1 / scores.length + validated / trained)),
    );
  };
