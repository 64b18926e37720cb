/** A training state as JSON: its form written out by hand, what is read of it, and what is refused, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import { dense } from '../../src/layer/dense.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { l2 } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, lawOf, lawSet, same } from '../law.ts';
import { counting } from './layers.ts';
import { config, difference, get, told } from './scenario.ts';

const given = config({
  layer: sequential(dense(2, 1, { weight: constant(1), bias: constant(-2) }), counting),
  loss: squaredError(),
  optimizer: adam(),
  data: { inputs: zeros('f32', [4, 2]), targets: zeros('f32', [4, 1]) },
  epochs: 9,
});

/** A state with something in every field. */
const stateOf = () => {
  const start = Train.start(given, fromSeed(1));
  const params = start.params;
  return {
    ...start,
    slots: { numbers: { steps: 3, rate: -0 }, vectors: { m: params } },
    key: { words: [4294967295, 7] as const },
    step: 5,
    epoch: 2,
    progress: { batch: 1, rows: 4, size: 2, loss: 0.5, penalty: Number.POSITIVE_INFINITY, share: 2 },
    history: [
      { epoch: 1, step: 2, loss: 3 },
      { epoch: 2, step: 4, loss: Number.NaN, penalty: -0, validationLoss: Number.NEGATIVE_INFINITY, metrics: { a: 1 } },
    ],
    best: { params, layerState: start.layerState, score: Number.POSITIVE_INFINITY, epoch: 1 },
    patience: { reference: Number.POSITIVE_INFINITY, waited: 2 },
    status: 'stopped early' as const,
  };
};

// Little-endian IEEE 754 in base64: 1 is 00 00 80 3f, −2 is 00 00 00 c0, 0 is four zeros.
const params = {
  '0.weight': { shape: [2, 1], dtype: 'f32', data: 'AACAPwAAgD8=' },
  '0.bias': { shape: [1], dtype: 'f32', data: 'AAAAwA==' },
};
const layerState = { '1.count': { shape: [], dtype: 'f32', data: 'AAAAAA==' } };

/** The same, written by hand. */
const written = {
  format: 'nabla-ts training state 1',
  layer: {
    kind: 'sequential',
    layers: [
      {
        kind: 'dense',
        inputs: 2,
        outputs: 1,
        weight: { kind: 'constant', value: 1 },
        bias: { kind: 'constant', value: -2 },
      },
      { kind: 'counting' },
    ],
  },
  dtype: 'f32',
  params,
  layerState,
  slots: { numbers: { steps: 3, rate: '-0' }, vectors: { m: params } },
  key: [4294967295, 7],
  step: 5,
  epoch: 2,
  progress: { batch: 1, rows: 4, size: 2, loss: 0.5, penalty: 'Infinity', share: 2 },
  history: [
    { epoch: 1, step: 2, loss: 3 },
    { epoch: 2, step: 4, loss: 'NaN', penalty: '-0', validationLoss: '-Infinity', metrics: { a: 1 } },
  ],
  best: { params, layerState, score: 'Infinity', epoch: 1 },
  patience: { reference: 'Infinity', waited: 2 },
  status: 'stopped early',
};

/** Fields in the order of their names, so that texts can be compared. */
const inOrder = (json: unknown): string =>
  JSON.stringify(json, (_, x: unknown) =>
    typeof x === 'object' && x !== null && !Array.isArray(x)
      ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
      : x,
  );

const form: Law = lawOf('the form', 'a state is written as its form says, and what is written is read', [0], () => {
  const state = stateOf();
  const { best, ...unmeasured } = state;
  return all(
    same(inOrder(written), inOrder(Train.encode(state)), 'written'),
    same(inOrder({ ...written, best: null }), inOrder(Train.encode(unmeasured)), 'without a best'),
    difference(state, get(Train.decode(given)(written))),
    difference(unmeasured, get(Train.decode(given)({ ...written, best: null }))),
  );
});

const absent: Law = lawOf(
  'what is absent',
  'stays absent: a field that a state or a row of its history has not is not there after reading',
  [0],
  () => {
    const read = get(Train.decode(given)(JSON.parse(JSON.stringify({ ...written, best: null }))));
    return all(
      same('epoch,step,loss', Object.keys(read.history[0] ?? {}).join(), 'the first row'),
      same('epoch,step,loss,penalty,validationLoss,metrics', Object.keys(read.history[1] ?? {}).join(), 'the second'),
      same(false, Object.hasOwn(read, 'best'), 'the best'),
    );
  },
);

/** A copy in which what is at a path is another value; `undefined` takes it out. */
const altered = (json: unknown, [name, ...rest]: readonly (string | number)[], value: unknown): unknown => {
  if (name === undefined) return value;
  if (Array.isArray(json)) return json.map((x: unknown, i) => (i === name ? altered(x, rest, value) : x));
  const fields = Object.entries(typeof json === 'object' && json !== null ? json : {});
  const known = fields.some(([field]) => field === name);
  return Object.fromEntries(
    [...fields, ...(known ? [] : [[name, undefined] as const])]
      .map(([field, x]) => [field, field === name ? altered(x, rest, value) : x])
      .filter(([, x]) => x !== undefined),
  );
};

const COUNT = 'a whole number of at least 0';
const NUMBER = 'a number, or one of "NaN", "Infinity", "-Infinity", "-0"';
const WORD = 'a whole number in [0, 2^32)';
const no = (of: string, fields: string): string => `no such field, the fields of ${of} being ${fields}`;
const STATE = no(
  'State',
  'format, layer, dtype, params, layerState, slots, key, step, epoch, progress, history, best, patience, status',
);
const PROGRESS = no('Progress', 'batch, rows, size, loss, penalty, share');
const ROW = no('Row', 'epoch, step, loss, penalty, validationLoss, metrics');
const wide = { shape: [1, 2], dtype: 'f32', data: 'AACAPwAAgD8=' };
const double = { shape: [1], dtype: 'f64', data: 'AAAAAAAAAAA=' };

/** What is put where, and what is said of it. */
const refusals: ReadonlyArray<readonly [path: readonly (string | number)[], value: unknown, says: string]> = [
  [[], null, 'state: expected State, received null'],
  [[], [], 'state: expected State, received []'],
  [[], 'text', 'state: expected State, received "text"'],
  [
    ['format'],
    'nabla-ts training state 0',
    'state.format: expected "nabla-ts training state 1", received "nabla-ts training state 0"',
  ],
  [['format'], undefined, 'state.format: expected "nabla-ts training state 1", received undefined'],
  [['more'], 1, `state.more: expected ${STATE}, received 1`],
  [['dtype'], 'f16', 'state.dtype: expected one of "f32", "f64", received "f16"'],
  [['dtype'], 'f64', 'state.dtype: expected f32, the format of the data, received f64'],
  [['params'], undefined, 'state.params: expected an object, received undefined'],
  [['params', '0.weights'], 1, 'state.params: expected the leaves 0.weight, 0.bias, received "0.weights"'],
  [['params', '0.bias'], undefined, 'state.params.0.bias: expected Tensor, received undefined'],
  [['params', '0.bias'], double, 'state.params.0.bias: expected f32[1], received f64[1]'],
  [['params', '0.weight'], wide, 'state.params.0.weight: expected f32[2,1], received f32[1,2]'],
  [
    ['params', '0.weight', 'shape'],
    [2, 2],
    'state.params.0.weight.data: expected 16 bytes for f32[2,2], received "8 bytes"',
  ],
  [['layerState', 'count'], 1, 'state.layerState: expected the leaves 1.count, received "count"'],
  [['layerState', '1.count'], double, 'state.layerState.1.count: expected f32[], received f64[1]'],
  [['slots', 'more'], 1, `state.slots.more: expected ${no('Slots', 'numbers, vectors')}, received 1`],
  [['slots', 'numbers', 'steps'], 'many', `state.slots.numbers.steps: expected ${NUMBER}, received "many"`],
  [
    ['slots', 'vectors', 'm', 'bias'],
    1,
    'state.slots.vectors.m: expected the leaves 0.weight, 0.bias, received "bias"',
  ],
  [['slots', 'vectors', 'v'], {}, 'state.slots.vectors.v.0.weight: expected Tensor, received undefined'],
  [['key'], [1, 2, 3], 'state.key: expected two whole numbers in [0, 2^32), received [1,2,3]'],
  [['key'], [1], `state.key.1: expected ${WORD}, received undefined`],
  [['key'], 7, 'state.key: expected two whole numbers in [0, 2^32), received 7'],
  [['key', 0], 4294967296, `state.key.0: expected ${WORD}, received 4294967296`],
  [['key', 1], -1, `state.key.1: expected ${WORD}, received -1`],
  [['key', 1], 0.5, `state.key.1: expected ${WORD}, received 0.5`],
  [['step'], -1, `state.step: expected ${COUNT}, received -1`],
  [['step'], 1.5, `state.step: expected ${COUNT}, received 1.5`],
  [['step'], '5', `state.step: expected ${COUNT}, received "5"`],
  [['epoch'], undefined, `state.epoch: expected ${COUNT}, received undefined`],
  [['progress', 'batch'], -1, `state.progress.batch: expected ${COUNT}, received -1`],
  [['progress', 'rows'], null, `state.progress.rows: expected ${COUNT}, received null`],
  [['progress', 'size'], 0.5, `state.progress.size: expected ${COUNT}, received 0.5`],
  [['progress', 'loss'], 'much', `state.progress.loss: expected ${NUMBER}, received "much"`],
  [['progress', 'penalty'], 'much', `state.progress.penalty: expected ${NUMBER}, received "much"`],
  [['progress', 'share'], undefined, `state.progress.share: expected ${NUMBER}, received undefined`],
  [['progress', 'more'], 1, `state.progress.more: expected ${PROGRESS}, received 1`],
  [['history'], {}, 'state.history: expected a list, received {}'],
  [['history', 0], 1, 'state.history.0: expected Row, received 1'],
  [['history', 0, 'more'], 1, `state.history.0.more: expected ${ROW}, received 1`],
  [['history', 0, 'epoch'], 0.5, `state.history.0.epoch: expected ${COUNT}, received 0.5`],
  [['history', 0, 'step'], -2, `state.history.0.step: expected ${COUNT}, received -2`],
  [['history', 0, 'loss'], undefined, `state.history.0.loss: expected ${NUMBER}, received undefined`],
  [['history', 1, 'penalty'], 'much', `state.history.1.penalty: expected ${NUMBER}, received "much"`],
  [['history', 1, 'validationLoss'], null, `state.history.1.validationLoss: expected ${NUMBER}, received null`],
  [['history', 1, 'metrics'], null, 'state.history.1.metrics: expected an object, received null'],
  [['history', 1, 'metrics', 'a'], 'much', `state.history.1.metrics.a: expected ${NUMBER}, received "much"`],
  [['best'], undefined, 'state.best: expected Best, received undefined'],
  [['best'], 3, 'state.best: expected Best, received 3'],
  [['best', 'score'], undefined, `state.best.score: expected ${NUMBER}, received undefined`],
  [['best', 'epoch'], -1, `state.best.epoch: expected ${COUNT}, received -1`],
  [['best', 'more'], 1, `state.best.more: expected ${no('Best', 'params, layerState, score, epoch')}, received 1`],
  [['best', 'params', '0.weight'], wide, 'state.best.params.0.weight: expected f32[2,1], received f32[1,2]'],
  [['best', 'layerState', '1.count'], double, 'state.best.layerState.1.count: expected f32[], received f64[1]'],
  [['patience', 'waited'], -1, `state.patience.waited: expected ${COUNT}, received -1`],
  [['patience', 'reference'], 'much', `state.patience.reference: expected ${NUMBER}, received "much"`],
  [['patience', 'more'], 1, `state.patience.more: expected ${no('Patience', 'reference, waited')}, received 1`],
  [['status'], 'walking', 'state.status: expected one of "running", "stopped early", received "walking"'],
  [
    ['layer', 'layers', 0, 'inputs'],
    3,
    'state.layer: expected {"kind":"sequential","layers":[{"kind":"dense","inputs":2…, ' +
      'received {"kind":"sequential","layers":[{"kind":"dense","inputs":3…',
  ],
];

const refused: Law = lawOf(
  'what is no state',
  'a JSON value that differs from a state’s in one place is refused: the place is named, what was expected there, and what came',
  refusals,
  ([path, value, says]) => same(`codec: ${says}`, told(Train.decode(given)(altered(written, path, value)))),
);

const acceptances: ReadonlyArray<readonly [path: readonly (string | number)[], value: unknown]> = [
  [['key'], [0, 4294967295]],
  [['step'], 0],
  [['step'], Number.MAX_SAFE_INTEGER],
  [['epoch'], 0],
  [['progress'], { batch: 0, rows: 0, size: 0, loss: 0, penalty: 0, share: 0 }],
  [['history'], []],
  [['history', 1, 'metrics'], {}],
  [['slots'], { numbers: {}, vectors: {} }],
  [['patience', 'waited'], 0],
  [['status'], 'running'],
];

const accepted: Law = lawOf(
  'what is a state',
  'the least and the greatest numbers, and either status, are read',
  acceptances,
  ([path, value]) => {
    const json = altered(written, path, value);
    return same(inOrder(json), inOrder(Train.encode(get(Train.decode(given)(json)))));
  },
);

/** Where a run comes to: with a penalty, with validation and metrics, with both or none. */
const rows: Law = lawOf(
  'rows',
  'of a run’s history have the fields that its configuration asks for, and no others, also when read again',
  [
    { of: {}, fields: 'epoch,step,loss' },
    { of: { penalty: l2(1) }, fields: 'epoch,step,loss,penalty' },
    { of: { validation: given.data }, fields: 'epoch,step,loss,validationLoss' },
    { of: { validation: given.data, metrics: {} }, fields: 'epoch,step,loss,validationLoss,metrics' },
    {
      of: { penalty: l2(0), validation: given.data, metrics: { one: () => () => E.right(1) } },
      fields: 'epoch,step,loss,penalty,validationLoss,metrics',
    },
  ],
  ({ of, fields }) => {
    const asked = { ...given, ...of, epochs: 2 };
    const state = get(Train.fit(asked)(Train.start(asked, fromSeed(1))));
    const read = get(Train.decode(asked)(JSON.parse(JSON.stringify(Train.encode(state)))));
    return all(
      ...[...state.history, ...read.history].map((row) => same(fields, Object.keys(row).join())),
      difference(state, read),
    );
  },
);

export const writtenLaws = lawSet('written', [form, absent, refused, accepted, rows]);
