/** Percentile intervals: what lies in the middle of a statistic's bootstrap replicates. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Interval, levelOf } from './interval.ts';
import { finiteOf } from './moments.ts';

/**
 * The p-quantile of numbers: the (B + 1)·p-th smallest of B, linear between neighbours (Hyndman and Fan's definition 6, the
 * one of bootstrap intervals). Fails where that is before the first or after the last, for then there are too few; and on
 * numbers that are not finite.
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Interval.quantile(0.25)([3, 1, 2]) // => E.right(1)
 * ```
 */
export const quantile =
  (p: number) =>
  (values: ArrayLike<number>): E.Either<Failure, number> =>
    pipe(
      finiteOf('Interval.quantile', 1)(values),
      E.chain((numbers) => {
        const place = (numbers.length + 1) * p;
        if (!(place >= 1 && place <= numbers.length))
          return E.left(
            failure('shape', 'Interval.quantile', `numbers enough to tell their ${p}-quantile`, `${numbers.length}`),
          );
        const sorted = Float64Array.from(numbers).sort();
        const below = Math.floor(place);
        const [low = 0, high = low] = sorted.subarray(below - 1, below + 1);
        return E.right(low + (place - below) * (high - low));
      }),
    );

/**
 * Efron's percentile interval (B. Efron, *Bootstrap methods: another look at the jackknife*, 1979): from the (1 − level)/2
 * to the (1 + level)/2 quantile of bootstrap replicates. It needs at least 2/(1 − level) − 1 replicates, 39 for 0.95; some
 * thousands are usual. Where the statistic is biased or skewed it covers less than its level:
 * `biasCorrectedAccelerated` mends that. Fails on too few replicates, on one that is not finite, and on a level outside
 * (0, 1).
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * const replicates = Array.from({ length: 7 }, (_, i) => i);
 * Interval.percentile(0.5)({ estimate: 3, replicates }) // => E.right({ estimate: 3, low: 1, high: 5, level: 0.5 })
 * ```
 */
export const percentile =
  (level: number) =>
  ({
    estimate,
    replicates,
  }: {
    readonly estimate: number;
    readonly replicates: ArrayLike<number>;
  }): E.Either<Failure, Interval> =>
    pipe(
      levelOf('Interval.percentile')(level),
      E.chain(() => finiteOf('Interval.percentile, estimate', 1)([estimate])),
      E.chain(() => quantile((1 - level) / 2)(replicates)),
      E.bindTo('low'),
      E.bind('high', () => quantile(1 - (1 - level) / 2)(replicates)),
      E.map(({ low, high }) => ({ estimate, low, high, level })),
    );
