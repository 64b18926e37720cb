/** The mean negative log-likelihood of the labels under predicted probabilities. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { evaluate } from '../../scalar/evaluate.ts';
import * as Scalar from '../../scalar/expr.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { columnOf, type Labels, labelsOf, scoresOf } from './classes.ts';

const negativeLog = evaluate('f64')(Scalar.negate(Scalar.log(Scalar.input('p'))));

/** The scores [rows, classes], [rows] or [rows, 1] as they are, when each row is probabilities: of all classes, or of the
 * one of two. */
export const probabilities =
  (where: string) =>
  (scores: Tensor): E.Either<Failure, Tensor> => {
    const classes = scores.shape[1] ?? 1;
    for (let row = 0; row * classes < scores.data.length; row++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const p = scores.data[row * classes + c] ?? Number.NaN;
        if (!(p >= 0 && p <= 1))
          return E.left(failure('value', `${where}, row ${row}`, 'probabilities in [0, 1]', String(p)));
        sum += p;
      }
      // Probabilities rounded to two decimals still pass; logits and unnormalised scores do not.
      if (classes > 1 && Math.abs(sum - 1) > 0.01)
        return E.left(
          failure('value', `${where}, row ${row}`, 'probabilities that add up to 1 (within 0.01)', String(sum)),
        );
    }
    return E.right(scores);
  };

// The sum begins at +0, so that a perfect prediction costs 0 and not −0.
const meanCost = (rows: number, probability: (row: number) => number): number => {
  let total = 0;
  for (let row = 0; row < rows; row++) total += negativeLog({ p: probability(row) });
  return total / rows;
};

/**
 * The log loss −(1/n) Σ log p(label), in nats, of `probabilities` [rows, classes]; ∞ where a label was given
 * probability 0. Fails on another shape, on rows that are not probabilities, and on labels that are not classes.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(Tensor.fromRows('f64')([[0, 1], [1, 0]]), E.chain(Metric.logLoss([1, 0]))) // => E.right(0)
 * ```
 */
export const logLoss =
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, number> =>
    pipe(
      scoresOf('logLoss')(scores),
      E.chain(probabilities('logLoss')),
      E.chain(({ data, shape: [rows = 0, classes = 0] }) =>
        pipe(
          labels,
          labelsOf('logLoss', rows, classes),
          E.map((actual) => meanCost(rows, (row) => data[row * classes + (actual[row] ?? 0)] ?? Number.NaN)),
        ),
      ),
    );

/**
 * The log loss of the probability of class 1 in `probabilities` [rows] or [rows, 1]: −log p for label 1, −log(1 − p)
 * for label 0. Fails as `logLoss` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.binaryLogLoss([0, 1])(Tensor.generate('f64', [2], (i) => i)) // => E.right(0)
 * ```
 */
export const binaryLogLoss =
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, number> =>
    pipe(
      columnOf('binaryLogLoss')(scores),
      E.chain(probabilities('binaryLogLoss')),
      E.chain(({ data }) =>
        pipe(
          labels,
          labelsOf('binaryLogLoss', data.length, 2),
          E.map((actual) =>
            meanCost(data.length, (row) => {
              const p = data[row] ?? Number.NaN;
              return actual[row] === 1 ? p : 1 - p;
            }),
          ),
        ),
      ),
    );
