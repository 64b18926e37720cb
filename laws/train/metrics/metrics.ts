/** The laws of metrics: each against its definition counted out, the invariances that the definitions imply, and what has
 * no value. */
import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../src/tensor/failure.ts';
import { generate } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { holds, type LawSet, lawOf, lawSet, same } from '../../law.ts';
import { calibration } from './calibration.ts';
import { classification } from './classification.ts';
import { metricsByThePack } from './pack.ts';
import { regression } from './regression.ts';

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
export const metricLaws: LawSet = lawSet(
  'metrics',
  [
    ...classification,
    ...regression,
    ...calibration,
    lawOf('refusals', 'what has no value is a failure of the right kind', refusals, ([, run, tag]) => {
      const result = run();
      return E.isLeft(result) ? same(tag, result.left.tag) : holds(false, `a failure (${tag})`, 'a value');
    }),
  ],
  [metricsByThePack],
);
