/**
 * A loss says what each example of a batch costs; how the examples are joined (their mean or their sum, with or without
 * weights) is said once, here, for all losses.
 *
 * Laws: `pullback` is linear in its cotangent and is the adjoint of the derivative of `values`; example i costs what it
 * would alone.
 */
import { divide, multiply, repeat, total } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import type { Json } from '../tensor/json.ts';

/** The cost of each example, of shape [batch], and the way back to the prediction. */
export interface Costs<T> {
  readonly values: T;
  readonly pullback: (dValues: T) => T;
}

/** How the costs of a batch become one number. A weighted mean is Σ wᵢ·costᵢ ÷ Σ wᵢ. */
export type Reduction = 'mean' | 'sum';

export interface Loss {
  /** The loss as JSON: its kind and hyperparameters. */
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  readonly reduction: Reduction;
  /** Prediction [batch, …] and target (of a shape that the loss says) to the cost of each example. */
  readonly costs: <T>(ops: Ops<T>, prediction: T, target: T) => Costs<T>;
}

/** The loss of a batch, of shape [], and the way back to the prediction. */
export interface Valued<T> {
  readonly value: T;
  readonly pullback: (dValue: T) => T;
}

/** The loss of a batch, with a weight for each example (of shape [batch]) or without. */
export const value = <T>(ops: Ops<T>, loss: Loss, prediction: T, target: T, weights?: T): Valued<T> => {
  const { values, pullback } = loss.costs(ops, prediction, target);
  const shape = ops.shape(values);
  const weighted = weights === undefined ? values : multiply(ops, values, weights);
  const sum = total(ops, weighted);
  const divisor =
    loss.reduction === 'sum' ? undefined : weights === undefined ? ops.scalar(shape[0] ?? 0) : total(ops, weights);
  return {
    value: divisor === undefined ? sum : divide(ops, sum, divisor),
    pullback: (dValue) => {
      const each = divisor === undefined ? dValue : divide(ops, dValue, divisor);
      return pullback(weights === undefined ? repeat(ops, shape, each) : multiply(ops, weights, each));
    },
  };
};
