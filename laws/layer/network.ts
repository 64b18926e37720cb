/** Laws of networks: their codec, and their initial leaves. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { cast, generate, type Tensor } from '../../src/tensor/tensor.ts';
import { codec as tensorCodec } from '../../src/tensor/tensor-codec.ts';
import { entries, type Form, leaf } from '../../src/tensor/tree.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { layers } from '../arbitrary/layers.ts';
import { networks } from '../arbitrary/networks.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, sameTensor, sameTensors, type Verdict } from '../law.ts';
import { network } from '../pack/network.ts';
import { options, some, told } from './network-samples.ts';
import { summaryLaws } from './summary.ts';
import { tensorLaws } from './tensors.ts';
import { transferLaws } from './transfer.ts';

const decode = Network.decode(Layer.registry);

/** A network that has everything, as JSON, and an edit of it. */
const whole = Layer.sequential(
  Layer.dense(3, 4),
  Activation.leakyRelu(),
  Layer.batchNorm(),
  Layer.parallel(Layer.dense(4, 2), Layer.residual(Layer.dense(4, 4))),
);
const written = (): unknown => JSON.parse(JSON.stringify(Network.encode(Network.init(whole, Key.fromSeed(1)))));

type Step = string | number;
/** JSON with another value at a path; `undefined` takes the field away. */
const edited = (json: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(json)) return json.map((item, i) => (i === step ? edited(item, rest, value) : item));
  const fields = Object.entries(json === null || typeof json !== 'object' ? {} : json);
  const others = fields.filter(([key]) => key !== step);
  const old = fields.find(([key]) => key === step)?.[1];
  const next = edited(old, rest, value);
  return Object.fromEntries(next === undefined ? others : [...others, [step, next]]);
};

const tensor = (shape: readonly number[], dtype: 'f32' | 'f64' = 'f32'): unknown =>
  tensorCodec.encode(generate(dtype, shape, () => 1));

const badNetworks = lawOf<readonly [readonly Step[], unknown, string]>(
  'networks: bad data is refused',
  'with a failure that names where; unknown fields are refused',
  [
    [['format'], 'else', 'network.format'],
    [['version'], 2, 'network.version'],
    [['more'], 1, 'network.more'],
    [['input'], [4], 'layer.layers.0'],
    [['input'], [0], 'network.input.0'],
    [['layer', 'kind'], 'sequence', 'layer.kind'],
    [['layer', 'kind'], 'constructor', 'layer.kind'],
    [['layer', 'more'], 1, 'layer.more'],
    [['layer', 'layers', 0, 'inputs'], 5, 'layer.layers.0'],
    [['layer', 'layers', 0, 'inputs'], 1.5, 'layer.layers.0.inputs'],
    [['layer', 'layers', 0, 'outputs'], 5, 'layer.layers.3.layers.0'],
    [['layer', 'layers', 0, 'width'], 5, 'layer.layers.0.width'],
    [['layer', 'layers', 0, 'weight', 'kind'], 'mine', 'layer.layers.0.weight.kind'],
    [['layer', 'layers', 1, 'slope'], '0.1', 'layer.layers.1.slope'],
    [['layer', 'layers', 1, 'slope'], undefined, 'layer.layers.1.slope'],
    [['layer', 'layers', 2, 'momentum'], 2, 'layer.layers.2.momentum'],
    [['layer', 'layers', 3, 'layers', 1, 'layer', 'outputs'], 3, 'layer.layers.3.layers.1'],
    [['layer', 'layers', 3, 'layers'], [], 'layer.layers.3.layers'],
    [['layer', 'layers', 3, 'layers', 0], 7, 'layer.layers.3.layers.0'],
    [['parameters', '0.weight'], undefined, 'parameters.0.weight'],
    [['parameters', '0.other'], tensor([1]), 'parameters.0.other'],
    [['parameters', '0.weight'], tensor([4, 3]), 'parameters.0.weight'],
    [['parameters', '0.weight'], tensor([3, 4], 'f64'), 'parameters.0.weight'],
    [['parameters', '0.weight', 'data'], 'AA', 'parameters.0.weight.data'],
    [['state', '2.mean'], undefined, 'state.2.mean'],
    [['dtype'], 'f64', 'parameters.0.weight'],
  ],
  ([path, value, where]): Verdict => {
    const read = decode(edited(written(), path, value));
    return E.isRight(read)
      ? { expected: `a failure at ${where}`, received: 'a network', where: path.join('.') }
      : same(where, read.left.where, `${path.join('.')}: ${showFailure(read.left)}`);
  },
);

const ownKinds = lawOf(
  'networks: a user’s own layer decodes by its own kind',
  'with the registry that has it, and not with ours',
  [0.25, 3],
  (by): Verdict => {
    const times = (factor: number): Layer.Elementwise => ({
      ...Activation.leakyRelu(factor),
      description: { kind: 'times', factor },
      at: (shape) => ({ ...Activation.leakyRelu(factor).at(shape), description: { kind: 'times', factor } }),
    });
    const registry: Layer.Registry = {
      ...Layer.registry,
      times: ({ description }) =>
        typeof description === 'object' && description !== null && 'factor' in description
          ? E.right(times(Number(description.factor)))
          : E.left({ tag: 'codec', where: 'times', expected: 'a factor', received: 'none' }),
    };
    const network = Network.init(Layer.sequential(Layer.dense(2, 2), times(by)), Key.fromSeed(3));
    const json = Network.encode(network);
    const [read, refused] = [Network.decode(registry)(json), decode(json)];
    const x = cast('f32')(normals([4, 2], Key.fromSeed(4)));
    return E.isLeft(read)
      ? { expected: 'a network', received: showFailure(read.left) }
      : all(
          sameTensor(Network.predict(network)(x), told(read.right, x).y, 'prediction'),
          holds(E.isLeft(refused), 'refused by our registry', 'accepted'),
        );
  },
);

const predictions = lawOf(
  'networks: predict refuses what does not fit',
  'another shape or another format throws, naming both',
  [
    [[3], 'f32', '[batch,3]'],
    [[2, 4], 'f32', '[2,4]'],
    [[2, 3, 1], 'f32', '[2,3,1]'],
    [[], 'f32', '[]'],
    [[2, 3], 'f64', 'f64'],
  ] as const,
  ([shape, dtype, text]): Verdict => {
    const network = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
    try {
      Network.predict(network)(generate(dtype, shape, () => 1));
      return { expected: 'an error', received: 'a prediction' };
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      return holds(message.includes(text), `an error that says ${text}`, message);
    }
  },
);

const leafKeys = law(
  'init: leaf i draws from the key folded with i',
  'through the parameters, then the state, whatever the nesting',
  fc.record({ layer: layers, dtype: dtypes, key: keys }),
  ({ layer, dtype, key }) => {
    const { params, state } = told(some(layer, key, dtype), cast(dtype)(normals([1, ...layer.input], key)));
    const specs = [
      ...entries<Form, Layer.Spec>(layer.parameters.tree, layer.parameters.specs),
      ...entries<Form, Layer.Spec>(layer.state.tree, layer.state.specs),
    ];
    const expected = specs.map(([, spec], i) => spec.initialiser.draw(dtype, spec)(Key.foldIn(i)(key)));
    return sameTensors(expected, [...params, ...state], 'leaf');
  },
  options,
);

/** A layer whose state begins at random. */
const restless: Layer.Layer<readonly [2], readonly [2], Layer.EmptyForm, Layer.LeafForm> = {
  ...Layer.plain,
  input: [2],
  output: [2],
  description: { kind: 'restless' },
  parameters: Layer.none,
  state: {
    tree: leaf,
    specs: { shape: [3], fanIn: 1, fanOut: 1, initialiser: Initialiser.normal(0, 1), role: 'bias' },
  },
  forward: (_ops, _params, state, x) => ({ y: x, state, pullback: (dy) => ({ dParams: {}, dx: dy }) }),
};

const stateKeys = law(
  'init: state is numbered after the parameters',
  'after a dense layer’s two leaves, the state of the first of two such layers is leaf 2 and of the second leaf 3',
  keys,
  (key) => {
    const network = Network.init(Layer.sequential(restless, Layer.dense(2, 2), restless), key, 'f64');
    const drawn = (number: number): Tensor => normals([3], Key.foldIn(number)(key));
    return all(sameTensor(drawn(2), network.state[0], 'state 0'), sameTensor(drawn(3), network.state[2], 'state 2'));
  },
  { runs: 10 },
);

/** Laws of networks. */
export const networkLaws: LawSet = lawSet(
  'networks',
  [...tensorLaws, badNetworks, ownKinds, predictions, ...summaryLaws, ...transferLaws, leafKeys, stateKeys],
  [network(networks, { name: 'random networks', runs: 40 })],
);
