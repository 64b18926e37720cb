/** Wrong curves, decompositions, calibrations and importances, in plain numbers as they are often written. */
import { fromSeed, permutation } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type BiasVarianceRule, biasVariance, type ZeroOneRule, zeroOneBiasVariance } from '../pack/biasVariance.ts';
import { type ImportanceRule, importance } from '../pack/importance.ts';
import { type LearningCurveRule, learningCurve } from '../pack/learningCurve.ts';
import { metric } from '../pack/metric.ts';
import type { Broken } from './broken.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const BINS = 10;

interface Bin {
  readonly confidence: number;
  readonly frequency: number;
  readonly share: number;
  readonly middle: number;
}

/** What becomes of equal-width bins; `came` says what is counted as come true. */
const calibration = (
  of: (bins: readonly Bin[]) => number,
  came: (label: number, p: number) => boolean = (label) => label === 1,
): LawSet =>
  metric({
    kind: 'calibration',
    bins: BINS,
    of: (labels, probabilities) => {
      const fine = probabilities.every((p) => p >= 0 && p <= 1) && labels.every((label) => label === 0 || label === 1);
      if (!fine || labels.length === 0) return undefined;
      const places = probabilities.map((p) => Math.max(0, Math.ceil(p * BINS) - 1));
      const bins = Array.from({ length: BINS }, (_, bin) => {
        const rows = places.flatMap((place, row) => (place === bin ? [row] : []));
        return {
          share: rows.length / labels.length,
          middle: (bin + 0.5) / BINS,
          confidence: mean(rows.map((row) => probabilities[row] ?? NaN)),
          frequency: mean(rows.map((row) => (came(labels[row] ?? NaN, probabilities[row] ?? NaN) ? 1 : 0))),
        };
      });
      return of(bins.filter(({ share }) => share > 0));
    },
  });

const sum = (bins: readonly Bin[], of: (bin: Bin) => number): number => bins.reduce((total, bin) => total + of(bin), 0);

const right = (bins: readonly Bin[]): number =>
  sum(bins, ({ share, confidence, frequency }) => share * Math.abs(confidence - frequency));

/** A decomposition told what is made of a row's predictions. */
const squared = (
  parts: (
    rows: ReadonlyArray<{ readonly y: number; readonly own: readonly number[]; readonly main: number }>,
  ) => ReturnType<BiasVarianceRule['of']>,
): LawSet =>
  biasVariance({
    of: (targets, predictions) =>
      targets.length > 0 &&
      targets.length === predictions.length &&
      predictions.every((own) => own.length >= 2) &&
      [...targets, ...predictions.flat()].every(Number.isFinite)
        ? parts(
            targets.map((y, i) => {
              const own = predictions[i] ?? [];
              return { y, own, main: mean(own) };
            }),
          )
        : undefined,
  });

const variance = (values: readonly number[], less: number): number =>
  values.reduce((total, x) => total + (x - mean(values)) ** 2, 0) / (values.length - less);

const squares = (y: number, own: readonly number[]): number => mean(own.map((p) => (y - p) ** 2));

const mode = (values: readonly number[]): number => {
  const count = (value: number): number => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
};

/** A decomposition of an error rate, told the main prediction and what a row adds to the two variances. */
const zeroOne = (
  main: (own: readonly number[], label: number) => number,
  mends: (own: readonly number[], label: number, main: number) => number,
): ZeroOneRule => ({
  of: (labels, predictions) => {
    const rows = labels.map((label, i) => {
      const own = predictions[i] ?? [];
      const most = main(own, label);
      return { biased: most !== label, away: own.filter((p) => p !== most).length / own.length, own, label, most };
    });
    return {
      error: mean(rows.map(({ own, label }) => own.filter((p) => p !== label).length / own.length)),
      bias: mean(rows.map(({ biased }) => (biased ? 1 : 0))),
      variance: mean(rows.map(({ away }) => away)),
      unbiasedVariance: mean(rows.map(({ biased, away }) => (biased ? 0 : away))),
      biasedVariance: mean(rows.map(({ biased, own, label, most }) => (biased ? mends(own, label, most) : 0))),
    };
  },
});

const share = (own: readonly number[], label: number): number => own.filter((p) => p === label).length / own.length;

/** Importance by what becomes of the rows for a column. */
const importances = (changed: (rows: Rows, column: number, order: readonly number[]) => Rows): ImportanceRule => ({
  of: (rows, error, seed) => {
    const base = error(rows);
    return rows.length < 2 || Number.isNaN(base)
      ? undefined
      : rows[0]?.map((_, j) => error(changed(rows, j, permutation(rows.length)(fromSeed(seed)))) - base);
  },
});

type Rows = ReadonlyArray<readonly number[]>;

const shuffledColumn = (rows: Rows, column: number, order: readonly number[]): Rows =>
  rows.map((row, i) => row.map((x, j) => (j === column ? (rows[order[i] ?? 0]?.[j] ?? NaN) : x)));

/** A learning curve by the rows that it cuts from a fold. */
const curve = (
  cut: (
    fold: { readonly train: readonly number[]; readonly validation: readonly number[] },
    size: number,
    seed: number,
  ) => readonly number[],
): LearningCurveRule => ({
  of: (folds, sizes, seed, fit) => {
    const fine =
      folds.length >= 2 && folds.every(({ train }) => sizes.every((size) => size >= 1 && size <= train.length));
    if (!fine) return undefined;
    const points = sizes.map((size) => {
      const errors = folds.map((fold, i) => fit({ ...fold, train: cut(fold, size, seed + i) }, i));
      return { train: mean(errors.map((e) => e.train)), validation: mean(errors.map((e) => e.validation)) };
    });
    return points.every(({ train, validation }) => Number.isFinite(train + validation)) ? points : undefined;
  },
});

const drawn = (rows: readonly number[], seed: number): readonly number[] =>
  permutation(rows.length)(fromSeed(seed)).flatMap((at) => rows.slice(at, at + 1));

export const broken: readonly Broken[] = [
  {
    name: 'a calibration in which bins count alike',
    fault: 'the mean over bins, so that a bin of one row counts as much as one of a thousand',
    law: 'bins count by their rows',
    laws: calibration((bins) => mean(bins.map(({ confidence, frequency }) => Math.abs(confidence - frequency)))),
  },
  {
    name: 'a calibration whose gaps cancel',
    fault: 'gaps are added with their signs: too sure of both classes is no error',
    law: 'overconfidence by its closed form',
    laws: calibration((bins) =>
      Math.abs(sum(bins, ({ share: rows, confidence, frequency }) => rows * (confidence - frequency))),
    ),
  },
  {
    name: 'a calibration by the middles of bins',
    fault: 'the middle of the bin stands for what was said in it',
    law: 'one probability for all',
    laws: calibration((bins) => sum(bins, ({ share: rows, middle, frequency }) => rows * Math.abs(middle - frequency))),
  },
  {
    name: 'a calibration against accuracy',
    fault: 'the probability of class 1 is held against how often the more probable class was right',
    law: 'calibrated is nearly 0',
    laws: calibration(right, (label, p) => (p > 0.5 ? 1 : 0) === label),
  },
  {
    name: 'the bias of the whole',
    fault: 'biases are averaged over rows before they are squared: too high here and too low there is none',
    law: 'the parts add up',
    laws: squared((rows) => ({
      error: mean(rows.map(({ y, own }) => squares(y, own))),
      squaredBias: mean(rows.map(({ y, main }) => y - main)) ** 2,
      variance: mean(rows.map(({ own }) => variance(own, 0))),
    })),
  },
  {
    name: 'the variance of a few for that of all',
    fault: 'divided by the number of predictions, so the variance is too small and the bias too large',
    law: 'each part is right on average',
    laws: squared((rows) => ({
      error: mean(rows.map(({ y, own }) => squares(y, own))),
      squaredBias: mean(rows.map(({ y, main }) => (y - main) ** 2)),
      variance: mean(rows.map(({ own }) => variance(own, 0))),
    })),
  },
  {
    name: 'a variance about the target',
    fault: 'predictions are held against the target and not against their mean',
    law: 'variance does not ask for targets',
    laws: squared((rows) => ({
      error: mean(rows.map(({ y, own }) => squares(y, own))),
      squaredBias: 0,
      variance: mean(rows.map(({ y, own }) => squares(y, own))),
    })),
  },
  {
    name: 'variance that always harms',
    fault: 'an error rate as bias plus variance, as if a wrong vote could not be put right by chance',
    law: 'where the main prediction is wrong, variance mends',
    laws: zeroOneBiasVariance(zeroOne(mode, (own, _, main) => share(own, main) - 1)),
  },
  {
    name: 'a mean vote',
    fault: 'the main prediction is the mean of the labels, rounded',
    law: 'bias is of the main prediction',
    laws: zeroOneBiasVariance(zeroOne((own) => Math.round(mean(own)), share)),
  },
  {
    name: 'importance by zeros',
    fault: 'the column is set to 0, which no row may have been',
    law: 'what does not vary is worth nothing',
    laws: importance(importances((rows, column) => rows.map((row) => row.map((x, j) => (j === column ? 0 : x))))),
  },
  {
    name: 'importance as an error',
    fault: 'the error of shuffled rows, from which that of the rows as they are is not taken away',
    law: 'what is not used is worth nothing',
    laws: importance({
      of: (rows, error, seed) =>
        rows.length < 2 || Number.isNaN(error(rows))
          ? undefined
          : rows[0]?.map((_, j) => error(shuffledColumn(rows, j, permutation(rows.length)(fromSeed(seed))))),
    }),
  },
  {
    name: 'importance of the columns before as well',
    fault: 'a column that was shuffled is not put back before the next',
    law: 'one column in another order',
    laws: importance(
      importances((rows, column, order) =>
        Array.from({ length: column + 1 }, (_, j) => j).reduce((now, j) => shuffledColumn(now, j, order), rows),
      ),
    ),
  },
  {
    name: 'a learning curve that looks ahead',
    fault: 'rows to learn from are drawn from all, also from those that are validated',
    law: 'no row is trained on and validated',
    laws: learningCurve(
      curve(({ train, validation }, size, seed) => drawn([...train, ...validation], seed).slice(0, size)),
    ),
  },
  {
    name: 'a learning curve of the first rows',
    fault: 'the first rows of the file are taken, which may all be of one class',
    law: 'any row may come first',
    laws: learningCurve(curve(({ train }, size) => train.slice(0, size))),
  },
  {
    name: 'a learning curve drawn with replacement',
    fault: 'rows are drawn one by one, so that there are fewer different ones than the axis says',
    law: 'as many rows as it says',
    laws: learningCurve(
      curve(({ train }, size, seed) => Array.from({ length: size }, (_, i) => drawn(train, seed + 7919 * i)[0] ?? NaN)),
    ),
  },
];

/** The same as they should be. */
export const correct: readonly LawSet[] = [
  calibration(right),
  squared((rows) => ({
    error: mean(rows.map(({ y, own }) => squares(y, own))),
    squaredBias: mean(rows.map(({ y, own, main }) => (y - main) ** 2 - variance(own, 1) / own.length)),
    variance: mean(rows.map(({ own }) => variance(own, 1))),
  })),
  zeroOneBiasVariance(zeroOne(mode, share)),
  importance(importances(shuffledColumn)),
  learningCurve(curve(({ train }, size, seed) => drawn(train, seed).slice(0, size))),
];
