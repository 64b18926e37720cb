/** BCa intervals: percentile intervals at percentiles that are corrected for the statistic's bias and skewness. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Interval, levelOf } from './interval.ts';
import { finiteOf, meanOf } from './moments.ts';
import { normalDistribution, normalQuantile } from './normal.ts';
import { quantile } from './percentile.ts';
import type { Replicates } from './replicates.ts';

/** A BCa interval, and what its percentiles were corrected by. */
export interface CorrectedInterval extends Interval {
  /** z₀, the bias of the statistic's median in standard errors. */
  readonly bias: number;
  /** a, how fast the statistic's standard error grows with its value. */
  readonly acceleration: number;
}

const where = 'Interval.biasCorrectedAccelerated';

/** z₀ = Φ⁻¹(share of replicates below the estimate), those equal to it counted half. */
const biasOf = ({ estimate, replicates }: Replicates): E.Either<Failure, number> => {
  const below = replicates.reduce((sum, x) => sum + (x < estimate ? 1 : x === estimate ? 0.5 : 0), 0);
  return below > 0 && below < replicates.length
    ? E.right(normalQuantile(below / replicates.length))
    : E.left(failure('value', where, 'replicates on both sides of the estimate', 'all of them on one side'));
};

/** a = Σd³/(6·(Σd²)^(3/2)), d = the jackknife's mean less each of its values. */
const accelerationOf = ({ jackknife }: Replicates): E.Either<Failure, number> => {
  const mean = meanOf(jackknife);
  // The largest is divided by, so that no power of a small or large number is lost.
  const largest = jackknife.reduce((most, x) => Math.max(most, Math.abs(mean - x)), 0);
  if (!(largest > 0 && Number.isFinite(largest)))
    return E.left(
      failure('value', where, 'a statistic that varies with the members of the sample', 'one that does not'),
    );
  const distances = jackknife.map((x) => (mean - x) / largest);
  const squares = distances.reduce((sum, d) => sum + d * d, 0);
  return E.right(distances.reduce((sum, d) => sum + d * d * d, 0) / (6 * squares * Math.sqrt(squares)));
};

/**
 * Efron's bias-corrected and accelerated interval (B. Efron, *Better bootstrap confidence intervals*, JASA 82, 1987,
 * 171–185): from the Φ(z₀ + (z₀ + z)/(1 − a·(z₀ + z))) quantile of the replicates for z = Φ⁻¹((1 − level)/2) to that for −z,
 * where z₀ is the statistic's bias and a its acceleration by the jackknife. It covers to second order, whatever scale the
 * statistic is on. Fails where the replicates are too few for those quantiles or all on one side of the estimate, where
 * leaving one out changes nothing, on numbers that are not finite, and on a level outside (0, 1).
 *
 * @example
 * ```ts
 * import { Interval, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const mean = (sample: readonly number[]) => sample.reduce((sum, x) => sum + x / sample.length, 0);
 * pipe(
 *   Interval.replicate(500)(Key.fromSeed(1))(mean)([1, 2, 3, 4, 5, 15]),
 *   E.chain(Interval.biasCorrectedAccelerated(0.9)),
 *   E.map(({ low, estimate, high }) => low < estimate && high - estimate > estimate - low),
 * ) // => E.right(true)
 * ```
 */
export const biasCorrectedAccelerated =
  (level: number) =>
  (of: Replicates): E.Either<Failure, CorrectedInterval> =>
    pipe(
      E.Do,
      E.chainFirst(() => levelOf(where)(level)),
      E.chainFirst(() => finiteOf(`${where}, estimate`, 1)([of.estimate])),
      E.chainFirst(() => finiteOf(`${where}, replicates`, 1)(of.replicates)),
      E.chainFirst(() => finiteOf(`${where}, jackknife`, 2)(of.jackknife)),
      E.bind('bias', () => biasOf(of)),
      E.bind('acceleration', () => accelerationOf(of)),
      E.chain(({ bias, acceleration }) => {
        const z = normalQuantile((1 - level) / 2);
        const end = (side: number): E.Either<Failure, number> => {
          const scale = 1 - acceleration * (bias + side);
          return scale > 0
            ? quantile(normalDistribution(bias + (bias + side) / scale))(of.replicates)
            : E.left(
                failure('value', where, 'a statistic less skewed, or a lower level', `acceleration ${acceleration}`),
              );
        };
        return pipe(
          end(z),
          E.bindTo('low'),
          E.bind('high', () => end(-z)),
          E.map(({ low, high }) => ({ estimate: of.estimate, low, high, level, bias, acceleration })),
        );
      }),
    );
