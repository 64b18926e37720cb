/** How far rounding may bring what a loss computes, found by running error analysis of the loss itself. */
import type { Loss } from '../../../src/loss/loss.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { errors, exact } from '../../layer/error-ops.ts';
import { numbers } from './sample.ts';

/** Bounds of |computed − exact| for each cost, and for each number of the gradient. */
export interface Rounding {
  readonly values: readonly number[];
  readonly gradient: readonly number[];
}

/** The bounds are found for f32, whose unit roundoff is 2²⁹ that of f64; where none is found, they are infinite. */
export const roundingOf = (
  dtype: Dtype,
  {
    loss,
    prediction,
    target,
    cotangent,
  }: { readonly loss: Loss; readonly prediction: Tensor; readonly target: Tensor; readonly cotangent: Tensor },
): Rounding => {
  const { values, pullback } = loss.costs(errors, exact(prediction), exact(target));
  const scale = dtype === 'f32' ? 1 : 2 ** -29;
  const bound = (x: Tensor): readonly number[] =>
    numbers(x).map((e) => (Number.isNaN(e) ? Number.POSITIVE_INFINITY : scale * e));
  return { values: bound(values.error), gradient: bound(pullback(exact(cotangent)).error) };
};

/** The first of some bounds that is not finite says that rounding cannot be bounded. */
export const bounded = (bounds: readonly number[]): boolean => bounds.every(Number.isFinite);
