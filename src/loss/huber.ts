/** Quadratic near the target, linear far from it. */
import { checked, positive } from '../layer/config.ts';
import { abs, ifLessOrEqual, input, max, min, multiply, subtract } from '../scalar/expr.ts';
import { elementwise } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

/** Where Huber's loss turns from quadratic to linear. */
export interface HuberConfig extends Reduced {
  /** The size δ of a difference up to which the cost is quadratic (default 1). */
  readonly delta?: number;
}

/**
 * Huber's loss: an example costs the mean over its components of ½d² where |d| ≤ δ, else δ·(|d| − ½δ), with
 * d = prediction − target, which have one shape [batch, …]. The derivative is d, but no more than δ either way. Throws
 * unless δ is positive and finite.
 *
 * Source: P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964). PyTorch's
 * `SmoothL1Loss` with β is this divided by δ = β.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const prediction = Tensor.generate('f64', [1, 2], (i) => [1, -4][i] ?? 0);
 * const loss = Loss.value(Ops.reference('f64'), Loss.huber({ delta: 2 }), prediction, Tensor.zeros('f64', [1, 2]));
 * Tensor.toArray(loss.value) // => [3.25]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 2))) // => [1, -2]
 * ```
 */
export const huber = ({ delta = 1, reduction = 'mean' }: HuberConfig = {}): Loss => {
  checked(positive, 'huber.delta', delta);
  const difference = subtract(input('prediction'), input('target'));
  const size = abs(difference);
  return elementwise({
    description: { kind: 'huber', delta, reduction },
    reduction,
    cost: ifLessOrEqual(
      size,
      delta,
      multiply(0.5, multiply(difference, difference)),
      multiply(delta, subtract(size, multiply(0.5, delta))),
    ),
    slope: max(min(difference, delta), -delta),
    join: 'mean',
  });
};
