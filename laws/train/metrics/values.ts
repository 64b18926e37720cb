/** What just has a value. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, show } from '../../../src/tensor/failure.ts';
import { full, generate, type Tensor } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { type Law, lawOf, same } from '../../law.ts';
import { tensorOf, vectorOf } from './samples.ts';

const zeros = (...shape: readonly number[]): Tensor => full('f64', shape, 0);
const halves = (...shape: readonly number[]): Tensor => full('f64', shape, 0.5);

type Answer = E.Either<Failure, unknown>;

/** What just has a value, and which. */
const taken: ReadonlyArray<readonly [attempt: () => Answer, value: unknown]> = [
  // Rounded to two decimals, probabilities still pass: these are 2⁻⁷ < 40/4096 < 0.01 off on either side.
  [() => Metric.logLoss([0])(tensorOf([[1, 0, 40 / 4096]])), 0],
  [() => Metric.logLoss([1])(tensorOf([[0.5 - 40 / 4096, 0.5]])), Math.LN2],
  [() => Metric.logLoss([0])(tensorOf([[1, 0, 0.0078125]])), 0],
  [() => Metric.logLoss([1])(tensorOf([[0.4921875, 0.5]])), Math.LN2],
  [
    () =>
      Metric.logLoss([0, 1])(
        tensorOf([
          [1, 0],
          [0, 1],
        ]),
      ),
    0,
  ],
  [() => Metric.logLoss([1])(tensorOf([[1, 0]])), Number.POSITIVE_INFINITY],
  [
    () =>
      Metric.logLoss([2, 0])(
        tensorOf([
          [0.25, 0.25, 0.5],
          [0.5, 0.25, 0.25],
        ]),
      ),
    Math.LN2,
  ],
  [() => Metric.binaryLogLoss([0, 1])(vectorOf([0, 1])), 0],
  [() => Metric.binaryLogLoss([0, 1])(tensorOf([[0.5], [0.5]])), Math.LN2],
  [() => Metric.binaryLogLoss([0])(vectorOf([1])), Number.POSITIVE_INFINITY],
  [() => Metric.rocAuc(vectorOf([1, 0]))(vectorOf([Number.POSITIVE_INFINITY, 0])), 1],
  [() => Metric.rocAuc([1, 0, 1])(vectorOf([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0])), 0.75],
  [() => Metric.rocAuc([1, 0])(tensorOf([[-0], [0]])), 0.5],
  [() => Metric.accuracy(vectorOf([1]))(tensorOf([[Number.NEGATIVE_INFINITY, 0]])), 1],
  [() => Metric.topK(2)([2])(tensorOf([[1, 1, 1]])), 0],
  [() => Metric.topK(3)([2])(tensorOf([[1, 1, 1]])), 1],
  [() => Metric.topK(9)([2])(tensorOf([[1, 1, 1]])), 1],
  [() => Metric.meanSquaredError(vectorOf([3]))(vectorOf([1])), 4],
  [() => Metric.meanAbsoluteError(zeros())(halves()), 0.5],
  [() => Metric.rootMeanSquaredError(zeros(2, 2, 1))(full('f64', [2, 2, 1], -3)), 3],
  // Of four outputs of two rows each: R² is 1 − 0/½, 1 − ½/½, 1 − 2/½ and 1.
  [
    () =>
      Metric.r2(generate('f64', [2, 2, 2], (i) => Math.floor(i / 4)))(
        generate('f64', [2, 2, 2], (i) => [0, 0.5, 1, 0, 1, 0.5, 0, 1][i] ?? 0),
      ),
    (1 + 0 - 3 + 1) / 4,
  ],
];

export const values: Law = lawOf(
  'what just has a value',
  'probabilities of 0 and 1, sums within 0.01 of 1, infinite scores, a single row and any shape of numbers do',
  taken,
  ([attempt, value]) => {
    const answer = attempt();
    return E.isRight(answer) ? same(value, answer.right) : { expected: String(value), received: show(answer.left) };
  },
  { show: ([attempt]) => String(attempt) },
);
