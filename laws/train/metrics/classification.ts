/** The laws of metrics of classes: each against its definition counted out. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, holds, law, same } from '../../law.ts';
import { binary, close, labelled, scored, tensorOf, u, value, vectorOf } from './samples.ts';

/** The classes of a row in order of preference: by descending score, then ascending class. */
const preference = (row: readonly number[]): readonly number[] =>
  row.map((_, c) => c).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0) || a - b);

/** The laws. */
export const classification = [
  law('top-k', 'the fraction of rows whose label is in the first k of the sorted classes', scored, (sample) => {
    const { labels, scores, classes } = sample;
    const expected = (k: number): number =>
      labels.filter((label, i) =>
        preference(scores[i] ?? [])
          .slice(0, k)
          .includes(label),
      ).length / labels.length;
    return all(
      ...Array.from({ length: classes }, (_, k) =>
        same(expected(k + 1), value(Metric.topK(k + 1)(labels)(tensorOf(scores))), `k = ${k + 1}`),
      ),
      same(expected(1), value(Metric.accuracy(labels)(tensorOf(scores))), 'accuracy'),
    );
  }),
  law(
    'binary-accuracy',
    'a row is right when its score is above the threshold exactly if its label is 1',
    binary,
    (s) =>
      all(
        ...[-1, 0, 0.5].map((threshold) =>
          same(
            s.labels.filter((label, i) => (label === 1) === (s.scores[i] ?? 0) > threshold).length / s.labels.length,
            value(Metric.binaryAccuracy(threshold)(s.labels)(vectorOf(s.scores))),
            `threshold ${threshold}`,
          ),
        ),
      ),
  ),
  law('confusion-matrix', 'the diagonal over all is the accuracy of one-hot predictions', labelled, (s) => {
    const matrix = Metric.confusionMatrix(s.classes)(s.actual)(s.predicted);
    if (E.isLeft(matrix)) return holds(false, 'a matrix', matrix.left.expected);
    const rows = matrix.right;
    return same(
      rows.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / s.actual.length,
      value(Metric.accuracy(s.actual)(tensorOf(s.predicted.map((p) => rows.map((_, c) => (c === p ? 1 : 0)))))),
    );
  }),
  law('rates', 'precision, recall and F1 counted from the labels themselves; 0/0 is 0', labelled, (s) => {
    const matrix = Metric.confusionMatrix(s.classes)(s.actual)(s.predicted);
    if (E.isLeft(matrix)) return holds(false, 'a matrix', matrix.left.expected);
    const count = (test: (a: number, p: number) => boolean): number =>
      s.actual.filter((a, i) => test(a, s.predicted[i] ?? -1)).length;
    const expected = Array.from({ length: s.classes }, (_, c) => {
      const both = count((a, p) => a === c && p === c);
      const said = count((_a, p) => p === c);
      const were = count((a) => a === c);
      const rate = said === 0 ? 0 : both / said;
      const found = were === 0 ? 0 : both / were;
      return { rate, found, f1: rate + found === 0 ? 0 : (2 * rate * found) / (rate + found) };
    });
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const [precision, recall, f1] = [
      Metric.precision(matrix.right),
      Metric.recall(matrix.right),
      Metric.f1(matrix.right),
    ];
    return all(
      ...expected.flatMap((e, c) => [
        same(e.rate, precision.perClass[c], `precision of ${c}`),
        same(e.found, recall.perClass[c], `recall of ${c}`),
        close(e.f1, f1.perClass[c] ?? -1, 6 * u, 'the harmonic mean rounds five times, the quotient once; both ≤ 1'),
      ]),
      same(mean(expected.map((e) => e.rate)), precision.macro, 'macro precision'),
      same(mean(expected.map((e) => e.found)), recall.macro, 'macro recall'),
      close(mean(expected.map((e) => e.f1)), f1.macro, 12 * u, 'at most 5 terms, each within 6u, summed and divided'),
    );
  }),
  law(
    'log-loss',
    'log k for a uniform guess among k; of two classes, the binary log loss to the bit',
    fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 49 })), { minLength: 1, maxLength: 20 }),
    (rows) => {
      const labels = rows.map(([label]) => label);
      const probabilities = rows.map(([, weight]) => weight / 50);
      return all(
        close(
          Math.log(4),
          value(Metric.logLoss(labels)(tensorOf(labels.map(() => [0.25, 0.25, 0.25, 0.25])))),
          (labels.length + 8) * u * Math.log(4),
          'a sum of n equal terms, logarithms within 2 and 1 ulp (each 2u)',
        ),
        same(
          value(Metric.logLoss(labels)(tensorOf(probabilities.map((p) => [1 - p, p])))),
          value(Metric.binaryLogLoss(labels)(vectorOf(probabilities))),
        ),
      );
    },
  ),
];
