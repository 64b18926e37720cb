/** Random networks, and what can be told of one. */
import * as fc from 'fast-check';
import type { AnyLayer } from '../../src/layer/layer.ts';
import * as Network from '../../src/layer/network/index.ts';
import type * as Key from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import { keys } from '../arbitrary/keys.ts';
import { layers } from '../arbitrary/layers.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { listed } from './case.ts';

export const samples = fc.record({ layer: layers, dtype: dtypes, key: keys });
export const show = ({
  layer,
  dtype,
  key,
}: {
  readonly layer: AnyLayer;
  readonly dtype: string;
  readonly key: Key.Key;
}) => `${JSON.stringify(layer.description)} at [${layer.input}] in ${dtype}, key ${JSON.stringify(key.words)}`;
export const options = { runs: 40, show };

/** What can be told of a network, leaf by leaf. */
export const told = (network: Network.SomeNetwork, x: Tensor) =>
  network.use((known) => ({
    params: listed(known.layer.parameters.tree, known.params),
    state: listed(known.layer.state.tree, known.state),
    y: Network.predict(known)(x),
  }));

export const some = (layer: AnyLayer, key: Key.Key, dtype: 'f32' | 'f64'): Network.SomeNetwork =>
  Network.someNetwork(Network.init<readonly number[], readonly number[], Form, Form>(layer, key, dtype));
