/** What distributions and intervals refuse, word for word. */
import * as Interval from '../../src/search/interval/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { saying } from '../reach/said.ts';

const key = fromSeed(1);
const inf = Number.POSITIVE_INFINITY;
const one = { train: [0], validation: [1] };
const two = { train: [1], validation: [0] };
const replicates = Array.from({ length: 99 }, (_, i) => i - 49);

/** What intervals refuse. */
export const intervals = saying('intervals', 'refuse samples that tell nothing, and levels that are none', [
  [() => Interval.normalQuantile(1.5), 'Interval.normalQuantile: 1.5 is not a probability'],
  [() => Interval.normalQuantile(Number.NaN), 'Interval.normalQuantile: NaN is not a probability'],
  [() => Interval.studentQuantile(0), 'Interval.studentQuantile: 0 degrees of freedom'],
  [() => Interval.studentQuantile(1.5), 'Interval.studentQuantile: 1.5 degrees of freedom'],
  [() => Interval.studentQuantile(3)(1), 'Interval.studentQuantile: 1 is not between 0 and 1'],
  [() => Interval.moments([1]), 'moments: expected at least 2 numbers, received 1'],
  [() => Interval.moments([1, inf]), 'moments, number 1: expected a finite number, received Infinity'],
  [() => Interval.mean(95)([1, 2]), 'Interval.mean: expected a level between 0 and 1, received 95'],
  [() => Interval.mean(1 - 2 ** -53)([1, 2]), 'a result'],
  [() => Interval.foldMean(0)([one, two])([1, 2]), 'Interval.foldMean: expected a level between 0 and 1, received 0'],
  [() => Interval.foldMean(0.9)([one, two])([1]), 'Interval.foldMean: expected 2 scores, one a fold, received 1'],
  [() => Interval.foldMean(0.9)([one])([1]), 'moments: expected at least 2 numbers, received 1'],
  [
    () => Interval.foldMean(0.9)([one, { train: [], validation: [0] }])([1, 2]),
    'Interval.foldMean, fold 1: expected rows to train and to validate on, received none',
  ],
  [() => Interval.quantile(0.5)([]), 'Interval.quantile: expected at least 1 numbers, received 0'],
  [
    () => Interval.quantile(0.01)([1, 2, 3]),
    'Interval.quantile: expected numbers enough to tell their 0.01-quantile, received 3',
  ],
  [
    () => Interval.quantile(Number.NaN)([1, 2]),
    'Interval.quantile: expected numbers enough to tell their NaN-quantile, received 2',
  ],
  [
    () => Interval.percentile(0.99)({ estimate: 0, replicates }),
    'Interval.quantile: expected numbers enough to tell their 0.0050000000000000044-quantile, received 99',
  ],
  [
    () => Interval.percentile(2)({ estimate: 0, replicates }),
    'Interval.percentile: expected a level between 0 and 1, received 2',
  ],
  [
    () => Interval.percentile(0.9)({ estimate: Number.NaN, replicates }),
    'Interval.percentile, estimate, number 0: expected a finite number, received NaN',
  ],
  [
    () => Interval.percentile(0.9)({ estimate: 0, replicates: [Number.NaN] }),
    'Interval.quantile, number 0: expected a finite number, received NaN',
  ],
  [
    () => Interval.replicate(0)(key)(() => 1)([1, 2]),
    'Interval.replicate: expected resamples: a whole number from 1, received 0',
  ],
  [() => Interval.replicate(9)(key)(() => 1)([1]), 'Interval.replicate: expected a sample of at least 2, received 1'],
  [
    () => Interval.replicate(9)(key)(() => Number.NaN)([1, 2]),
    "Interval.replicate, the sample's statistic, number 0: expected a finite number, received NaN",
  ],
  [
    () => Interval.replicate(9)(key)((sample: readonly number[]) => 1 / (sample.length - 1))([1, 2]),
    'Interval.replicate, the statistics without one, number 0: expected a finite number, received Infinity',
  ],
  [
    () => Interval.biasCorrectedAccelerated(0.9)({ estimate: 99, replicates, jackknife: [1, 2] }),
    'Interval.biasCorrectedAccelerated: expected replicates on both sides of the estimate, received all of them on one side',
  ],
  [
    () => Interval.biasCorrectedAccelerated(0.9)({ estimate: 0, replicates, jackknife: [1, 1] }),
    'Interval.biasCorrectedAccelerated: expected a statistic that varies with the members of the sample, received one that does not',
  ],
  [
    () => Interval.biasCorrectedAccelerated(0.9)({ estimate: 0, replicates, jackknife: [1] }),
    'Interval.biasCorrectedAccelerated, jackknife: expected at least 2 numbers, received 1',
  ],
  [
    () => Interval.biasCorrectedAccelerated(1)({ estimate: 0, replicates, jackknife: [1, 2] }),
    'Interval.biasCorrectedAccelerated: expected a level between 0 and 1, received 1',
  ],
  [
    () => Interval.biasCorrectedAccelerated(1 - 2 ** -53)({ estimate: 0, replicates, jackknife: [0, 0, 0, 0, 0, 1] }),
    'Interval.biasCorrectedAccelerated: expected a statistic less skewed, or a lower level, received acceleration -0.12171612389003693',
  ],
  [() => Interval.biasCorrectedAccelerated(0.9)({ estimate: 0, replicates, jackknife: [1, 2] }), 'a result'],
]);
