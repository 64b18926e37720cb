/** How a case of a layer is written as code: the layer by its description, and every number of the run. */
import { encodeLayer } from '../../../src/layer/network-codec.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Of, showPath, type Tree } from '../../../src/tensor/tree.ts';
import { code } from '../../law.ts';
import { type Bench, type LayerCase, onBench } from '../../layer/case.ts';

/** The leaves of a record under their paths. */
export const byPath = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(entries<F, Tensor>(tree, of).map(([path, x]) => [showPath(path), x]));

/** A bench as plain data and tensors. */
export const plainOf = <P extends Form, S extends Form>(bench: Bench<P, S>): Readonly<Record<string, unknown>> => {
  const { layer, params, state, x, dy, training, key } = bench;
  return {
    layer: encodeLayer(layer),
    params: byPath(layer.parameters.tree, params),
    state: byPath(layer.state.tree, state),
    x,
    dy,
    training,
    key,
  };
};

/** A case as a line of code: the layer's JSON, as `Layer.decode` reads it, and all numbers. */
export const showSample = (given: LayerCase): string => onBench(given, (bench) => code(plainOf(bench)));
