/** Smooth networks of one to six layers, drawn at random, with the gradient that their pullbacks claim. */
import * as fc from 'fast-check';
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../../src/layer/layer.ts';
import { init } from '../../../src/layer/network.ts';
import * as Key from '../../../src/tensor/key.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { map } from '../../../src/tensor/tree.ts';
import { keys, normals } from '../../arbitrary/keys.ts';
import { type Claim, layerClaim } from '../claim.ts';

/** What follows each dense layer; none has a kink. */
const smooth: Readonly<Record<string, Part>> = {
  tanh: Activation.tanh,
  identity: Activation.identity,
  sigmoid: Activation.sigmoid,
  softplus: Activation.softplus,
  logSigmoid: Activation.logSigmoid,
  gelu: Activation.gelu,
  geluTanh: Activation.geluTanh,
  silu: Activation.silu,
  mish: Activation.mish,
  gaussian: Activation.gaussian,
  softmax: Layer.softmax,
  logSoftmax: Layer.logSoftmax,
  layerNorm: Layer.layerNorm(),
};

/** Which has only one value, or nearly so, at a width of less than three. */
const wide = new Set(['layerNorm']);

export interface SmoothNetwork {
  readonly inputs: number;
  readonly layers: readonly { readonly width: number; readonly activation: string }[];
  readonly batch: number;
  readonly key: Key.Key;
}

/** Networks of dense layers of up to four units, each followed by something smooth; they shrink to one unit of tanh. */
export const smoothNetworks: fc.Arbitrary<SmoothNetwork> = fc.record({
  inputs: fc.integer({ min: 1, max: 4 }),
  layers: fc.array(
    fc.record({ width: fc.integer({ min: 1, max: 4 }), activation: fc.constantFrom(...Object.keys(smooth)) }),
    { minLength: 1, maxLength: 6, size: 'max' },
  ),
  batch: fc.integer({ min: 1, max: 3 }),
  key: keys,
});

export const showNetwork = ({ inputs, layers, batch, key }: SmoothNetwork): string =>
  `${inputs} → ${layers.map(({ width, activation }) => `${width} ${activation}`).join(' → ')}, batch ${batch}, key ${JSON.stringify(key.words)}`;

/** Numbers with few bits, so that a step away from them is exact. */
const round32 = (x: Tensor): Tensor => generate('f64', x.shape, (i) => Math.fround(x.data[i] ?? NaN));

/** ⟨y, dy⟩ of a layer at random parameters and inputs, with a random dy that is not of unit size. */
export const claimOf = (layer: AnyLayer, batch: number, key: Key.Key): Claim => {
  const { params, state } = init(layer, Key.foldIn(0)(key), 'f64');
  let leaf = 10;
  const disturbed = (x: Tensor): Tensor => {
    const noise = normals(x.shape, Key.foldIn(leaf++)(key), 0.5);
    return round32(generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + (noise.data[i] ?? NaN)));
  };
  const draw = (shape: Shape, by: number, deviation: number): Tensor =>
    round32(normals([batch, ...shape], Key.foldIn(by)(key), deviation));
  return layerClaim(
    { layer, params: map(layer.parameters.tree, disturbed, params), state, x: draw(layer.input, 1, 1) },
    draw(layer.output, 2, 3),
  );
};

/** The claim of a network. */
export const networkOf = ({ inputs, layers, batch, key }: SmoothNetwork): Claim =>
  Layer.sequentialOf(
    [inputs],
    layers.flatMap(({ width, activation }, i): readonly Part[] => {
      const part = wide.has(activation) && width < 3 ? Activation.tanh : (smooth[activation] ?? Activation.tanh);
      return [Layer.dense(layers[i - 1]?.width ?? inputs, width), part];
    }),
  ).use((layer) => claimOf(layer, batch, key));
