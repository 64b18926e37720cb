/**
 * The value and gradient of what training minimises: the loss of a batch plus, where there is one, the penalty of the
 * parameters. Written over an abstract algebra, so that what runs at once in the reference can be recorded as a graph.
 */
import type { Context, Layer } from '../layer/layer.ts';
import { type Loss, value } from '../loss/loss.ts';
import type { Ops } from '../ops/ops.ts';
import type { Evaluation } from '../optimizer/optimizer.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Form, Of } from '../tensor/tree.ts';

/** What an evaluation at a batch gives: `value` and `gradient` of the objective, and the parts they are made of. */
export interface Measured<P extends Form, S extends Form, T> extends Evaluation<P, T> {
  /** The loss of the batch, of shape [], without the penalty. */
  readonly loss: T;
  /** The layer's state after the batch. */
  readonly state: Of<S, T>;
}

/**
 * The objective at a batch: inputs [batch, …] and targets to its value, of shape [], and its gradient, a record of the
 * parameters' form. The context's watcher is told of the network's own output (at the context's path) and of the
 * gradient that comes back to it, beside those of the layers within.
 */
export const valueAndGradient =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form, T>(
    ops: Ops<T>,
    layer: Layer<In, Out, P, S>,
    loss: Loss,
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
    return { value: cost.value, loss: cost.value, gradient: run.pullback(back).dParams, state: run.state };
  };
