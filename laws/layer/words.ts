/** What is said of data that is not a layer, an initialiser or a network, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import * as Key from '../../src/tensor/key.ts';
import { generate, zeros } from '../../src/tensor/tensor.ts';
import { codec as tensorCodec } from '../../src/tensor/tensor-codec.ts';
import { type Law, type LawSet, lawSet } from '../law.ts';
import { saying } from '../reach/said.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const read =
  (input: readonly number[], layer: unknown, registry = Layer.registry) =>
  (): unknown =>
    Layer.decode(registry)(plain({ input, layer }));

const dense = Layer.dense(2, 3).description;
const bare = Layer.denseWithoutBias(2, 3).description;
const NO_FIELD = 'expected no such field, the fields of';
const NO_LAYER = 'expected a layer: an object with a kind, received';

/** Two kinds of initialiser, and two of layer. */
const ofTwo = Layer.registryWith({ mine: () => E.right(Initialiser.zeros), yours: () => E.right(Initialiser.zeros) });
const two: Layer.Registry = {
  mine: Layer.kind('mine', {}, () => Layer.identity),
  yours: Layer.kind('yours', {}, () => Layer.identity),
};

const layers: Law = saying('data that is no layer', 'is refused where it stands, with what might stand there', [
  [read([2], { kind: 3 }), `layer: ${NO_LAYER} {"kind":3}`],
  [read([2], { kind: 'sequential', layers: [dense, 7] }), `layer.layers.1: ${NO_LAYER} 7`],
  [read([2], { kind: 'parallel', layers: [dense, 7] }), `layer.layers.1: ${NO_LAYER} 7`],
  [read([2], { kind: 'residual', layer: 7 }), `layer.layer: ${NO_LAYER} 7`],
  [read([2], { kind: 'ours' }, two), 'layer.kind: expected one of mine, yours, received "ours"'],
  [read([2], { kind: 'parallel', layers: [] }), 'layer.layers: expected at least one layer, received none'],
  [
    read([2], { kind: 'residual', layer: dense }),
    'layer: expected hyperparameters of a residual, received residual: dense takes [2], but gives [3]',
  ],
  [
    read([6], { kind: 'reshape', from: [6], to: [5] }),
    'layer: expected hyperparameters of a reshape, received reshape: [6] does not have the size of [5]',
  ],
  [
    read([2], { ...dense, weight: { kind: 'ours' } }, ofTwo),
    'layer.weight.kind: expected one of mine, yours, received "ours"',
  ],
  [
    read([2], { ...dense, weight: { kind: 'mine' }, bias: { kind: 'ours' } }, ofTwo),
    'layer.bias.kind: expected one of mine, yours, received "ours"',
  ],
  [
    read([2], { ...bare, weight: { kind: 'ours' } }, ofTwo),
    'layer.weight.kind: expected one of mine, yours, received "ours"',
  ],
  [
    read([2], { ...dense, more: 1 }),
    `layer.more: ${NO_FIELD} dense being kind, inputs, outputs, weight, bias, received 1`,
  ],
  [
    read([2], { ...bare, more: 1 }),
    `layer.more: ${NO_FIELD} denseWithoutBias being kind, inputs, outputs, weight, received 1`,
  ],
  [
    read([2], { kind: 'sequential', layers: [], more: 1 }),
    `layer.more: ${NO_FIELD} sequential being kind, layers, received 1`,
  ],
  [
    read([2], { kind: 'parallel', layers: [dense], more: 1 }),
    `layer.more: ${NO_FIELD} parallel being kind, layers, received 1`,
  ],
  [
    read([2], { kind: 'residual', layer: dense, more: 1 }),
    `layer.more: ${NO_FIELD} residual being kind, layer, received 1`,
  ],
  [read([2], { kind: 'dropout', rate: 0.5, more: 1 }), `layer.more: ${NO_FIELD} dropout being rate, kind, received 1`],
  [
    () => Layer.decode(Layer.registry)({ input: [2], layer: dense, more: 1 }),
    `layer.more: ${NO_FIELD} Layer being input, layer, received 1`,
  ],
  [() => Layer.decode(Layer.registry)({ input: 7, layer: dense }), 'layer.input: expected Shape, received 7'],
  [
    () => Layer.residual<readonly number[], Layer.EmptyForm, Layer.EmptyForm>(Layer.flatten([2, 2])),
    'residual: flatten takes [2,2], but gives [4]',
  ],
]);

const initialiser =
  (json: unknown, registry = Initialiser.registry) =>
  (): unknown =>
    Initialiser.decode(registry, 'w')(json);

const initialisers: Law = saying(
  'data that is no initialiser',
  'is refused where it stands, with what might stand there',
  [
    [initialiser(7), 'w: expected an initialiser: an object with a kind, received 7'],
    [
      initialiser(
        { kind: 'ours' },
        { mine: () => E.right(Initialiser.zeros), yours: () => E.right(Initialiser.zeros) },
      ),
      'w.kind: expected one of mine, yours, received "ours"',
    ],
    [initialiser({ kind: 'zeros', more: 1 }), `w.more: ${NO_FIELD} zeros being kind, received 1`],
    [
      initialiser({ kind: 'uniform', low: 0, high: 1, more: 1 }),
      `w.more: ${NO_FIELD} uniform being kind, low, high, received 1`,
    ],
    [
      initialiser({ kind: 'uniform', low: 1, high: 0 }),
      'w: expected low ≤ high, a finite number apart, received low 1, high 0',
    ],
    [
      initialiser({ kind: 'uniform', low: -1e308, high: 1e308 }),
      'w: expected low ≤ high, a finite number apart, received low -1e+308, high 1e+308',
    ],
  ],
);

const network = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
const { parameters, ...others } = {
  format: 'nabla-ts/network',
  version: 1,
  input: [3],
  layer: network.layer.description,
  dtype: 'f32',
  parameters: { weight: tensorCodec.encode(network.params.weight), bias: tensorCodec.encode(network.params.bias) },
  state: {},
};
const decode = (json: unknown) => (): unknown => Network.decode(Layer.registry)(plain(json));
const withLeaves = (leaves: object) => decode({ ...others, parameters: { ...parameters, ...leaves } });
const ones = (dtype: 'f32' | 'f64', shape: readonly number[]): unknown =>
  tensorCodec.encode(generate(dtype, shape, () => 1));

const networks: Law = saying('data that is no network', 'is refused where it stands, with what might stand there', [
  [withLeaves({}), 'a result'],
  [
    decode({ ...others, parameters, more: 1 }),
    `network.more: ${NO_FIELD} Network being format, version, input, layer, dtype, parameters, state, received 1`,
  ],
  [withLeaves({ other: 7 }), 'parameters.other: expected no such leaf, only weight, bias, received 7'],
  [
    decode({ ...others, parameters: { weight: parameters.weight } }),
    'parameters.bias: expected a tensor, received nothing',
  ],
  [withLeaves({ weight: ones('f32', [2, 3]) }), 'parameters.weight: expected [3,2], received [2,3]'],
  [withLeaves({ weight: ones('f64', [3, 2]) }), 'parameters.weight: expected a tensor in f32, received f64'],
]);

const predictions: Law = saying('inputs that do not fit', 'are refused with the shape or the format that would', [
  [
    () => Network.predict(Network.init(Layer.identity.at([]), Key.fromSeed(1)))(zeros('f32', [])),
    'Network.predict: the network takes [batch], but is given []',
  ],
  [
    () => Network.predict(Network.init(Layer.identity.at([3, 2]), Key.fromSeed(1)))(zeros('f32', [3, 2])),
    'Network.predict: the network takes [batch,3,2], but is given [3,2]',
  ],
  [
    () => Network.predict(network)(zeros('f64', [1, 3])),
    'Network.predict: the network computes in f32, but is given f64',
  ],
]);

export const wordLaws: LawSet = lawSet('what is said of data', [layers, initialisers, networks, predictions]);
