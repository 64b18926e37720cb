/**
 * The value and gradient of what training minimises: the loss of a batch plus, where there is one, the penalty of the
 * parameters. Written over an abstract algebra, so that what runs at once in the reference can be recorded as a graph.
 */
import type { Context, Layer } from '../layer/layer.ts';
import { type Loss, value } from '../loss/loss.ts';
import { type Penalty, value as penalise } from '../loss/penalty.ts';
import { add } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import type { Evaluation } from '../optimizer/optimizer.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Form, type Of, zip } from '../tensor/tree.ts';

/** What an evaluation at a batch gives: `value` and `gradient` of the objective, and the parts they are made of. */
export interface Measured<P extends Form, S extends Form, T> extends Evaluation<P, T> {
  /** The loss of the batch, of shape [], without the penalty. */
  readonly loss: T;
  /** The penalty of the parameters, of shape [], where there is one. */
  readonly penalty: T | undefined;
  /** The layer's state after the batch. */
  readonly state: Of<S, T>;
}

/** What training minimises, but for the examples. */
export interface Objective<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  readonly loss: Loss;
  readonly penalty?: Penalty;
}

/**
 * The objective at a batch: inputs [batch, …] and targets to its value, of shape [], and its gradient, a record of the
 * parameters' form. The context's watcher is told of the network's own output (at the context's path) and of the
 * gradient that comes back to it, beside those of the layers within. Throws where shapes do not fit.
 *
 * @example
 * ```ts
 * import { Layer, Loss, Ops, Tensor, Train } from 'nabla-ts';
 * const params = { weight: Tensor.full('f64', [1, 1], 3), bias: Tensor.zeros('f64', [1]) };
 * const measure = Train.valueAndGradient(Ops.reference('f64'), {
 *   layer: Layer.dense(1, 1),
 *   loss: Loss.squaredError(),
 * });
 * const [x, target] = [Tensor.full('f64', [1, 1], 2), Tensor.full('f64', [1, 1], 5)];
 * const { value, gradient } = measure(params, {}, x, target, undefined, Layer.inference());
 * Tensor.toArray(value) // => [1]
 * Tensor.toArray(gradient.weight) // => [4]
 * ```
 */
export const valueAndGradient =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form, T>(
    ops: Ops<T>,
    { layer, loss, penalty }: Objective<In, Out, P, S>,
  ) =>
  (
    params: Of<P, T>,
    state: Of<S, T>,
    inputs: T,
    targets: T,
    weights: T | undefined,
    context: Context<T>,
  ): Measured<P, S, T> => {
    const run = layer.forward(ops, params, state, inputs, context);
    context.watch({ path: context.path, kind: 'output', value: run.y });
    const cost = value(ops, loss, run.y, targets, weights);
    const back = cost.pullback(ops.scalar(1));
    context.watch({ path: context.path, kind: 'gradient', value: back });
    const gradient = run.pullback(back).dParams;
    if (penalty === undefined || penalty.terms.length === 0)
      return { value: cost.value, gradient, loss: cost.value, penalty: undefined, state: run.state };
    const charged = penalise<P, T>(ops, penalty, layer.parameters, params);
    return {
      value: add(ops, cost.value, charged.value),
      gradient: zip(layer.parameters.tree, (g: T, p: T): T => add(ops, g, p), gradient, charged.gradient),
      loss: cost.value,
      penalty: charged.value,
      state: run.state,
    };
  };
