/** Laws of intervals, and of the distributions that they are made of, against closed forms, tables and published examples. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Fold from '../../src/search/fold/index.ts';
import * as Interval from '../../src/search/interval/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { right } from '../data/helpers.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { distributions, near } from './distributions.ts';

const ordered = law(
  'quantile',
  'of 1, …, B in any order the p-quantile is (B + 1)·p, and is refused outside',
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat()),
  ([count, p, seed]) => {
    const values = Array.from({ length: count }, (_, i) => ((i * 61 + (seed % count)) % count) + 1);
    const expected = new Set(values).size === count ? (count + 1) * p : Number.NaN;
    const result = Interval.quantile(p)(values);
    return Number.isNaN(expected)
      ? { excluded: 'numbers that are not all of them' }
      : expected >= 1 && expected <= count
        ? right(result, (x) => near(expected, x, 1e-12 * count))
        : same('Left', result._tag, `${expected} of ${count}`);
  },
);

const normalGrid = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Interval.normalQuantile((i + 1) / (count + 1)));

const plain = law(
  'bca-without-correction',
  'of replicates that are symmetric about the estimate and a symmetric jackknife, BCa is the percentile interval',
  fc.constantFrom(0.5, 0.8, 0.9, 0.95),
  (level) => {
    const replicates = normalGrid(999);
    return right(Interval.percentile(level)({ estimate: 0, replicates }), (percentile) =>
      right(
        Interval.biasCorrectedAccelerated(level)({ estimate: 0, replicates, jackknife: [-2, -1, 1, 2] }),
        ({ low, high, bias, acceleration }) =>
          all(
            near(0, bias, 1e-12, 'bias'),
            near(0, acceleration, 1e-12, 'acceleration'),
            near(percentile.low, low, 1e-9, 'low'),
            near(percentile.high, high, 1e-9, 'high'),
            near(-Interval.normalQuantile((1 + level) / 2), low, 0.01, 'the normal quantile'),
          ),
      ),
    );
  },
  { runs: 8 },
);

const shifted = law(
  'bca-of-a-shift',
  'replicates that are all too large by z₀ standard errors are corrected by twice that',
  fc.tuple(
    fc.integer({ min: -4, max: 4 }).map((n) => n / 8),
    fc.constantFrom(0.5, 0.8),
  ),
  ([shift, level]) => {
    const replicates = normalGrid(9999).map((x) => x + shift);
    const z = Interval.normalQuantile((1 + level) / 2);
    return right(
      Interval.biasCorrectedAccelerated(level)({ estimate: 0, replicates, jackknife: [-1, 1] }),
      ({ low, high, bias }) =>
        // The grid is of 10⁻⁴ in probability, and densities here are above 0.05: 2·10⁻³ at most.
        all(near(-shift, bias, 2e-3, 'bias'), near(-z - shift, low, 1e-2, 'low'), near(z - shift, high, 1e-2, 'high')),
    );
  },
  { runs: 12 },
);

/** The 26 neurological patients of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), test A of table 14.1. */
const patients = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];
const varianceOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
};

const published = lawOf(
  'bca-published',
  'the variance of the 26 patients: estimate 171.5, acceleration 0.061, bias 0.146, and the 90 % interval 115.8 to 259.6',
  [0],
  () =>
    right(
      pipe(
        patients,
        Interval.replicate(4000)(fromSeed(1))(varianceOf),
        E.chain(Interval.biasCorrectedAccelerated(0.9)),
      ),
      ({ estimate, acceleration, bias, low, high }) =>
        all(
          near(171.5, estimate, 0.05, 'estimate'),
          near(0.061, acceleration, 0.0005, 'acceleration'),
          // Theirs is of 2000 replicates: z₀ has a deviation of √(1/4/2000)/φ(0) = 0.028, ours 0.020; three of both.
          near(0.146, bias, 0.105, 'bias'),
          // Quantiles of replicates of deviation 42, of 2000 and of 4000, where their density is 0.103/42 and 0.038/42, and the
          // deviation of z₀ twice: 3.7 and 6.1, three of each.
          near(115.8, low, 11, 'low'),
          near(259.6, high, 18, 'high'),
        ),
    ),
);

const meanTable = lawOf(
  'student-interval-published',
  "Student's own sleep data (1908): the mean of ten differences is 1.58 and its 95 % interval 0.70 to 2.46",
  [0],
  () =>
    right(Interval.mean(0.95)([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]), ({ estimate, low, high }) =>
      all(near(1.58, estimate, 1e-12), near(0.7, low, 0.005, 'low'), near(2.46, high, 0.005, 'high')),
    ),
);

const folds = law(
  'fold-mean',
  "the interval of folds is Student's, wider by √(1 + J·n₂/n₁): √(1 + k/(k − 1)) where each of k folds is validated once",
  fc.tuple(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 4 }), fc.nat()),
  ([k, each, seed]) =>
    right(Fold.kFold(k)(fromSeed(seed))(k * each), (made) => {
      const scores = made.map((_, i) => ((i * 7 + seed) % 11) / 11);
      return right(Interval.mean(0.9)(scores), (narrow) =>
        right(Interval.foldMean(0.9)(made)(scores), (wide) => {
          const ratio = Math.sqrt(1 + k / (k - 1));
          return all(
            near(narrow.estimate, wide.estimate, 1e-12, 'estimate'),
            near(ratio * (narrow.high - narrow.low), wide.high - wide.low, 1e-9, 'width'),
          );
        }),
      );
    }),
  { runs: 30 },
);

const replicating = law(
  'replicate',
  'a bootstrap replicate is of as many members of the sample, a jackknife one of all but one; the key decides',
  fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat(2 ** 31 - 1)),
  ([count, seed]) => {
    const sample = Array.from({ length: count }, (_, i) => i);
    const seen: (readonly number[])[] = [];
    const statistic = (values: readonly number[]): number => {
      seen.push(values);
      return values.reduce((sum, x) => sum + 2 ** x, 0);
    };
    return right(Interval.replicate(5)(fromSeed(seed))(statistic)(sample), ({ estimate, jackknife, replicates }) =>
      all(
        same(2 ** count - 1, estimate, 'estimate'),
        same(sample.map((i) => 2 ** count - 1 - 2 ** i).join(), jackknife.join(), 'jackknife'),
        same(5, replicates.length, 'replicates'),
        ...seen.slice(1, 6).map((values) =>
          all(
            same(count, values.length, 'members'),
            holds(
              values.every((x) => sample.includes(x)),
              'members of the sample',
              `${values}`,
            ),
          ),
        ),
        right(Interval.replicate(5)(fromSeed(seed))(statistic)(sample), (again) =>
          same(replicates.join(), again.replicates.join(), 'the same key'),
        ),
      ),
    );
  },
  { runs: 30 },
);

/** The laws of intervals that the pack does not state. */
export const intervalLaws: LawSet = lawSet('intervals', [
  ...distributions,
  ordered,
  plain,
  shifted,
  published,
  meanTable,
  folds,
  replicating,
]);
