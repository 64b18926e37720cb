/** The laws of metrics: each against its definition counted out, and the invariances that the definitions imply. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../src/tensor/failure.ts';
import { fromSeed, permutation } from '../../../src/tensor/key.ts';
import { generate, type Tensor, takeRows } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../../law.ts';

const u = 2 ** -53;

/** What an Either holds, or a number that no metric gives. */
const value = (result: E.Either<Failure, number>): number => (E.isRight(result) ? result.right : -12345);
const close = (expected: number, received: number, tolerance: number, reason: string): Verdict =>
  Math.abs(expected - received) <= tolerance
    ? undefined
    : { expected: String(expected), received: String(received), tolerance: `${tolerance}: ${reason}` };

interface Scored {
  readonly labels: readonly number[];
  readonly scores: ReadonlyArray<readonly number[]>;
  readonly classes: number;
}
const tensorOf = (rows: ReadonlyArray<readonly number[]>): Tensor =>
  generate('f64', [rows.length, rows[0]?.length ?? 0], (i) => {
    const width = rows[0]?.length ?? 1;
    return rows[Math.floor(i / width)]?.[i % width] ?? Number.NaN;
  });
const vectorOf = (values: readonly number[]): Tensor =>
  generate('f64', [values.length], (i) => values[i] ?? Number.NaN);

/** Scores are small whole numbers, so that ties are common. */
const scored: fc.Arbitrary<Scored> = fc
  .integer({ min: 2, max: 5 })
  .chain((classes) =>
    fc
      .array(
        fc.tuple(
          fc.nat(classes - 1),
          fc.array(fc.integer({ min: -3, max: 3 }), { minLength: classes, maxLength: classes }),
        ),
        { minLength: 1, maxLength: 20 },
      )
      .map((rows) => ({ classes, labels: rows.map(([label]) => label), scores: rows.map(([, row]) => row) })),
  );

const binary = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: -4, max: 4 })), { minLength: 2, maxLength: 30 })
  .filter((rows) => new Set(rows.map(([label]) => label)).size === 2)
  .map((rows) => ({ labels: rows.map(([label]) => label), scores: rows.map(([, score]) => score) }));

const labelled = fc
  .integer({ min: 2, max: 5 })
  .chain((classes) =>
    fc
      .array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), { minLength: 1, maxLength: 30 })
      .map((rows) => ({ classes, actual: rows.map(([a]) => a), predicted: rows.map(([, p]) => p) })),
  );

const paired = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 20 })
  .map((rows) => ({ y: rows.map(([a]) => a), p: rows.map(([, b]) => b) }));

/** The classes of a row in order of preference: by descending score, then ascending class. */
const preference = (row: readonly number[]): readonly number[] =>
  row.map((_, c) => c).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0) || a - b);

const classification = [
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
  law('accuracy-of-rows', 'the order of the rows does not change accuracy', fc.tuple(scored, fc.nat()), ([s, seed]) => {
    const order = permutation(s.labels.length)(fromSeed(seed));
    return same(
      value(Metric.accuracy(s.labels)(tensorOf(s.scores))),
      value(Metric.accuracy(order.map((i) => s.labels[i] ?? -1))(takeRows(order)(tensorOf(s.scores)))),
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
  law(
    'confusion-matrix',
    'each entry counts the rows of its pair of classes; the diagonal is accuracy',
    labelled,
    (s) => {
      const matrix = Metric.confusionMatrix(s.classes)(s.actual)(s.predicted);
      if (E.isLeft(matrix)) return holds(false, 'a matrix', matrix.left.expected);
      const rows = matrix.right;
      const pairs = s.actual.map((a, i) => `${a},${s.predicted[i]}`);
      return all(
        ...rows.flatMap((row, i) =>
          row.map((n, j) => same(pairs.filter((pair) => pair === `${i},${j}`).length, n, `${i},${j}`)),
        ),
        same(
          rows.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / s.actual.length,
          value(Metric.accuracy(s.actual)(tensorOf(s.predicted.map((p) => rows.map((_, c) => (c === p ? 1 : 0)))))),
          'accuracy of one-hot predictions',
        ),
      );
    },
  ),
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
    '−Σ log p(label)/n, and log k for a uniform guess among k',
    fc.array(fc.tuple(fc.nat(2), fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 3, maxLength: 3 })), {
      minLength: 1,
      maxLength: 20,
    }),
    (rows) => {
      const probabilities = rows.map(([, w]) => w.map((x) => x / w.reduce((a, b) => a + b, 0)));
      const labels = rows.map(([label]) => label);
      const expected = -labels.reduce((sum, l, i) => sum + Math.log(probabilities[i]?.[l] ?? 0), 0) / labels.length;
      const n = labels.length;
      return all(
        close(
          expected,
          value(Metric.logLoss(labels)(tensorOf(probabilities))),
          (2 * n + 10) * u * expected,
          'two sums of n terms of one sign, logarithms within 2 and 1 ulp (each 2u)',
        ),
        close(
          Math.log(4),
          value(Metric.logLoss(labels)(tensorOf(labels.map(() => [0.25, 0.25, 0.25, 0.25])))),
          (n + 8) * u * Math.log(4),
          'the same',
        ),
        close(
          value(
            Metric.logLoss(labels.map((l) => (l === 0 ? 1 : 0)))(tensorOf(probabilities.map(([p = 0]) => [1 - p, p]))),
          ),
          value(
            Metric.binaryLogLoss(labels.map((l) => (l === 0 ? 1 : 0)))(vectorOf(probabilities.map(([p = 0]) => p))),
          ),
          0,
          'the same numbers in the same order',
        ),
      );
    },
  ),
];

const ranking = [
  law('auc-by-pairs', 'the fraction of pairs (1, 0) in which the 1 scores higher, ties one half', binary, (s) => {
    const of = (label: number): readonly number[] => s.scores.filter((_, i) => s.labels[i] === label);
    const halves = of(1)
      .flatMap((a): number[] => of(0).map((b) => (a > b ? 2 : a === b ? 1 : 0)))
      .reduce((a, b) => a + b, 0);
    return same(halves / (2 * of(1).length * of(0).length), value(Metric.rocAuc(s.labels)(vectorOf(s.scores))));
  }),
  law(
    'auc-monotone',
    'a strictly increasing map of the scores changes nothing; their negation gives 1 − AUC',
    binary,
    (s) => {
      const auc = value(Metric.rocAuc(s.labels)(vectorOf(s.scores)));
      return all(
        same(auc, value(Metric.rocAuc(s.labels)(vectorOf(s.scores.map((x) => x * x * x + 7))))),
        close(
          1 - auc,
          value(Metric.rocAuc(s.labels)(vectorOf(s.scores.map((x) => -x)))),
          2 * u,
          'one quotient and one difference, each ≤ 1',
        ),
      );
    },
  ),
  law('auc-of-rows', 'the order of the rows does not change the AUC', fc.tuple(binary, fc.nat()), ([s, seed]) => {
    const order = permutation(s.labels.length)(fromSeed(seed));
    return same(
      value(Metric.rocAuc(s.labels)(vectorOf(s.scores))),
      value(Metric.rocAuc(order.map((i) => s.labels[i] ?? -1))(takeRows(order)(vectorOf(s.scores)))),
    );
  }),
];

const regression = [
  law('errors', 'squared and absolute errors summed exactly on whole numbers', paired, ({ y, p }) => {
    const differences = y.map((a, i) => (p[i] ?? 0) - a);
    const squares = differences.reduce((sum, d) => sum + d * d, 0) / y.length;
    return all(
      same(squares, value(Metric.meanSquaredError(vectorOf(y))(vectorOf(p))), 'MSE'),
      same(Math.sqrt(squares), value(Metric.rootMeanSquaredError(vectorOf(y))(vectorOf(p))), 'RMSE'),
      same(
        differences.reduce((sum, d) => sum + Math.max(d, -d), 0) / y.length,
        value(Metric.meanAbsoluteError(vectorOf(y))(vectorOf(p))),
        'MAE',
      ),
    );
  }),
  law(
    'r2',
    '1 − n·Σ(y − p)² / (n·Σy² − (Σy)²), exact on whole numbers; a mean over outputs',
    fc.tuple(paired, fc.integer({ min: -9, max: 9 })).filter(([{ y }]) => new Set(y).size > 1),
    ([{ y, p }, shift]) => {
      const n = y.length;
      const sum = y.reduce((a, b) => a + b, 0);
      const spread = n * y.reduce((a, b) => a + b * b, 0) - sum * sum;
      const residual = n * y.reduce((a, b, i) => a + (b - (p[i] ?? 0)) ** 2, 0);
      const expected = 1 - residual / spread;
      const two = (a: readonly number[], b: readonly number[]): Tensor =>
        generate('f64', [n, 2], (i) => (i % 2 === 0 ? a : b)[i >> 1] ?? Number.NaN);
      // With the mean off by δ ≤ n·2u·9, Σ(y − ȳ)² is off by n·δ² and rounding: (n + 3)·2u of itself, n ≤ 20; it is
      // itself at least 1/2 (two different whole numbers), so n·δ² is below u of it.
      const tolerance = (2 * n + 10) * u * (1 + residual / spread);
      return all(
        close(expected, value(Metric.r2(vectorOf(y))(vectorOf(p))), tolerance, 'see the law'),
        close(
          (expected + 1) / 2,
          value(
            Metric.r2(
              two(
                y,
                y.map((a) => a + shift),
              ),
            )(
              two(
                p,
                y.map((a) => a + shift),
              ),
            ),
          ),
          tolerance,
          'the mean of two outputs, the second predicted perfectly',
        ),
      );
    },
  ),
];

const one = generate('f64', [3], (i) => i);
const scores = generate('f64', [2, 3], (i) => i);
const nan = generate('f64', [2, 3], (i) => (i === 4 ? Number.NaN : i));
const refusals: ReadonlyArray<readonly [string, () => E.Either<Failure, unknown>, string]> = [
  ['a column of scores', () => Metric.accuracy([0, 1, 2])(one), 'shape'],
  ['two labels too few', () => Metric.accuracy([0])(scores), 'shape'],
  ['no row', () => Metric.accuracy([])(generate('f64', [0, 3], () => 0)), 'shape'],
  ['a label that is no class', () => Metric.accuracy([0, 3])(scores), 'value'],
  ['a label that is not whole', () => Metric.accuracy([0, 0.5])(scores), 'value'],
  ['a score that is NaN', () => Metric.accuracy([0, 1])(nan), 'value'],
  ['a score that is NaN, top-k', () => Metric.topK(2)([0, 1])(nan), 'value'],
  ['a matrix as a column', () => Metric.binaryAccuracy(0)([0, 1])(scores), 'shape'],
  ['logits as probabilities', () => Metric.logLoss([0, 1])(scores), 'value'],
  ['rows that do not add up', () => Metric.logLoss([0, 1])(generate('f64', [2, 2], () => 0.4)), 'value'],
  ['a logit as a probability', () => Metric.binaryLogLoss([0, 1, 0])(one), 'value'],
  ['one class only', () => Metric.rocAuc([1, 1, 1])(one), 'value'],
  ['a third class', () => Metric.rocAuc([0, 1, 2])(one), 'value'],
  ['labels of unequal number', () => Metric.confusionMatrix(2)([0, 1])([0]), 'shape'],
  ['no label', () => Metric.confusionMatrix(2)([])([]), 'shape'],
  ['unequal shapes', () => Metric.meanSquaredError(one)(scores), 'shape'],
  ['no number', () => Metric.meanSquaredError(generate('f64', [0], () => 0))(generate('f64', [0], () => 0)), 'shape'],
  ['an infinite prediction', () => Metric.r2(one)(generate('f64', [3], () => Number.POSITIVE_INFINITY)), 'value'],
  ['a constant target', () => Metric.r2(generate('f64', [3], () => 2))(one), 'value'],
  ['squares beyond f64', () => Metric.meanSquaredError(one)(generate('f64', [3], () => 1e200)), 'value'],
];

/** The laws of metrics. */
export const metricLaws: LawSet = lawSet('metrics', [
  ...classification,
  ...ranking,
  ...regression,
  lawOf('refusals', 'what has no value is a failure of the right kind', refusals, ([, run, tag]) => {
    const result = run();
    return E.isLeft(result) ? same(tag, result.left.tag) : holds(false, `a failure (${tag})`, 'a value');
  }),
]);
