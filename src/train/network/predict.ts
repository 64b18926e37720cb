/** A network's predictions, on an engine where they are much work. */
import { create } from '../../engine/engine.ts';
import { type Network, predict as predictByReference } from '../../layer/network.ts';
import { equals, type Shape, size } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type Form, leaves } from '../../tensor/tree.ts';
import { predictOn } from '../predict.ts';

/** Rows times parameters from which on compiling a plan is less than what it saves. The bits are the same either way. */
const MUCH = 2 ** 20;

/**
 * What a network says of a batch [batch, …input]: outputs [batch, …output], as it is (nothing drops out, batch norm uses
 * its running statistics). Throws where the shape or the format is not what the network takes.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.dense(2, 1, { weight: Initialiser.constant(3) }), Key.fromSeed(1));
 * Tensor.toRows(Network.predict(network)(Tensor.full('f32', [2, 2], 1))) // => [[6], [6]]
 * ```
 */
export const predict = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  network: Network<In, Out, P, S>,
): ((x: Tensor) => Tensor) => {
  const { layer, dtype, params } = network;
  const slowly = predictByReference(network);
  const parameters = leaves<P, Tensor>(layer.parameters.tree, params).reduce((sum, { shape }) => sum + size(shape), 0);
  const quickly = predictOn(create());
  return (x) => {
    const [rows, ...example] = x.shape;
    const isMuch = rows !== undefined && rows * parameters >= MUCH;
    return isMuch && x.dtype === dtype && equals(example, layer.input) ? quickly(network, x) : slowly(x);
  };
};
