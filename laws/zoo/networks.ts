/** Wrong networks and wrong ways to write and read them, each with one fault, and the right ones. */
import * as E from 'fp-ts/lib/Either.js';
import { Activation, Initialiser, Key, Layer, Network, Tensor, Tree } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type NetworkCodec, type NetworkOptions, network } from '../pack/network.ts';
import type { Broken } from './broken.ts';
import { coarse, counting, mistakenInside, overwriting, scaledByBatch } from './network/inside.ts';

const KEY = Key.fromSeed(7);

const perceptron = Layer.sequential(Layer.dense(3, 4), Activation.tanh, Layer.dense(4, 2));
const right = Network.init(perceptron, KEY);

const normalised = Layer.sequential(Layer.dense(3, 4), Layer.batchNorm(), Layer.dense(4, 2));
const startOfNormalised = Network.init(normalised, KEY);
/** As after training: its running statistics are not those that it began with. */
const trained = {
  ...startOfNormalised,
  state: [
    {},
    {
      mean: Tensor.generate('f32', [4], (i) => i / 4),
      variance: Tensor.generate('f32', [4], (i) => 1 + i / 8),
    },
    {},
  ] as const,
};

const some = Network.someNetwork;
const lawsOf = (of: Network.SomeNetwork, options: NetworkOptions = {}): LawSet => network(of, options);

const entry = (
  name: string,
  fault: string,
  law: string,
  of: Network.SomeNetwork,
  options: NetworkOptions = {},
): Broken => ({ name, fault, law, laws: lawsOf(of, { name, ...options }) });

const ours: NetworkCodec = {
  encode: (of) => of.use((known) => Network.encode(known)),
  decode: Network.decode(Layer.registry),
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A codec that changes what it wrote before it reads it. */
const changing = (change: (json: Readonly<Record<string, unknown>>) => unknown): NetworkCodec => ({
  encode: ours.encode,
  decode: (json) => ours.decode(isRecord(json) ? change(json) : json),
});

/** The running statistics of a file are left aside for those of a fresh network. */
const dropsState = changing((json) => ({
  ...json,
  state: Network.encodeLeaves(normalised.state, startOfNormalised.state),
}));

/** Numbers are written with four decimals. */
const roundsNumbers: NetworkCodec = {
  encode: ours.encode,
  decode: (json) =>
    E.map((read: Network.SomeNetwork) =>
      read.use((known) =>
        some({
          ...known,
          params: Tree.map(
            known.layer.parameters.tree,
            (x: Tensor.Tensor) => Tensor.generate(x.dtype, x.shape, (i) => Math.round((x.data[i] ?? NaN) * 1e4) / 1e4),
            known.params,
          ),
        }),
      ),
    )(ours.decode(json)),
};

/** The parameters of both layers change places, where their shapes are the same. */
const twins = Network.init(Layer.sequential(Layer.dense(3, 3), Activation.tanh, Layer.dense(3, 3)), KEY);
const swapsLayers = changing((json) => {
  const { parameters } = json;
  if (!isRecord(parameters)) return json;
  const moved = Object.entries(parameters).map(([path, leaf]) => [
    path.startsWith('0') ? path.replace(/^0/, '2') : path.replace(/^2/, '0'),
    leaf,
  ]);
  return { ...json, parameters: Object.fromEntries(moved) };
});

/** Every leaf is drawn from the very key. */
const fromOneKey = (layer: typeof perceptron): typeof right => {
  const drawn = (spec: Layer.Spec): Tensor.Tensor => spec.initialiser.draw('f32', spec)(KEY);
  return { ...Network.init(layer, KEY), params: Tree.map(layer.parameters.tree, drawn, layer.parameters.specs) };
};

const [first, activation, last] = right.params;
const withWeight = (weight: Tensor.Tensor): typeof right => ({
  ...right,
  params: [{ ...first, weight }, activation, last],
});
const transposed = Tensor.generate('f32', [4, 3], (i) => first.weight.data[(i % 3) * 4 + Math.floor(i / 3)] ?? NaN);

/** Grows by itself from layer to layer, until f32 has no such numbers. */
const exploding = Network.init(
  Layer.sequentialOf(
    [3],
    Array.from({ length: 12 }, () =>
      Layer.dense(3, 3, { weight: Initialiser.normal(0, 1e4), bias: Initialiser.zeros }),
    ),
  ).use((layer) => layer),
  KEY,
);

export const correct: readonly LawSet[] = [
  lawsOf(some(right)),
  lawsOf(some(trained)),
  lawsOf(some(twins), { codec: ours }),
];

export const broken: readonly Broken[] = [
  entry(
    'codec without running statistics',
    'a network read from a file begins with fresh ones',
    'codec',
    some(trained),
    { codec: dropsState },
  ),
  entry('codec with four decimals', 'parameters are rounded on the way', 'codec', some(right), {
    codec: roundsNumbers,
  }),
  entry('codec that swaps layers', 'leaves of equal shape are read in another order', 'codec', some(twins), {
    codec: swapsLayers,
  }),
  entry(
    'one key for all layers',
    'weights of all layers are drawn from one key',
    'weights are drawn apart',
    some(fromOneKey(perceptron)),
  ),
  entry(
    'weights copied',
    'the second layer begins as a copy of the first',
    'weights are drawn apart',
    some({ ...twins, params: [twins.params[0], twins.params[1], twins.params[0]] }),
  ),
  entry(
    'weight stored transposed',
    'a file of another library holds [outputs, inputs]',
    'shapes',
    some(withWeight(transposed)),
  ),
  entry(
    'weight in f64',
    'one leaf of a network in f32 is in f64',
    'shapes',
    some(withWeight(Tensor.cast('f64')(first.weight))),
  ),
  entry(
    'diverged parameters',
    'a weight is NaN',
    'finite parameters',
    some(withWeight(Tensor.generate('f32', [3, 4], (i) => (i === 7 ? NaN : 0.5 * i)))),
  ),
  entry(
    'running variance below 0',
    'a running variance was stored as a difference of squares, and went below 0',
    'running variances are not negative',
    some({
      ...trained,
      state: [{}, { ...trained.state[1], variance: Tensor.generate('f32', [4], (i) => (i === 2 ? -1e-7 : 1)) }, {}],
    }),
  ),
  entry(
    'predictions by the batch',
    'a layer divides by what the whole batch holds',
    'predict: rows are independent',
    scaledByBatch.of,
    scaledByBatch.options,
  ),
  entry(
    'wrong gradient inside',
    'tanh in the middle has sigmoid’s derivative',
    'gradient: dual numbers',
    mistakenInside.of,
    mistakenInside.options,
  ),
  entry(
    'wrong gradient inside, by differences',
    'tanh in the middle has sigmoid’s derivative',
    'gradient: differences',
    mistakenInside.of,
    mistakenInside.options,
  ),
  entry(
    'predictions overflow',
    'weights are so large that f32 has no numbers for what comes out',
    'predict: answers',
    some(exploding),
  ),
  entry(
    'predictions by the call',
    'a layer counts how often it was called',
    'deterministic',
    counting.of,
    counting.options,
  ),
  entry(
    'network written to',
    'the first layer works in place, on the batch itself',
    'writes to nothing',
    overwriting.of,
    overwriting.options,
  ),
  entry(
    'another factor in f32',
    'a layer computes something else in f32 than in f64',
    'f32: within rounding of f64',
    coarse.of,
    coarse.options,
  ),
];
