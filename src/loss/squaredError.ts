/** The square of the difference, as a mean over components and in the form ½Σ. */
import { input, multiply, subtract } from '../scalar/expr.ts';
import { elementwise } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

const difference = subtract(input('prediction'), input('target'));

/**
 * Squared error: an example costs the mean over its components of (prediction − target)². With the mean over examples
 * this is the mean squared error of all elements. Prediction and target have one shape [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const prediction = Tensor.generate('f64', [1, 2], (i) => 2 * i + 1);
 * const loss = Loss.value(Ops.reference('f64'), Loss.squaredError(), prediction, Tensor.zeros('f64', [1, 2]));
 * Tensor.toArray(loss.value) // => [5]
 * ```
 */
export const squaredError = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'squaredError', reduction },
    reduction,
    cost: multiply(difference, difference),
    slope: multiply(2, difference),
    join: 'mean',
  });

/**
 * Half the squared error, ½ Σ (prediction − target)² over the components of an example: the form in which derivations of
 * backpropagation are written, since its derivative is the difference itself. Prediction and target have one shape
 * [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const prediction = Tensor.generate('f64', [1, 2], (i) => 2 * i + 1);
 * const loss = Loss.value(Ops.reference('f64'), Loss.halfSquaredError(), prediction, Tensor.zeros('f64', [1, 2]));
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [1, 3]
 * ```
 */
export const halfSquaredError = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'halfSquaredError', reduction },
    reduction,
    cost: multiply(0.5, multiply(difference, difference)),
    slope: difference,
    join: 'sum',
  });
