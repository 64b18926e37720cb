/** How layers and initialisers describe themselves, with the defaults that their documentation states. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { all, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { said } from '../reach/said.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Equal as data, whatever the order of fields. */
const sameFields = (expected: Fields, received: Fields, where: string): Verdict =>
  all(
    same(Object.keys(expected).sort().join(' '), Object.keys(received).sort().join(' '), where),
    ...Object.entries(expected).map(([name, value]) =>
      same(JSON.stringify(value), JSON.stringify(received[name]), `${where}.${name}`),
    ),
  );

const described: ReadonlyArray<readonly [Layer.Part, Fields]> = [
  [Layer.identity, { kind: 'identity' }],
  [Activation.sigmoid, { kind: 'sigmoid' }],
  [Activation.tanh, { kind: 'tanh' }],
  [Activation.relu, { kind: 'relu' }],
  [Activation.leakyRelu(), { kind: 'leakyRelu', slope: 0.01 }],
  [Activation.prelu(), { kind: 'prelu', slope: 0.25 }],
  [Activation.elu(), { kind: 'elu', alpha: 1 }],
  [Activation.celu(), { kind: 'celu', alpha: 1 }],
  [Activation.selu, { kind: 'selu' }],
  [Activation.gelu, { kind: 'gelu' }],
  [Activation.geluTanh, { kind: 'geluTanh' }],
  [Activation.silu, { kind: 'silu' }],
  [Activation.mish, { kind: 'mish' }],
  [Activation.softplus, { kind: 'softplus' }],
  [Activation.softsign, { kind: 'softsign' }],
  [Activation.hardSigmoid, { kind: 'hardSigmoid' }],
  [Activation.hardTanh, { kind: 'hardTanh' }],
  [Activation.hardSwish, { kind: 'hardSwish' }],
  [Activation.logSigmoid, { kind: 'logSigmoid' }],
  [Activation.gaussian, { kind: 'gaussian' }],
  [Activation.heaviside, { kind: 'heaviside' }],
  [Layer.softmax, { kind: 'softmax' }],
  [Layer.logSoftmax, { kind: 'logSoftmax' }],
  [Layer.dropout(0.5), { kind: 'dropout', rate: 0.5 }],
  [Layer.gaussianDropout(0.5), { kind: 'gaussianDropout', rate: 0.5 }],
  [Layer.alphaDropout(0.5), { kind: 'alphaDropout', rate: 0.5 }],
  [Layer.gaussianNoise(2), { kind: 'gaussianNoise', deviation: 2 }],
  [Layer.batchNorm(), { kind: 'batchNorm', momentum: 0.1, epsilon: 1e-5 }],
  [Layer.layerNorm(), { kind: 'layerNorm', epsilon: 1e-5 }],
  [Layer.flatten([2, 3]), { kind: 'flatten', shape: [2, 3] }],
  [Layer.reshape([2, 3], [6]), { kind: 'reshape', from: [2, 3], to: [6] }],
  [
    Layer.dense(6, 2),
    { kind: 'dense', inputs: 6, outputs: 2, weight: { kind: 'glorotUniform' }, bias: { kind: 'zeros' } },
  ],
  [
    Layer.dense(6, 2, { weight: Initialiser.heNormal, bias: Initialiser.constant(0.5) }),
    { kind: 'dense', inputs: 6, outputs: 2, weight: { kind: 'heNormal' }, bias: { kind: 'constant', value: 0.5 } },
  ],
  [
    Layer.denseWithoutBias(6, 2),
    { kind: 'denseWithoutBias', inputs: 6, outputs: 2, weight: { kind: 'glorotUniform' } },
  ],
  [
    Layer.denseWithoutBias(6, 2, { weight: Initialiser.orthogonal(2) }),
    { kind: 'denseWithoutBias', inputs: 6, outputs: 2, weight: { kind: 'orthogonal', gain: 2 } },
  ],
  [Layer.residual(Layer.identity.at([4])), { kind: 'residual', layer: { kind: 'identity' } }],
  [
    Layer.sequential(Layer.flatten([2, 3]), Activation.relu),
    { kind: 'sequential', layers: [{ kind: 'flatten', shape: [2, 3] }, { kind: 'relu' }] },
  ],
  [
    Layer.parallel(Layer.identity.at([4]), Layer.identity.at([4])),
    { kind: 'parallel', layers: [{ kind: 'identity' }, { kind: 'identity' }] },
  ],
];

/** A part at the shape that it takes, or at some. */
const settled = (part: Layer.Part) => ('at' in part ? part.at([4]) : part);

const layers: Law = lawOf(
  'layers describe themselves',
  'by the kind they are called, every hyperparameter and its default; at a shape too, and so they are read back',
  described,
  ([part, fields]) => {
    const layer = settled(part);
    const read = Layer.decode(Layer.registry)({ input: layer.input, layer: JSON.parse(JSON.stringify(fields)) });
    return all(
      sameFields(fields, part.description, 'description'),
      sameFields(fields, layer.description, 'description at a shape'),
      same(
        'a result',
        said(() => read),
      ),
      E.isLeft(read) ? undefined : read.right.use((again) => sameFields(fields, again.description, 'read back')),
    );
  },
  { show: ([, fields]) => JSON.stringify(fields) },
);

const linear: Law = law(
  'the identity is the activation x',
  'its expression gives back what it is given',
  fc.double({ noNaN: true }),
  (x) => same(x, evaluate('f64')(Layer.identity.expr)({ x })),
  { runs: 10 },
);

const initialisers: Law = lawOf<readonly [Initialiser.Initialiser, Fields]>(
  'initialisers describe themselves',
  'by the kind they are called, every hyperparameter and its default, and so they are read back',
  [
    [Initialiser.zeros, { kind: 'zeros' }],
    [Initialiser.constant(3), { kind: 'constant', value: 3 }],
    [Initialiser.uniform(-1, 2), { kind: 'uniform', low: -1, high: 2 }],
    [Initialiser.uniform(1, 1), { kind: 'uniform', low: 1, high: 1 }],
    [Initialiser.uniform(1e308, 1.5e308), { kind: 'uniform', low: 1e308, high: 1.5e308 }],
    [Initialiser.normal(1, 2), { kind: 'normal', mean: 1, deviation: 2 }],
    [Initialiser.truncatedNormal(1, 2), { kind: 'truncatedNormal', mean: 1, deviation: 2 }],
    [Initialiser.glorotUniform, { kind: 'glorotUniform' }],
    [Initialiser.glorotNormal, { kind: 'glorotNormal' }],
    [Initialiser.heUniform, { kind: 'heUniform' }],
    [Initialiser.heNormal, { kind: 'heNormal' }],
    [Initialiser.lecunUniform, { kind: 'lecunUniform' }],
    [Initialiser.lecunNormal, { kind: 'lecunNormal' }],
    [Initialiser.orthogonal(), { kind: 'orthogonal', gain: 1 }],
  ],
  ([initialiser, fields]) => {
    const read = Initialiser.decode(Initialiser.registry, 'weight')(fields);
    return all(
      sameFields(fields, initialiser.description, 'description'),
      same(
        'a result',
        said(() => read),
      ),
      E.isLeft(read) ? undefined : sameFields(fields, read.right.description, 'read back'),
    );
  },
  { show: ([, fields]) => JSON.stringify(fields) },
);

export const descriptionLaws: LawSet = lawSet('descriptions', [layers, linear, initialisers]);
