/**
 * A network is a layer with its parameters and state: plain data, all in one format. What it answers is a function of
 * it, `predict`.
 */

import { reference } from '../ops/reference/reference.ts';
import type { Dtype } from '../scalar/dtype.ts';
import * as Key from '../tensor/key.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import * as Tensor from '../tensor/tensor.ts';
import { entries, type Form, map, type Of } from '../tensor/tree.ts';
import { inference } from './context.ts';
import type { Declaration, Layer, Spec } from './layer.ts';

/** A layer with its parameters and state. */
export interface Network<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  /** The format of all parameters, of the state and of the arithmetic. */
  readonly dtype: Dtype;
  readonly params: Of<P, Tensor.Tensor>;
  readonly state: Of<S, Tensor.Tensor>;
}

/** A network of some type of parameters and state: what a file holds. */
export interface SomeNetwork {
  readonly use: <R>(k: <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>) => R) => R;
}

/**
 * Hides what is not known of a network behind `use`.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * const some = Network.someNetwork(Network.init(Layer.dense(3, 2), Key.fromSeed(1)));
 * some.use(({ layer }) => layer.output) // => [2]
 * ```
 */
export const someNetwork = <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>): SomeNetwork => ({
  use: (k) => k(network),
});

/** Leaf i of a declaration draws from the key folded with `first` + i. */
const draw = <F extends Form>(
  { tree, specs }: Declaration<F>,
  first: number,
  dtype: Dtype,
  key: Key.Key,
): Of<F, Tensor.Tensor> => {
  let leaf = first;
  return map(tree, (spec: Spec) => spec.initialiser.draw(dtype, spec)(Key.foldIn(leaf++)(key)), specs);
};

/**
 * A network at the start: each parameter and each part of the state drawn by its own initialiser. Leaf number i, counted
 * through the parameters of the whole network and then its state, draws from `Key.foldIn(i)(key)`, so re-nesting layers
 * changes no draw. The draws are made in f64 and rounded once to `dtype`.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * const network = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
 * network.params.weight.shape // => [3, 2]
 * ```
 */
export const init = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer<In, Out, P, S>,
  key: Key.Key,
  dtype: Dtype = 'f32',
): Network<In, Out, P, S> =>
  Object.freeze({
    layer,
    dtype,
    params: draw(layer.parameters, 0, dtype, key),
    state: draw(layer.state, entries(layer.parameters.tree, layer.parameters.specs).length, dtype, key),
  });

/** The same network with its numbers rounded to a format.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * Network.cast('f64')(Network.init(Layer.dense(3, 2), Key.fromSeed(1))).params.weight.dtype // => 'f64'
 * ```
 */
export const cast =
  (dtype: Dtype) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
  ): Network<In, Out, P, S> => {
    const { layer, params, state } = network;
    return Object.freeze({
      layer,
      dtype,
      params: map(layer.parameters.tree, (x: Tensor.Tensor) => Tensor.cast(dtype)(x), params),
      state: map(layer.state.tree, (x: Tensor.Tensor) => Tensor.cast(dtype)(x), state),
    });
  };

/**
 * What a network answers to a batch x of shape [batch, …input]: nothing is dropped, batch norm uses its running
 * statistics. Throws where x has another shape than [batch, …input], naming both, or is in another format than the
 * network (`Tensor.cast` rounds it).
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
 * Network.predict(network)(Tensor.zeros('f32', [5, 3])).shape // => [5, 2]
 * ```
 */
export const predict =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
    layer,
    dtype,
    params,
    state,
  }: Network<In, Out, P, S>) =>
  (x: Tensor.Tensor): Tensor.Tensor => {
    if (x.shape.length === 0 || !equals(x.shape.slice(1), layer.input))
      throw new TypeError(
        `Network.predict: the network takes [batch${layer.input.map((n) => `,${n}`).join('')}], but is given ${show(x.shape)}`,
      );
    if (x.dtype !== dtype)
      throw new TypeError(`Network.predict: the network computes in ${dtype}, but is given ${x.dtype}`);
    return layer.forward(reference(dtype), params, state, x, inference()).y;
  };
