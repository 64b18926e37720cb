/** Residuals: what predictions leave of their targets, row by row, as a plot of them needs it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { paired } from './regression.ts';

/** What one prediction left. */
export interface Residual {
  readonly row: number;
  /** The column of the target; 0 where there is one. */
  readonly output: number;
  readonly target: number;
  readonly prediction: number;
  /** target − prediction. */
  readonly residual: number;
}

/**
 * The residuals target − prediction of predictions of shape [rows] or [rows, outputs], row after row. Plotted against the
 * prediction they should lie about 0 alike everywhere: a bend is a bias, a funnel a noise that grows. Fails as
 * `meanSquaredError` does, and on other shapes.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.residuals(Tensor.full('f32', [1, 1], 5))(Tensor.full('f32', [1, 1], 2))
 * // => E.right([{ row: 0, output: 0, target: 5, prediction: 2, residual: 3 }])
 * ```
 */
export const residuals =
  (target: Tensor) =>
  (prediction: Tensor): E.Either<Failure, readonly Residual[]> =>
    pipe(
      prediction,
      paired('residuals', target),
      E.filterOrElse(
        ({ shape }) => shape.length === 1 || shape.length === 2,
        ({ shape }) => failure('shape', 'residuals', 'numbers of shape [rows] or [rows, outputs]', `[${shape}]`),
      ),
      E.map(({ data, shape: [, outputs = 1] }) =>
        Array.from(data, (predicted, i) => {
          const wanted = target.data[i] ?? Number.NaN;
          return {
            row: Math.floor(i / outputs),
            output: i % outputs,
            target: wanted,
            prediction: predicted,
            residual: wanted - predicted,
          };
        }),
      ),
    );
