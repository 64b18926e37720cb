/** Wrong metrics, in plain numbers as they are often written. */
import type { LawSet } from '../law.ts';
import { type Metric, metric } from '../pack/metric.ts';
import type { Broken } from './broken.ts';

type Rows = ReadonlyArray<readonly number[]>;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const argmax = (row: readonly number[]): number => row.indexOf(Math.max(...row));

const accuracy = (of: (labels: readonly number[], scores: Rows) => number | undefined): LawSet =>
  metric({ kind: 'accuracy', of });

/** The area by trapezia over the thresholds, told what a step along equal scores is worth. */
const auc =
  (tie: number) =>
  (labels: readonly number[], scores: readonly number[]): number | undefined => {
    const of = (label: number): readonly number[] => scores.filter((_, i) => labels[i] === label);
    const [ones, noughts] = [of(1), of(0)];
    if (ones.length === 0 || noughts.length === 0) return undefined;
    return mean(ones.flatMap((a) => noughts.map((b) => (a > b ? 1 : a === b ? tie : 0))));
  };

/** The area by the ranks of a sort, in which equal scores keep the order of their rows. */
const aucBySort = (labels: readonly number[], scores: readonly number[]): number | undefined => {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  const ranks = order.reduce((sum, row, at) => sum + (labels[row] === 1 ? at + 1 : 0), 0);
  return positives * negatives === 0
    ? undefined
    : (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
};

const counted = (
  classes: number,
  pairs: ReadonlyArray<readonly [row: number | undefined, column: number | undefined]>,
): Rows =>
  Array.from({ length: classes }, (_, a) =>
    Array.from({ length: classes }, (__, b) => pairs.filter(([x, y]) => x === a && y === b).length),
  );

const isProbability = (p: number): boolean => p >= 0 && p <= 1;

const logLoss = (cost: (label: number, probabilities: readonly number[]) => number): LawSet =>
  metric({
    kind: 'logLoss',
    of: (labels, rows) =>
      rows.every((row) => row.every(isProbability))
        ? mean(labels.map((label, i) => cost(label, rows[i] ?? [])))
        : undefined,
  });

const r2 = (baseline: (targets: readonly number[], predictions: readonly number[]) => number): Metric => ({
  kind: 'r2',
  of: (targets, predictions) => {
    const middle = baseline(targets, predictions);
    const spread = targets.reduce((sum, t) => sum + (t - middle) ** 2, 0);
    const residual = targets.reduce((sum, t, i) => sum + (t - (predictions[i] ?? NaN)) ** 2, 0);
    return targets.every((t) => t === targets[0]) ? undefined : 1 - residual / spread;
  },
});

/** The mean squared error by batches of 32. */
const squared = (join: (batches: ReadonlyArray<readonly number[]>) => number): LawSet =>
  metric({
    kind: 'mean',
    expected: (t, y) => (y - t) ** 2,
    of: (targets, predictions) => {
      const costs = targets.map((t, i) => ((predictions[i] ?? NaN) - t) ** 2);
      const batches = Array.from({ length: Math.ceil(costs.length / 32) }, (_, b) => costs.slice(32 * b, 32 * (b + 1)));
      return costs.every(Number.isFinite) ? join(batches) : undefined;
    },
  });

/** Of ten classes, predicting none of them anywhere is right in nine elements of ten. */
export const elementByElement = (labels: readonly number[], scores: ReadonlyArray<readonly number[]>): number =>
  mean(scores.flatMap((row, i) => row.map((s, c) => ((s > 0 ? 1 : 0) === (labels[i] === c ? 1 : 0) ? 1 : 0))));

export const broken: readonly Broken[] = [
  {
    name: 'accuracy element by element',
    fault: 'one-hot rows are compared number by number, so most of a wrong row counts as right',
    law: 'counts rows, not elements',
    teaching: true,
    laws: accuracy(elementByElement),
  },
  {
    name: 'accuracy by a threshold',
    fault: 'a row is right when the score at its label is above ½, whatever the others are',
    law: 'only the order of scores is seen',
    laws: accuracy((labels, scores) => mean(labels.map((label, i) => ((scores[i]?.[label] ?? 0) > 0.5 ? 1 : 0)))),
  },
  {
    name: 'accuracy without the last row',
    fault: 'the loop ends one row too early',
    law: 'counts rows, not elements',
    laws: accuracy((labels, scores) => {
      const right = labels.slice(0, -1).filter((label, i) => argmax(scores[i] ?? []) === label).length;
      return right / labels.length;
    }),
  },
  {
    name: 'ties that lose',
    fault: 'a 1 and a 0 of equal score count as wrong',
    law: 'ties count one half',
    laws: metric({ kind: 'rocAuc', of: auc(0) }),
  },
  {
    name: 'ties by the order of rows',
    fault: 'equal scores keep the order of their rows in the sort, and get different ranks',
    law: 'the order of rows is not seen',
    laws: metric({ kind: 'rocAuc', of: aucBySort }),
  },
  {
    name: 'a transposed confusion matrix',
    fault: 'rows are what was said and columns what is',
    law: 'rows are what is, columns what was said',
    laws: metric({
      kind: 'confusionMatrix',
      of: (classes, actual, predicted) =>
        counted(
          classes,
          actual.map((a, i) => [predicted[i], a]),
        ),
    }),
  },
  {
    name: 'a confusion matrix of errors',
    fault: 'what was said rightly is not counted',
    law: 'every row is counted once',
    laws: metric({
      kind: 'confusionMatrix',
      of: (classes, actual, predicted) =>
        counted(
          classes,
          actual.flatMap((a, i) => (a === predicted[i] ? [] : [[a, predicted[i]] as const])),
        ),
    }),
  },
  {
    name: 'a log loss that is not guarded',
    fault: 'all classes enter as t·log p, and 0·log 0 is NaN',
    law: 'certainty has a cost that is a number',
    laws: logLoss((label, row) => -row.reduce((sum, p, c) => sum + (c === label ? 1 : 0) * Math.log(p), 0)),
  },
  {
    name: 'a log loss in bits',
    fault: 'the logarithm is to base 2',
    law: 'the mean of −log p of the label',
    laws: logLoss((label, row) => -Math.log2(row[label] ?? NaN)),
  },
  {
    name: 'R² against the mean prediction',
    fault: 'the baseline is the mean of the predictions',
    law: 'the baseline is the mean of the targets',
    laws: metric(r2((_, predictions) => mean(predictions))),
  },
  {
    name: 'R² against 0',
    fault: 'the baseline is 0, so targets far from it score well',
    law: 'perfect is 1, the mean is 0',
    laws: metric(r2(() => 0)),
  },
  {
    name: 'a metric averaged over batches',
    fault: 'the mean of the batches’ means: rows of a small last batch count more',
    law: 'the mean over rows, not over batches',
    laws: squared((batches) => mean(batches.map(mean))),
  },
];

/** The same metrics as they should be. */
export const correct: readonly LawSet[] = [
  accuracy((labels, scores) => mean(labels.map((label, i) => (argmax(scores[i] ?? []) === label ? 1 : 0)))),
  metric({ kind: 'rocAuc', of: auc(0.5) }),
  metric({
    kind: 'confusionMatrix',
    of: (classes, actual, predicted) =>
      counted(
        classes,
        actual.map((a, i) => [a, predicted[i]]),
      ),
  }),
  logLoss((label, row) => -Math.log(row[label] ?? NaN)),
  metric(r2((targets) => mean(targets))),
  squared((batches) => mean(batches.flat())),
];
