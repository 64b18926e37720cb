/**
 * A training run as one immutable value: everything that the next step depends on. Two states that are equal have equal
 * futures, on every machine.
 */

import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import type { Layer } from '../layer/layer.ts';
import { init, type Network } from '../layer/network.ts';
import { reference } from '../ops/reference/reference.ts';
import { init as begin, type Optimizer, preferred, type Slots } from '../optimizer/optimizer.ts';
import type { Dtype } from '../scalar/dtype.ts';
import type { Key } from '../tensor/key.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form, Of } from '../tensor/tree.ts';
import type { Config } from './config.ts';

/** What one epoch came to. */
export interface Row {
  /** How many epochs have been seen, this one included. */
  readonly epoch: number;
  /** How many steps have been made. */
  readonly step: number;
  /** The loss over the epoch's examples, each as it was in its step: for a mean the mean of the batches by their rows
   * (or the sums of the rows' weights), for a sum the sum of the batches. */
  readonly loss: number;
  /** The penalty, the mean over the epoch's steps. */
  readonly penalty?: number;
  /** The loss on the validation examples after the epoch's last step. */
  readonly validationLoss?: number;
  /** The metrics on the validation examples after the epoch's last step. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** The parameters and layer state at which what is monitored was lowest. */
export interface Best<P extends Form, S extends Form> {
  readonly params: Of<P, Tensor>;
  readonly layerState: Of<S, Tensor>;
  readonly score: number;
  readonly epoch: number;
}

/** What has been seen of an epoch that is under way. */
export interface Progress {
  /** Batches seen. */
  readonly batch: number;
  /** The rows of the data, and those of a full batch: the rest of the epoch has to be cut in the same way. */
  readonly rows: number;
  readonly size: number;
  /** The sum of their losses, each times its share. */
  readonly loss: number;
  /** The sum of their penalties. */
  readonly penalty: number;
  /** The sum of their shares: their rows, or the rows' weights. */
  readonly share: number;
}

/** Whether a run goes on; a run that was stopped stays so. */
export type Status = 'running' | 'stopped early';

export interface State<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  readonly optimizer: Optimizer;
  /** The format of all tensors of the run. */
  readonly dtype: Dtype;
  readonly params: Of<P, Tensor>;
  readonly layerState: Of<S, Tensor>;
  readonly slots: Slots<P, Tensor>;
  readonly key: Key;
  /** Steps made. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  readonly progress: Progress;
  readonly history: readonly Row[];
  readonly best?: Best<P, S>;
  /** The score of the last improvement (∞ before the first), and the epochs that have passed since. */
  readonly patience: { readonly reference: number; readonly waited: number };
  readonly status: Status;
}

/** No batch yet. */
export const fresh: Progress = Object.freeze({ batch: 0, rows: 0, size: 0, loss: 0, penalty: 0, share: 0 });

/**
 * The state from which a network trains on: parameters and layer state are its own; optimizer, history and counts
 * begin anew.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Network, Optimizer, Tensor, Train } from 'nabla-ts';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const network = Network.init(config.layer, Key.fromSeed(1), 'f64');
 * Train.from(config, network, Key.fromSeed(2)).params === network.params // => true
 * ```
 */
export const from = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { optimizer }: Config<In, Out, P, S>,
  { layer, dtype, params, state }: Network<In, Out, P, S>,
  key: Key,
): State<In, Out, P, S> =>
  Object.freeze({
    layer,
    optimizer,
    dtype,
    params,
    layerState: state,
    slots: begin(reference(dtype), optimizer, layer.parameters, params),
    key,
    step: 0,
    epoch: 0,
    progress: fresh,
    history: Object.freeze([]),
    patience: Object.freeze({ reference: Number.POSITIVE_INFINITY, waited: 0 }),
    status: 'running',
  });

/**
 * The state before the first step: the network that `Network.init` draws from the key, in the format of the data.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const state = Train.start(config, Key.fromSeed(1));
 * [state.epoch, state.step, state.status] // => [0, 0, 'running']
 * Tensor.toArray(state.params.weight) // => [0]
 * ```
 */
export const start = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
  key: Key,
): State<In, Out, P, S> => from(config, init(config.layer, key, config.data.inputs.dtype), key);

/** The parameters to use: those that the optimizer prefers (an average, the accepted point of a line search), or those
 * that it is at. */
const inUse = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  layer,
  optimizer,
  dtype,
  params,
  slots,
}: State<In, Out, P, S>): Of<P, Tensor> =>
  pipe(
    preferred<P, Tensor>(reference(dtype), optimizer, layer.parameters, slots),
    O.getOrElse(() => params),
  );

/**
 * The network as it is now, with the parameters that the optimizer prefers where it has any: an average of them
 * (`Transform.exponentialMovingAverage`), the accepted point of a line search (`lbfgs`).
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Network, Optimizer, Tensor, Train } from 'nabla-ts';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const state = Train.start(config, Key.fromSeed(1));
 * Tensor.toArray(Network.predict(Train.network(state))(data.inputs)) // => [0]
 * ```
 */
export const network = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  state: State<In, Out, P, S>,
): Network<In, Out, P, S> =>
  Object.freeze({ layer: state.layer, dtype: state.dtype, params: inUse(state), state: state.layerState });

/**
 * The network at which what is monitored was lowest; `network(state)` where no epoch has been completed. What is
 * monitored is the validation loss, of the network after an epoch. Where there is no validation it is the loss and
 * penalty of training: of the parameters that they were measured at where one batch is the whole epoch, else of the
 * network after the epoch in which they were measured.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const trained = pipe(Train.start(config, Key.fromSeed(1)), Train.fit(config), E.map(Train.best));
 * pipe(trained, E.map(({ params }) => Tensor.toArray(params.weight))) // => E.right([0.5])
 * ```
 */
export const best = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  state: State<In, Out, P, S>,
): Network<In, Out, P, S> =>
  state.best === undefined
    ? network(state)
    : Object.freeze({
        layer: state.layer,
        dtype: state.dtype,
        params: state.best.params,
        state: state.best.layerState,
      });
