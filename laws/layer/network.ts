/** Laws of networks: their codec, their summary, rates by path, and taking over part of another. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import * as Network from '../../src/layer/network/index.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { size } from '../../src/tensor/shape.ts';
import { cast, generate, type Tensor } from '../../src/tensor/tensor.ts';
import { codec as tensorCodec } from '../../src/tensor/tensor-codec.ts';
import { entries, type Form, showPath } from '../../src/tensor/tree.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { layers } from '../arbitrary/layers.ts';
import { shapes } from '../arbitrary/shapes.ts';
import { anyNumber, dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { listed } from './case.ts';
import { sameTensor, sameTensors } from './forward.ts';

const decode = Network.decode(Layer.registry);

const samples = fc.record({ layer: layers, dtype: dtypes, key: keys });
const show = ({ layer, dtype, key }: { readonly layer: AnyLayer; readonly dtype: string; readonly key: Key.Key }) =>
  `${JSON.stringify(layer.description)} at [${layer.input}] in ${dtype}, key ${JSON.stringify(key.words)}`;
const options = { runs: 40, show };

/** What can be told of a network, leaf by leaf. */
const told = (network: Network.SomeNetwork, x: Tensor) =>
  network.use((known) => ({
    params: listed(known.layer.parameters.tree, known.params),
    state: listed(known.layer.state.tree, known.state),
    y: Network.predict(known)(x),
  }));

const some = (layer: AnyLayer, key: Key.Key, dtype: 'f32' | 'f64'): Network.SomeNetwork =>
  Network.someNetwork(Network.init<readonly number[], readonly number[], Form, Form>(layer, key, dtype));

const roundTrip = law(
  'networks: codec',
  'read back from its JSON text, a network has the same bits and the same predictions, and writes the same text',
  samples,
  ({ layer, dtype, key }) => {
    const network = some(layer, key, dtype);
    const text = JSON.stringify(network.use((known) => Network.encode(known)));
    const read = decode(JSON.parse(text));
    if (E.isLeft(read)) return { expected: 'a network', received: showFailure(read.left) };
    const x = cast(dtype)(normals([3, ...layer.input], key));
    const [before, after] = [told(network, x), told(read.right, x)];
    return all(
      sameTensors(before.params, after.params, 'parameter'),
      sameTensors(before.state, after.state, 'state'),
      sameTensor(before.y, after.y, 'prediction'),
      same(text, JSON.stringify(read.right.use((known) => Network.encode(known))), 'text'),
    );
  },
  options,
);

const tensors = law(
  'tensors: codec',
  'every number survives, −0, NaN and ∞ among them; base64 is what Node and browsers make of the little-endian bytes',
  fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype))),
  (x) => {
    const json = tensorCodec.encode(x);
    const read = tensorCodec.decode(JSON.parse(JSON.stringify(json)));
    const view = new DataView(new ArrayBuffer(x.data.length * (x.dtype === 'f32' ? 4 : 8)));
    for (let i = 0; i < x.data.length; i++)
      if (x.dtype === 'f32') view.setFloat32(4 * i, x.data[i] ?? NaN, true);
      else view.setFloat64(8 * i, x.data[i] ?? NaN, true);
    return all(
      same(Buffer.from(view.buffer).toString('base64'), json.data, 'base64'),
      E.isRight(read) ? sameTensor(x, read.right, 'tensor') : { expected: 'a tensor', received: 'a failure' },
    );
  },
);

const badTensors = lawOf(
  'tensors: bad data is refused',
  'a field that is missing, unknown or wrong, bytes that are not the shape’s, text that is not canonical base64',
  [
    { shape: [1], dtype: 'f32' },
    { shape: [1], dtype: 'f32', data: 'AACAPw==', more: 1 },
    { shape: [1], dtype: 'f16', data: 'AACAPw==' },
    { shape: [2], dtype: 'f32', data: 'AACAPw==' },
    { shape: [1], dtype: 'f64', data: 'AACAPw==' },
    { shape: [1.5], dtype: 'f32', data: 'AACAPw==' },
    { shape: [-1, -1], dtype: 'f32', data: 'AACAPw==' },
    { shape: [1], dtype: 'f32', data: 'AACAPw=' },
    { shape: [1], dtype: 'f32', data: 'AACAPx==' },
    { shape: [1], dtype: 'f32', data: 'AAC*Pw==' },
    { shape: [1], dtype: 'f32', data: 'AAC=Pw==' },
    { shape: [1], dtype: 'f32', data: 'AACA Pw=' },
    null,
    'AACAPw==',
  ],
  (json): Verdict => (E.isLeft(tensorCodec.decode(json)) ? undefined : { expected: 'a failure', received: 'a tensor' }),
);

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

const summaries: readonly Law[] = [
  law(
    'summary: counts every parameter',
    'rows and total add up to the numbers there are, and paths to the leaves’ own',
    samples,
    ({ layer, dtype, key }) => {
      const { params } = told(some(layer, key, dtype), cast(dtype)(normals([1, ...layer.input], key)));
      const summary = Network.summary(layer);
      const numbers = params.reduce((sum, { shape }) => sum + size(shape), 0);
      const total = (of: (row: Network.SummaryRow) => number): number =>
        summary.rows.reduce((sum, row) => sum + of(row), 0);
      const owners = new Set(summary.rows.map(({ path }) => showPath(path)));
      const lost = entries<Form, Layer.Spec>(layer.parameters.tree, layer.parameters.specs)
        .map(([path]) => path)
        // A residual's row stands at its layer's own path.
        .find((path) => !path.some((_, i) => owners.has(showPath(path.slice(0, path.length - i - 1)))));
      return all(
        same(numbers, summary.parameters, 'parameters'),
        same(
          numbers,
          total((row) => row.parameters),
          'parameters of the rows',
        ),
        same(
          summary.flops,
          total((row) => row.flops),
          'FLOPs of the rows',
        ),
        same(undefined, lost === undefined ? undefined : showPath(lost), 'a leaf without a row'),
        holds(
          summary.rows.every((row) => row.flops >= 0 && row.parameters >= 0),
          'nothing negative',
          Network.showSummary(summary),
        ),
      );
    },
    options,
  ),
  lawOf(
    'summary: FLOPs by hand',
    'dense [i, o]: 2·i·o and o sums; relu: one a number; residual: one sum a number',
    [
      [Layer.dense(3, 4), 2 * 3 * 4 + 4],
      [Layer.denseWithoutBias(5, 2), 2 * 5 * 2],
      [Layer.sequential(Layer.dense(3, 4), Activation.relu), 2 * 3 * 4 + 4 + 4],
      [Layer.residual(Layer.dense(4, 4)), 2 * 4 * 4 + 4 + 4],
      [Layer.parallel(Layer.dense(3, 4), Layer.dense(3, 1)), 28 + 7],
      [Layer.dropout(0.5).at([7]), 0],
      [Layer.reshape([6], [2, 3]), 0],
    ] as const,
    ([layer, flops]) => same(flops, Network.summary(layer).flops, JSON.stringify(layer.description)),
  ),
  lawOf('summary: as text', 'a row a layer, the columns aligned', [0], () =>
    same(
      [
        '   layer  output  parameters  FLOPs',
        '0  dense  [4]             16     28',
        '1  relu   [4]              0      4',
        '2  dense  [1000]       5,000  9,000',
        '   total               5,016  9,032',
      ].join('\n'),
      Network.showSummary(Network.summary(Layer.sequential(Layer.dense(3, 4), Activation.relu, Layer.dense(4, 1000)))),
    ),
  ),
];

const transferred = law(
  'load: what is under the path, and nothing else',
  'the target’s leaves under `to` become the source’s under `from`, state included; the others stay',
  fc.record({ key: keys, dtype: dtypes }),
  ({ key, dtype }) => {
    const body = Layer.sequential(Layer.dense(3, 4), Layer.batchNorm(), Activation.prelu());
    const source = Network.init(Layer.sequential(body, Layer.dense(4, 2)), key, dtype);
    const moved = {
      ...source,
      state: [[{}, { mean: source.params[0][0].bias, variance: source.params[0][0].bias }, {}], {}] as const,
    };
    const target = Network.init(
      Layer.sequential(Layer.dense(2, 3), body, Layer.dense(4, 7)),
      Key.foldIn(9)(key),
      dtype,
    );
    const loaded = Network.load(moved, { from: '0', to: '1' })(target);
    if (E.isLeft(loaded)) return { expected: 'a network', received: showFailure(loaded.left) };
    const [p, q] = [loaded.right.params, target.params];
    return all(
      sameTensor(source.params[0][0].weight, p[1][0].weight, '1.0.weight'),
      sameTensor(source.params[0][1].scale, p[1][1].scale, '1.1.scale'),
      sameTensor(source.params[0][2].slope, p[1][2].slope, '1.2.slope'),
      sameTensor(moved.state[0][1].mean, loaded.right.state[1][1].mean, 'state 1.1.mean'),
      sameTensor(q[0].weight, p[0].weight, '0.weight'),
      sameTensor(q[2].weight, p[2].weight, '2.weight'),
    );
  },
  { runs: 10 },
);

const pathFailures = lawOf(
  'paths: failures',
  'nothing under the path, a leaf that the source lacks, another shape or format',
  [
    ['7', '0', 'parameter 0.weight'],
    ['0', '7', 'path "7"'],
    ['1', '1', 'parameter 1.weight'],
    ['', '0', 'parameter 0.weight'],
  ] as const,
  ([from, to, where]): Verdict => {
    const source = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 2)), Key.fromSeed(1));
    const target = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 7)), Key.fromSeed(2));
    const loaded = Network.load(source, { from, to })(target);
    const other = Network.load(Network.cast('f64')(source), { from: '0', to: '0' })(target);
    return all(
      E.isLeft(loaded)
        ? same(where, loaded.left.where, showFailure(loaded.left))
        : { expected: 'a failure', received: 'a network' },
      holds(E.isLeft(other), 'a failure', 'an f64 tensor in an f32 network'),
    );
  },
);

const layered = Layer.sequential(
  Layer.dense(2, 3),
  Activation.tanh,
  Layer.residual(Layer.dense(3, 3)),
  Layer.dense(3, 1),
);
const rates = lawOf<readonly [Readonly<Record<string, number>>, readonly number[] | undefined]>(
  'rates: by path',
  'under a path its number, elsewhere 1; the longer of two that nest; a path without a parameter fails',
  [
    [{}, [1, 1, 1, 1, 1, 1]],
    [{ 0: 0 }, [0, 0, 1, 1, 1, 1]],
    [{ '': 0, 3: 1 }, [0, 0, 0, 0, 1, 1]],
    [{ '3.bias': 2 }, [1, 1, 1, 1, 1, 2]],
    [{ 2: 0.5, '2.weight': 0.1 }, [1, 1, 0.1, 0.5, 1, 1]],
    [{ 1: 0 }, undefined],
    [{ '0.wieght': 0 }, undefined],
    [{ 30: 0 }, undefined],
  ],
  ([byPath, expected]): Verdict => {
    const found = Network.ratesByPath(layered, byPath);
    return E.isLeft(found)
      ? holds(expected === undefined, `${expected}`, showFailure(found.left))
      : same(
          `${expected}`,
          `${entries(layered.parameters.tree, found.right).map(([, rate]) => rate)}`,
          JSON.stringify(byPath),
        );
  },
);

const freezing = lawOf('freeze: rates of 0', 'and 1 elsewhere', [0], (): Verdict => {
  const frozen = Network.freeze(layered, ['0', '2']);
  return E.isLeft(frozen)
    ? { expected: 'rates', received: showFailure(frozen.left) }
    : same('0,0,0,0,1,1', `${entries(layered.parameters.tree, frozen.right).map(([, rate]) => rate)}`);
});

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

/** Laws of networks. */
export const networkLaws: LawSet = lawSet('networks', [
  roundTrip,
  tensors,
  badTensors,
  badNetworks,
  ownKinds,
  predictions,
  ...summaries,
  transferred,
  pathFailures,
  rates,
  freezing,
  leafKeys,
]);
