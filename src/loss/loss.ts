/**
 * A loss says what each example of a batch costs; how the examples are joined (their mean or their sum, with or without
 * weights) is said once, here, for all losses.
 *
 * Laws: `pullback` is linear in its cotangent and is the adjoint of the derivative of `values`; example i costs what it
 * would alone; a weight of 2 is the example twice.
 */
import { divide, multiply, repeat, total } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import type { Json } from '../tensor/json.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';

/** The cost of each example, of shape [batch], and the way back to the prediction. */
export interface Costs<T> {
  readonly values: T;
  readonly pullback: (dValues: T) => T;
}

/** How the costs of a batch become one number. A weighted mean is Σ wᵢ·costᵢ ÷ Σ wᵢ. */
export type Reduction = 'mean' | 'sum';

/** The configuration that every loss has: how it joins examples (default `mean`). */
export interface Reduced {
  readonly reduction?: Reduction;
}

/** A loss as JSON: its kind and hyperparameters. */
export type LossDescription = { readonly kind: string; readonly [field: string]: Json };

/** What a loss can be told: targets of a shape, all of whose elements hold something. */
export interface Expected {
  readonly shape: Shape;
  /** In words, for a message: "numbers from 0 to 1". */
  readonly values: string;
  readonly holds: (element: number) => boolean;
}

/**
 * What each example costs, and how to go back from costs to the prediction. A loss of one's own is a record like this;
 * `elementwise` makes one from a formula.
 */
export interface Loss {
  readonly description: LossDescription;
  readonly reduction: Reduction;
  /** The targets that go with predictions of a shape (the batch first). Throws where no targets go with it. */
  readonly expected: (prediction: Shape) => Expected;
  /** Prediction [batch, …] and target (of the expected shape) to the cost of each example. */
  readonly costs: <T>(ops: Ops<T>, prediction: T, target: T) => Costs<T>;
}

/** The loss of a batch, of shape [], and the way back to the prediction. */
export interface Valued<T> {
  readonly value: T;
  readonly pullback: (dValue: T) => T;
}

/** Throws where shapes differ: a scalar would otherwise serve all elements. */
const match = (kind: string, what: string, expected: Shape, received: Shape, prediction: Shape): void => {
  if (!equals(expected, received))
    throw new RangeError(
      `${kind}: ${what} of shape ${show(received)} where a prediction of ${show(prediction)} takes ${show(expected)}`,
    );
};

/**
 * The loss of a batch, with a weight for each example (of shape [batch]) or without. Throws on an empty batch and where
 * shapes do not match, naming both.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * const prediction = Tensor.generate('f64', [2, 1], (i) => i + 1);
 * const loss = Loss.value(ops, Loss.squaredError(), prediction, Tensor.zeros('f64', [2, 1]));
 * Tensor.toArray(loss.value) // => [2.5]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [1, 2]
 * ```
 */
export const value = <T>(ops: Ops<T>, loss: Loss, prediction: T, target: T, weights?: T): Valued<T> => {
  const { kind } = loss.description;
  const given = ops.shape(prediction);
  const [batch = 0] = given;
  if (batch === 0) throw new RangeError(`${kind}: a prediction of shape ${show(given)} holds no example`);
  match(kind, 'a target', loss.expected(given).shape, ops.shape(target), given);
  if (weights !== undefined) match(kind, 'weights', [batch], ops.shape(weights), given);

  const { values, pullback } = loss.costs(ops, prediction, target);
  const sum = total(ops, weights === undefined ? values : multiply(ops, values, weights));
  const divisor =
    loss.reduction === 'sum' ? undefined : weights === undefined ? ops.scalar(batch) : total(ops, weights);
  return {
    value: divisor === undefined ? sum : divide(ops, sum, divisor),
    pullback: (dValue) => {
      const each = divisor === undefined ? dValue : divide(ops, dValue, divisor);
      return pullback(weights === undefined ? repeat(ops, [batch], each) : multiply(ops, weights, each));
    },
  };
};
