/** What cannot be trained on is refused before the first step, in words that say what and where. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { dense } from '../../src/layer/dense.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam, gradientDescent, momentum } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { cast, full, generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { config, failsWith, get } from './scenario.ts';

const layer = dense(2, 1);
const good = config({
  layer,
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: zeros('f32', [4, 2]), targets: zeros('f32', [4, 1]) },
  epochs: 1,
});
type Good = typeof good;

/** A tensor with one element replaced. */
const broken = (tensor: Tensor, at: number, value: number): Tensor =>
  generate(tensor.dtype, tensor.shape, (i) => (i === at ? value : (tensor.data[i] ?? 0)));

const { inputs, targets } = good.data;
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

const cases: ReadonlyArray<readonly [Partial<Good> | Readonly<Record<string, unknown>>, ...(readonly string[])]> = [
  [{ epochs: -1 }, 'config: config.epochs', 'at least 0', '-1'],
  [{ epochs: 1.5 }, 'config: config.epochs', '1.5'],
  [{ batchSize: 0 }, 'config: config.batchSize', 'at least 1', 'received 0'],
  [{ batchSize: nan }, 'config: config.batchSize', 'NaN'],
  [{ stopping: { patience: 0 } }, 'config: config.stopping.patience', 'at least 1'],
  [{ stopping: { patience: 1, minimumImprovement: -1 } }, 'config: config.stopping.minimumImprovement', '-1'],
  [{ stopping: { patience: 1, minimumImprovment: 1 } }, 'config: config.stopping.minimumImprovment', 'unknown field'],
  [{ epoch: 3 }, 'config: config.epoch:', 'unknown field'],
  [{ metrics: {} }, 'config: config.metrics', 'validation'],
  [{ data: { inputs, targets, weight: 1 } }, 'config: config.data.weight', 'unknown field'],
  [{ data: { inputs: zeros('f32', [0, 2]), targets: zeros('f32', [0, 1]) } }, 'config.data.inputs', '0 rows'],
  [{ data: { inputs: zeros('f32', [4, 3]), targets } }, 'shape: config.data.inputs', '[rows,2]', '[4,3]'],
  [{ data: { inputs, targets: zeros('f32', [3, 1]) } }, 'shape: config.data.targets', '4 rows', '[3,1]'],
  [{ data: { inputs, targets: zeros('f32', [4, 2]) } }, 'shape: config.data.targets', '[4,2]'],
  [{ data: { inputs, targets: zeros('f32', [4]) } }, 'shape: config.data.targets', '[4]'],
  [{ data: { inputs: broken(inputs, 5, nan), targets } }, 'value: config.data.inputs, row 2, column 1', 'NaN'],
  [{ data: { inputs, targets: broken(targets, 3, infinity) } }, 'value: config.data.targets, row 3', 'Infinity'],
  [{ data: { inputs, targets: cast('f64')(targets) } }, 'value: config.data.targets', 'f32', 'f64'],
  [{ data: { inputs, targets, weights: zeros('f32', [3]) } }, 'shape: config.data.weights', '[4]', '[3]'],
  [{ data: { inputs, targets, weights: zeros('f32', [4]) } }, 'value: config.data.weights', 'above 0'],
  [
    { data: { inputs, targets, weights: broken(full('f32', [4], 1), 1, -1) } },
    'value: config.data.weights, row 1',
    '-1',
  ],
  [
    { data: { inputs, targets, weights: broken(full('f32', [4], 1), 1, infinity) } },
    'config.data.weights, row 1',
    'Inf',
  ],
  [
    { batchSize: 2, data: { inputs, targets, weights: broken(zeros('f32', [4]), 1, 1) } },
    'value: config.data.weights',
    'smallest batch has rows (2)',
    '3 of 4',
  ],
  [{ validation: { inputs: zeros('f32', [1, 1]), targets } }, 'shape: config.validation.inputs', '[1,1]'],
  [
    { validation: { inputs: cast('f64')(inputs), targets: cast('f64')(targets) } },
    'value: config.validation',
    'f32',
    'f64',
  ],
];

const refused: Law = lawOf(
  'configurations that cannot be',
  'a configuration that cannot be is a failure of fit, step, epoch and epochs alike, which names the field and what came',
  cases,
  ([change, ...parts]) => {
    // A configuration as it may come from a program without types.
    const given: Good = Object.assign({ ...good }, change);
    const start = Train.start(good, fromSeed(0));
    const states = Array.from(Train.epochs({ ...given })(start));
    return all(
      failsWith(Train.fit(given)(start), ...parts),
      failsWith(Train.step(given)(start), ...parts),
      failsWith(Train.epoch(given)(start), ...parts),
      same(1, states.length, 'states'),
    );
  },
);

const accepted: Law = lawOf(
  'configurations that can be',
  'the configuration that those are made from is accepted, no epochs included',
  [{ epochs: 0 }, { epochs: 1 }, { epochs: 2, batchSize: 3 }, { epochs: 1, batchSize: 100 }],
  (change) => {
    const given = { ...good, ...change };
    return same(change.epochs, get(Train.fit(given)(Train.start(given, fromSeed(0)))).epoch, 'epochs');
  },
);

const company: Law = law(
  'a layer that needs company',
  'where a layer needs batches of at least m rows, a batch size is refused exactly where an epoch has a smaller batch, ' +
    'and the sizes that the refusal names work',
  fc.record({
    rows: fc.integer({ min: 1, max: 24 }),
    batchSize: fc.integer({ min: 1, max: 26 }),
    minimum: fc.integer({ min: 1, max: 4 }),
  }),
  ({ rows, batchSize, minimum }) => {
    const of = (size: number | 'full') => {
      const given = config({
        ...good,
        layer: { ...layer, minimumBatch: minimum },
        data: { inputs: zeros('f32', [rows, 2]), targets: zeros('f32', [rows, 1]) },
        batchSize: size,
      });
      return Train.fit(given)(Train.start(given, fromSeed(0)));
    };
    const smallest = Math.min(...Train.batches(rows, batchSize)(fromSeed(0), 0).map((batch) => batch.length));
    const result = of(batchSize);
    if (smallest >= minimum) return holds(E.isRight(result), 'a success', 'a failure');
    if (E.isRight(result)) return holds(false, 'a failure', 'a success');
    const [, named = ''] = /sizes work: (.*)$/.exec(result.left.expected) ?? [];
    const sizes = named.split(', ').filter((text) => text !== '');
    return all(
      failsWith(result, 'config: config.batchSize', `at least ${minimum} rows`),
      holds(sizes.length > 0 === rows >= minimum, 'a size that works if there is one', named),
      ...sizes.map((text) =>
        holds(E.isRight(of(text === 'full' ? 'full' : Number(text))), `that size ${text} works`, 'a failure'),
      ),
    );
  },
);

const wrongStates: Law = lawOf(
  'states of another run',
  'a state with parameters of another shape or format, that are not finite, with the slots of another optimizer, or in ' +
    'the middle of an epoch of other batches is refused, naming the place',
  [
    {
      result: Train.fit(good)({
        ...Train.start(good, fromSeed(0)),
        params: { weight: zeros('f32', [3, 1]), bias: zeros('f32', [1]) },
      }),
      parts: ['shape: state.params.weight', 'f32[2,1]', 'f32[3,1]'],
    },
    {
      result: Train.fit(good)({
        ...Train.start(good, fromSeed(0)),
        params: { weight: zeros('f64', [2, 1]), bias: zeros('f64', [1]) },
      }),
      parts: ['shape: state.params.weight', 'f64'],
    },
    {
      result: Train.fit(good)({
        ...Train.start(good, fromSeed(0)),
        params: { weight: zeros('f32', [2, 1]), bias: full('f32', [1], nan) },
      }),
      parts: ['value: state.params.bias', 'NaN'],
    },
    {
      result: Train.fit({ ...good, optimizer: adam({ learningRate: 0.1 }) })(
        Train.start({ ...good, optimizer: momentum({ learningRate: 0.1 }) }, fromSeed(0)),
      ),
      parts: ['config: state.slots', 'adam', 'm, v'],
    },
    {
      result: Train.fit({ ...good, batchSize: 3 })(
        get(Train.step({ ...good, batchSize: 1 })(Train.start(good, fromSeed(0)))),
      ),
      parts: ['config: state.progress', '4 rows in batches of 3', '1 batches of 1'],
    },
  ],
  ({ result, parts }) => failsWith(result, ...parts),
);

const state = get(Train.fit(good)(Train.start(good, fromSeed(0))));
const encoded = JSON.stringify(Train.encode(state));

const badText: Law = lawOf(
  'texts that are no state',
  'a text that differs from a state’s in a field is refused and the field is named',
  [
    { from: /"step":1/, to: '"step":-1', says: 'state.step' },
    { from: /"step":1,"epoch"/, to: '"step":1,"extra":0,"epoch"', says: 'state.extra' },
    { from: /"epoch":1,"progress"/, to: '"progress"', says: 'state.epoch' },
    { from: /"inputs":2/, to: '"inputs":3', says: 'state.layer' },
    { from: /"weight":\{"shape":\[2,1\]/, to: '"weight":{"shape":[1,2]', says: 'state.params.weight' },
    { from: /"weight":\{"shape":\[2,1\]/, to: '"weight":{"shape":[2,2]', says: 'state.params.weight.data' },
    { from: /"weight":\{"shape"/, to: '"weights":{"shape"', says: 'weights' },
    { from: /"dtype":"f32"/, to: '"dtype":"f64"', says: 'state.dtype' },
    { from: /"key":\[0/, to: '"key":[4294967296', says: 'state.key.0' },
    { from: /"status":"running"/, to: '"status":"walking"', says: 'state.status' },
    { from: /"loss":0/, to: '"loss":"much"', says: 'loss' },
    { from: /nabla-ts training state 1/, to: 'nabla-ts training state 0', says: 'state.format' },
  ],
  ({ from, to, says }) => {
    const text = encoded.replace(from, to);
    return all(
      holds(text !== encoded, `${from} in the text`, encoded),
      failsWith(Train.decode(good)(JSON.parse(text)), 'codec', says),
    );
  },
);

const notObjects: Law = law(
  'values that are no state',
  'no JSON value but a state is read as one, and none makes the decoder throw',
  fc.jsonValue(),
  (json) => holds(E.isLeft(Train.decode(good)(json)), 'a failure', 'a state'),
);

export const refusingLaws = lawSet('refusing', [refused, accepted, company, wrongStates, badText, notObjects]);
