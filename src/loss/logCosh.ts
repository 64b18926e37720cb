/** The logarithm of the hyperbolic cosine of the difference: like Huber's loss, but smooth. */
import {
  abs,
  add,
  divide,
  expm1,
  ifLess,
  input,
  log1p,
  multiply,
  negate,
  softplus,
  subtract,
  tanh,
} from '../scalar/expr.ts';
import { elementwise } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

const difference = subtract(input('prediction'), input('target'));
const size = abs(difference);
const q = expm1(negate(size));
/** log(1 + q²/(2(1 + q))) with q = e^−|d| − 1, where |d| + log(1 + e^−2|d|) − log 2 would cancel. */
const near = log1p(divide(multiply(q, q), multiply(2, add(1, q))));
const far = add(softplus(multiply(-2, size)), subtract(size, Math.LN2));

/**
 * Log-cosh loss: an example costs the mean over its components of log cosh(prediction − target), about ½d² near the
 * target and |d| − log 2 far from it; the derivative is tanh d. Prediction and target have one shape [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const loss = Loss.value(
 *   Ops.reference('f64'),
 *   Loss.logCosh(),
 *   Tensor.full('f64', [1, 1], 2 ** -20),
 *   Tensor.zeros('f64', [1, 1]),
 * );
 * Math.abs(Tensor.at()(loss.value) / 2 ** -41 - 1) < 1e-12 // => true
 * ```
 */
export const logCosh = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'logCosh', reduction },
    reduction,
    cost: ifLess(size, 1, near, far),
    slope: tanh(difference),
    join: 'mean',
  });
