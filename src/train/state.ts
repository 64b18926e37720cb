/**
 * A training run as one immutable value: everything that the next step depends on. Two states that are equal have equal
 * futures, on every machine.
 */
import type { Layer } from '../layer/layer.ts';
import { reference } from '../ops/reference/reference.ts';
import { init, type Slots } from '../optimizer/optimizer.ts';
import { foldIn, type Key } from '../tensor/key.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Form, map, type Of } from '../tensor/tree.ts';
import type { Config } from './config.ts';

/** A layer with its parameters and state. */
export interface Network<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  readonly params: Of<P, Tensor>;
  readonly state: Of<S, Tensor>;
}

/** What one epoch came to. */
export interface Row {
  /** How many epochs have been seen, this one included. */
  readonly epoch: number;
  /** How many steps have been made. */
  readonly step: number;
  /** The objective over the epoch's examples, each measured in its step (penalty included): the mean of the batches,
   * weighted by their rows (or the rows' weights), for a mean; the sum of the batches for a sum. */
  readonly loss: number;
  readonly validationLoss?: number;
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
  /** The sum of their values, each times its share. */
  readonly sum: number;
  /** The sum of their shares. */
  readonly share: number;
}

/** Whether a run goes on; a run that was stopped stays so. */
export type Status = 'running' | 'stopped early';

export interface State<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
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
export const fresh: Progress = Object.freeze({ batch: 0, sum: 0, share: 0 });

/** The state from which a network trains on. Optimizer, history and steps begin anew. */
export const from = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { optimizer, data }: Config<In, Out, P, S>,
  { layer, params, state }: Network<In, Out, P, S>,
  key: Key,
): State<In, Out, P, S> =>
  Object.freeze({
    layer,
    params,
    layerState: state,
    slots: init(reference(data.inputs.dtype), optimizer, layer.parameters, params),
    key,
    step: 0,
    epoch: 0,
    progress: fresh,
    history: [],
    patience: Object.freeze({ reference: Number.POSITIVE_INFINITY, waited: 0 }),
    status: 'running',
  });

/** The state before the first step: parameters drawn from the key, in the format of the data. */
export const start = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
  key: Key,
): State<In, Out, P, S> => {
  const { layer, data } = config;
  const { dtype } = data.inputs;
  let leaf = 0;
  return from(
    config,
    {
      layer,
      params: map(
        layer.parameters.tree,
        (spec): Tensor => spec.initialiser.draw(dtype, spec)(foldIn(leaf++)(key)),
        layer.parameters.specs,
      ),
      state: map(
        layer.state.tree,
        (spec): Tensor => spec.initialiser.draw(dtype, spec)(foldIn(leaf++)(key)),
        layer.state.specs,
      ),
    },
    key,
  );
};

/** The network as it is now. */
export const network = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  layer,
  params,
  layerState,
}: State<In, Out, P, S>): Network<In, Out, P, S> => Object.freeze({ layer, params, state: layerState });

/** The network at which what is monitored was lowest; the network as it is where no epoch has been completed. */
export const best = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  state: State<In, Out, P, S>,
): Network<In, Out, P, S> =>
  state.best === undefined
    ? network(state)
    : Object.freeze({ layer: state.layer, params: state.best.params, state: state.best.layerState });
