/** The size of the difference. */
import { abs, input, subtract } from '../scalar/expr.ts';
import { elementwise } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

/**
 * Absolute error: an example costs the mean over its components of |prediction − target|; the derivative where they are
 * equal is taken as 0. Prediction and target have one shape [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const prediction = Tensor.generate('f64', [1, 2], (i) => [-3, 0][i] ?? 0);
 * const loss = Loss.value(Ops.reference('f64'), Loss.absoluteError(), prediction, Tensor.zeros('f64', [1, 2]));
 * Tensor.toArray(loss.value) // => [1.5]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-0.5, 0]
 * ```
 */
export const absoluteError = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'absoluteError', reduction },
    reduction,
    cost: abs(subtract(input('prediction'), input('target'))),
    join: 'mean',
  });
