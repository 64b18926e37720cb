/** Wrong resamples, and wrong estimates of what they and folds say. */
import { fromSeed, permutation, uniform } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type Bootstrap, bootstrap } from '../pack/bootstrap.ts';
import { type CrossValidation, crossValidation } from '../pack/crossValidation.ts';
import { type ErrorEstimate, errorEstimate } from '../pack/errorEstimate.ts';
import { type IntervalRule, interval } from '../pack/interval.ts';
import type { Broken } from './broken.ts';

const all = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row);

/** Resamples of whole numbers of rows from two. */
const resampling = (draw: (rows: number, seed: number) => readonly number[], bag = true): Bootstrap => ({
  of: (rows, seed) => {
    if (!(Number.isInteger(rows) && rows >= 2)) return undefined;
    const train = draw(rows, seed);
    return { train, validation: all(rows).filter((row) => !bag || !train.includes(row)) };
  },
});

const draws = (rows: number, count: number, below: number, seed: number): readonly number[] =>
  Array.from(uniform([count], 'f64')(fromSeed(seed)).data, (draw) => Math.floor(draw * below)).map((row) =>
    Math.min(row, rows - 1),
  );

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: readonly number[], less: number): number =>
  Math.sqrt(values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0) / (values.length - less));

/** Quantiles of Student's distribution of two degrees of freedom have a closed form. */
const student2 = (p: number): number => (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
/** Those of the normal distribution at the levels that are asked for. */
const normalAt = (level: number): number =>
  level < 0.7 ? 0.6744897501960817 : level < 0.85 ? 1.2815515655446004 : 1.6448536269514722;

const usable = (values: readonly number[], level: number): boolean =>
  values.length >= 2 && values.every(Number.isFinite) && level > 0 && level < 1;

/** The interval of three numbers (of more it is too wide, which laws of three numbers do not see). */
const around = (half: (values: readonly number[], level: number) => number): IntervalRule => ({
  of: (values, level) =>
    usable(values, level)
      ? { low: mean(values) - half(values, level), high: mean(values) + half(values, level) }
      : undefined,
});

const student = around(
  (values, level) => (student2((1 + level) / 2) * deviation(values, 1)) / Math.sqrt(values.length),
);

const plus: ErrorEstimate = {
  of: (apparent, outOfBag, noInformation) => {
    if (![apparent, outOfBag, noInformation].every((x) => Number.isFinite(x) && x >= 0)) return undefined;
    const bounded = Math.min(outOfBag, noInformation);
    const rate = bounded > apparent ? (bounded - apparent) / (noInformation - apparent) : 0;
    return 0.368 * apparent + 0.632 * outOfBag + ((bounded - apparent) * 0.368 * 0.632 * rate) / (1 - 0.368 * rate);
  },
};

const validated = (less: number, keep: (score: number) => boolean = () => true): CrossValidation => ({
  of: (folds, fit) => {
    const scores = folds.map(fit).filter(keep);
    return scores.length >= 2 && scores.every(Number.isFinite)
      ? { mean: mean(scores), deviation: deviation(scores, less) }
      : undefined;
  },
});

export const brokenEstimates: readonly Broken[] = [
  {
    name: 'a bootstrap without replacement',
    fault: 'rows are shuffled and not drawn: every resample is the sample',
    law: 'a row is in a resample with its chance',
    laws: bootstrap(resampling((rows, seed) => permutation(rows)(fromSeed(seed)))),
  },
  {
    name: 'a bootstrap that never draws the last row',
    fault: 'draws are below n − 1',
    law: 'a row is drawn once on average',
    laws: bootstrap(resampling((rows, seed) => draws(rows, rows, rows - 1, seed))),
  },
  {
    name: 'a bootstrap of two thirds',
    fault: 'as many rows are drawn as are expected to be different',
    law: 'as many draws as rows',
    laws: bootstrap(resampling((rows, seed) => draws(rows, Math.ceil(0.632 * rows), rows, seed))),
  },
  {
    name: 'a bag with everything in it',
    fault: 'all rows are validated, also those drawn',
    law: 'out of the bag is what was not drawn',
    laws: bootstrap(resampling((rows, seed) => draws(rows, rows, rows, seed), false)),
  },
  {
    name: 'a normal interval of three numbers',
    fault: "the normal quantile in place of Student's",
    law: 'it covers at its level',
    laws: interval(around((values, level) => (normalAt(level) * deviation(values, 1)) / Math.sqrt(values.length))),
  },
  {
    name: 'an interval of one side',
    fault: 'the quantile is that of the level, and not of half of what it leaves',
    law: 'it covers at its level',
    laws: interval(
      around(
        (values, level) =>
          (student2((1 + level) / 2 - (1 - level) / 4) * deviation(values, 1)) / Math.sqrt(values.length),
      ),
    ),
  },
  {
    name: 'an interval of the numbers',
    fault: 'the deviation is not divided by √n: it is about the next number, not about the mean',
    law: 'it covers at its level',
    laws: interval(around((values, level) => student2((1 + level) / 2) * deviation(values, 1))),
  },
  {
    name: 'an interval of 0.8',
    fault: 'it is made at one level, whatever level is asked for',
    law: 'a higher level is wider',
    laws: interval(around((values) => (student2(0.9) * deviation(values, 1)) / Math.sqrt(values.length))),
  },
  {
    name: 'an interval in an unknown unit',
    fault: 'the variance stands where the deviation should',
    law: 'it moves with the numbers',
    laws: interval(
      around((values, level) => (student2((1 + level) / 2) * deviation(values, 1) ** 2) / Math.sqrt(values.length)),
    ),
  },
  {
    name: 'an interval of NaN',
    fault: 'numbers are not looked at',
    law: 'bad input is refused',
    laws: interval({
      of: (values, level) =>
        student.of(
          values.map((x) => (Number.isFinite(x) ? x : 0)),
          level,
          0,
        ),
    }),
  },
  {
    name: 'the deviation of a population',
    fault: 'divided by n, where the mean is that of the same scores',
    law: 'deviation of a progression',
    laws: crossValidation(validated(0)),
  },
  {
    name: 'a cross-validation without its failures',
    fault: 'scores that are not numbers are left out of the mean',
    law: 'bad input is refused',
    laws: crossValidation(validated(1, Number.isFinite)),
  },
  {
    name: '.632 without plus',
    fault: 'the weight of the out-of-bag error does not grow with overfitting',
    law: 'all overfitted',
    laws: errorEstimate({
      of: (apparent, outOfBag, noInformation) =>
        plus.of(apparent, outOfBag, noInformation) === undefined ? undefined : 0.368 * apparent + 0.632 * outOfBag,
    }),
  },
  {
    name: '.632+ out of bounds',
    fault: 'the overfitting rate is used also where it is above 1 or below 0',
    law: 'between the errors',
    laws: errorEstimate({
      of: (apparent, outOfBag, noInformation) => {
        if (plus.of(apparent, outOfBag, noInformation) === undefined) return undefined;
        const rate = noInformation === apparent ? 0 : (outOfBag - apparent) / (noInformation - apparent);
        const weight = 0.632 / (1 - 0.368 * rate);
        return (1 - weight) * apparent + weight * outOfBag;
      },
    }),
  },
];

export const correctEstimates: readonly LawSet[] = [
  bootstrap(resampling((rows, seed) => draws(rows, rows, rows, seed))),
  interval(student),
  crossValidation(validated(1)),
  errorEstimate(plus),
];
