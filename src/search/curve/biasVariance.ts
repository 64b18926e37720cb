/**
 * Bias and variance: what of an error stays however often one trains on other rows, and what changes with the rows.
 *
 * Laws: the parts add up to the error; predictions that do not vary have no variance; the variance does not ask for the
 * targets; over all samples of predictions the mean of each estimate is what it estimates.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { countFrom } from '../fold/refuse.ts';
import { meanOf } from '../interval/moments.ts';

/** The parts of a squared error; a mean over rows each. */
export interface BiasVariance {
  /** The mean square of target − prediction, over the predictions of a row and then over rows. */
  readonly error: number;
  /** The mean square of target − mean prediction, without what chance adds to it; the noise of the targets is in it. */
  readonly squaredBias: number;
  /** The mean variance of the predictions of a row. */
  readonly variance: number;
  /** The main prediction of each row: the mean. */
  readonly main: readonly number[];
}

/** The parts of a 0–1 error; a mean over rows each. */
export interface ZeroOneBiasVariance {
  /** How often a prediction is not the target. */
  readonly error: number;
  /** The share of rows whose main prediction is not the target. */
  readonly bias: number;
  /** How often a prediction is not the main one. */
  readonly variance: number;
  /** Of the variance, what is of rows without bias: there it does harm. */
  readonly unbiasedVariance: number;
  /** How often a prediction of a row with bias is the target: there variance mends. */
  readonly biasedVariance: number;
  /** The main prediction of each row: the most frequent one, the lowest of several. */
  readonly main: readonly number[];
}

/** As many targets as rows of predictions, at least two of each row, all of the kind that `is` says. */
const checked =
  (where: string, what: string, is: (value: number) => boolean) =>
  (targets: ArrayLike<number>, predictions: ReadonlyArray<ArrayLike<number>>): E.Either<Failure, readonly number[]> => {
    const numbers = Array.from(targets);
    const one = (place: string) => (value: number) =>
      is(value) ? E.right(value) : E.left(failure('value', `${where}, ${place}`, what, `${value}`));
    return pipe(
      countFrom(where, 'targets', 1)(numbers.length),
      E.filterOrElse(
        () => predictions.length === numbers.length,
        () => failure('shape', where, `predictions of ${numbers.length} rows, one a target`, `${predictions.length}`),
      ),
      E.chain(() => E.traverseArrayWithIndex((row, value: number) => one(`target ${row}`)(value))(numbers)),
      E.chainFirst(() =>
        E.traverseArrayWithIndex((row, of: ArrayLike<number>) =>
          of.length >= 2
            ? E.traverseArray(one(`row ${row}`))(Array.from(of))
            : E.left(failure('shape', `${where}, row ${row}`, 'at least 2 predictions', `${of.length}`)),
        )(predictions),
      ),
    );
  };

/**
 * The parts of the squared error of predictions, those of row i by different trainings in `predictions[i]` (see
 * {@link outOfBag}): error = squaredBias + variance. With B predictions ŷ of a row, m their mean and s² their sample
 * variance (B − 1), the variance is s² and the squared bias (y − m)² − s²/B: both without bias, and still what adds up to
 * the mean of (y − ŷ)²; of a few predictions the squared bias may come out below 0. Where targets are noisy, their variance
 * is in the squared bias; to see the bias alone take the noiseless values as targets. (S. Geman, E. Bienenstock and R.
 * Doursat, *Neural networks and the bias/variance dilemma*, Neural Computation 4, 1992, 1–58.)
 *
 * What predictions from resamples say is about sets drawn from this one: the variance between bootstrap samples, which have
 * fewer different rows than the whole has. Fails on fewer than two predictions of a row, on another number of rows, and on
 * what is not finite.
 *
 * @example
 * ```ts
 * import { Curve } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Curve.biasVariance([4, 0])([[1, 1], [-1, 1]])
 * // => E.right({ error: 5, squaredBias: 4, variance: 1, main: [1, 0] })
 * ```
 */
export const biasVariance =
  (targets: ArrayLike<number>) =>
  (predictions: ReadonlyArray<ArrayLike<number>>): E.Either<Failure, BiasVariance> =>
    pipe(
      checked('Curve.biasVariance', 'a finite number', Number.isFinite)(targets, predictions),
      E.map((numbers) =>
        numbers.map((y, row) => {
          const own = Array.from(predictions[row] ?? []);
          const main = meanOf(own);
          const variance = own.reduce((sum, p) => sum + (p - main) * (p - main), 0) / (own.length - 1);
          return {
            main,
            variance,
            squaredBias: (y - main) * (y - main) - variance / own.length,
            error: meanOf(own.map((p) => (y - p) * (y - p))),
          };
        }),
      ),
      E.map((rows) => ({
        error: meanOf(rows.map(({ error }) => error)),
        squaredBias: meanOf(rows.map(({ squaredBias }) => squaredBias)),
        variance: meanOf(rows.map(({ variance }) => variance)),
        main: rows.map(({ main }) => main),
      })),
      E.filterOrElse(
        ({ error, squaredBias, variance }) => [error, squaredBias, variance].every(Number.isFinite),
        () => failure('value', 'Curve.biasVariance', 'numbers whose squares f64 can hold', 'larger ones'),
      ),
    );

/** The most frequent number, the lowest of several. */
const modeOf = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
  )[0];
};

/**
 * The parts of the error rate of predicted labels, those of row i by different trainings in `predictions[i]`: error =
 * bias + unbiasedVariance − biasedVariance. The bias of a row is whether its main prediction is wrong; variance there does
 * no harm but good, as often as it meets the target. (P. Domingos, *A unified bias-variance decomposition*, ICML 2000,
 * theorem 3, with the target as the optimal prediction: the noise of labels is in the bias, as data do not tell it apart.)
 * Fails as {@link biasVariance} does, and on a label that is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { Curve } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * // The first row is mostly right, the second mostly wrong.
 * Curve.zeroOneBiasVariance([1, 0])([[1, 1, 1, 0], [2, 0, 2, 1]])
 * // => E.right({ error: 0.5, bias: 0.5, variance: 0.375, unbiasedVariance: 0.125, biasedVariance: 0.125, main: [1, 2] })
 * ```
 */
export const zeroOneBiasVariance =
  (targets: ArrayLike<number>) =>
  (predictions: ReadonlyArray<ArrayLike<number>>): E.Either<Failure, ZeroOneBiasVariance> =>
    pipe(
      checked(
        'Curve.zeroOneBiasVariance',
        'a label that is a whole number from 0',
        (label) => Number.isSafeInteger(label) && label >= 0,
      )(targets, predictions),
      E.map((labels) => {
        const rows = labels.map((label, row) => {
          const own = Array.from(predictions[row] ?? []);
          const main = modeOf(own);
          const share = (is: (prediction: number) => boolean): number => own.filter(is).length / own.length;
          return {
            main,
            biased: main !== label,
            variance: share((p) => p !== main),
            right: share((p) => p === label),
            error: share((p) => p !== label),
          };
        });
        const total = (of: (row: (typeof rows)[number]) => number): number => meanOf(rows.map(of));
        return {
          error: total(({ error }) => error),
          bias: total(({ biased }) => (biased ? 1 : 0)),
          variance: total(({ variance }) => variance),
          unbiasedVariance: total(({ biased, variance }) => (biased ? 0 : variance)),
          biasedVariance: total(({ biased, right }) => (biased ? right : 0)),
          main: rows.map(({ main }) => main),
        };
      }),
    );
