/** A statistic of a sample again and again: of bootstrap samples, and of the sample without one of its members. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Key, split, uniform } from '../../tensor/key.ts';
import { finiteOf } from './moments.ts';

/** A statistic of a sample, how it varies when the sample is drawn again from itself, and without each of its members. */
export interface Replicates {
  readonly estimate: number;
  readonly replicates: readonly number[];
  readonly jackknife: readonly number[];
}

/** As many members as the sample has, each drawn from all. */
const drawn =
  <A>(sample: readonly A[]) =>
  (key: Key): readonly A[] =>
    // A draw is below 1, so there is a member at its place, which may itself be undefined.
    Array.from(uniform([sample.length], 'f64')(key).data, (draw) => sample[Math.floor(draw * sample.length)] as A);

/**
 * A statistic of a sample, of `resamples` bootstrap samples of it, and of it without each member in turn: what `percentile`
 * and `biasCorrectedAccelerated` take. Members may be anything: pairs of prediction and target, or fold scores. Fails on
 * fewer than two members, on fewer than one resample, and where the statistic is not finite.
 *
 * @example
 * ```ts
 * import { Interval, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const mean = (sample: readonly number[]) => sample.reduce((sum, x) => sum + x / sample.length, 0);
 * pipe(
 *   Interval.replicate(200)(Key.fromSeed(1))(mean)([1, 2, 3, 6]),
 *   E.map(({ estimate, replicates, jackknife }) => [estimate, replicates.length, jackknife.length]),
 * ) // => E.right([3, 200, 4])
 * ```
 */
export const replicate =
  (resamples: number) =>
  (key: Key) =>
  <A>(statistic: (sample: readonly A[]) => number) =>
  (sample: readonly A[]): E.Either<Failure, Replicates> => {
    const where = 'Interval.replicate';
    if (!(Number.isInteger(resamples) && resamples >= 1 && resamples < 2 ** 31))
      return E.left(failure('config', where, 'resamples: a whole number from 1', `${resamples}`));
    if (sample.length < 2) return E.left(failure('shape', where, 'a sample of at least 2', `${sample.length}`));
    return pipe(
      finiteOf(`${where}, the sample's statistic`, 1)([statistic(sample)]),
      E.map(([estimate = 0]) => estimate),
      E.bindTo('estimate'),
      E.bind('replicates', () =>
        finiteOf(
          `${where}, the statistics of resamples`,
          1,
        )(split(resamples)(key).map((own) => statistic(drawn(sample)(own)))),
      ),
      E.bind('jackknife', () =>
        finiteOf(
          `${where}, the statistics without one`,
          2,
        )(sample.map((_, i) => statistic(sample.filter((__, j) => j !== i)))),
      ),
    );
  };
