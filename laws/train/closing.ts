/** What the end of an epoch writes down: its row of the history, the best and the patience, on numbers that are exact by hand. */
import * as E from 'fp-ts/lib/Either.js';
import { create, reference } from '../../src/engine/engine.ts';
import { dense } from '../../src/layer/dense.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { l2, none } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { generate, toArray } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, lawOf, lawSet, same } from '../law.ts';
import { config, difference, get, told } from './scenario.ts';

const column = (values: readonly number[]) => generate('f64', [values.length, 1], (i) => values[i] ?? Number.NaN);

/** The line 3·x + 1, which learns nothing. */
const still = config({
  layer: dense(1, 1, { weight: constant(3), bias: constant(1) }),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0 }),
  data: { inputs: column([0, 1, 2, 3, 4]), targets: column([1, 3, 5, 8, 19]) },
  epochs: 2,
});
// Predictions 1, 4, 7, 10, 13: the squares of what is missing.
const costs = [0, 1, 4, 4, 36];
const weights = [1, 0, 3, 2, 2];
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const weighed = costs.map((cost, i) => cost * (weights[i] ?? Number.NaN));
const weighted = { ...still.data, weights: generate('f64', [5], (i) => weights[i] ?? Number.NaN) };
// Of two rows, a mean of 2 and a mean that its weights make 1.
const validation = {
  inputs: column([0, 1]),
  targets: column([1, 2]),
  weights: generate('f64', [2], (i) => [3, 1][i] ?? 0),
};
const sum = squaredError({ reduction: 'sum' });

type Part = Partial<typeof still>;

/** What is changed, and the loss and the rest of each row. */
const runs: ReadonlyArray<readonly [of: Part, row: Omit<Train.Row, 'epoch' | 'step'>, steps: number]> = [
  [{}, { loss: total(costs) / 5 }, 1],
  [{ batchSize: 1 }, { loss: total(costs) / 5 }, 5],
  [{ batchSize: 2 }, { loss: total(costs) / 5 }, 3],
  [{ loss: sum }, { loss: total(costs) }, 1],
  [{ loss: sum, batchSize: 2 }, { loss: total(costs) }, 3],
  [{ loss: sum, data: weighted, batchSize: 2 }, { loss: total(weighed) }, 3],
  [{ data: weighted }, { loss: total(weighed) / total(weights) }, 1],
  [{ batchSize: 2, penalty: l2(0.5) }, { loss: total(costs) / 5, penalty: 2.25 }, 3],
  [{ penalty: l2(0.5) }, { loss: total(costs) / 5, penalty: 2.25 }, 1],
  [{ penalty: none, batchSize: 4 }, { loss: total(costs) / 5, penalty: 0 }, 2],
  [{ validation }, { loss: total(costs) / 5, validationLoss: 1 }, 1],
  [{ validation, loss: sum, batchSize: 4 }, { loss: total(costs), validationLoss: 4 }, 2],
  [
    {
      validation,
      penalty: l2(2),
      metrics: {
        first: (targets) => (predictions) => E.right((targets.data[1] ?? 0) + 10 * (predictions.data[1] ?? 0)),
        second: () => (predictions) => E.right(predictions.data.length),
      },
    },
    { loss: total(costs) / 5, penalty: 9, validationLoss: 1, metrics: { first: 42, second: 2 } },
    1,
  ],
];

const history: Law = lawOf(
  'rows by hand',
  'a row of the history says its epoch, the steps until then, the loss over all rows, the mean penalty of the steps, and ' +
    'what the validation examples say; the best is the first, with the score that is monitored: on either engine',
  runs,
  ([of, row, steps]) =>
    all(
      ...[create(), reference].map((engine) => {
        const given = { ...still, ...of, engine };
        const state = get(Train.fit(given)(Train.start(given, fromSeed(3))));
        const { score, epoch } = state.best ?? { score: undefined, epoch: undefined };
        return all(
          difference(
            [
              { epoch: 1, step: steps, ...row },
              { epoch: 2, step: 2 * steps, ...row },
            ],
            state.history,
            `history on ${engine.name}`,
          ),
          same(row.validationLoss ?? row.loss + (row.penalty ?? 0), score, 'score'),
          same(1, epoch, 'epoch of the best'),
          difference({ reference: score, waited: 1 }, state.patience, 'patience'),
          difference({ batch: 0, rows: 0, size: 0, loss: 0, penalty: 0, share: 0 }, state.progress, 'progress'),
          same(2, state.epoch, 'epochs'),
          same('running', state.status, 'status'),
        );
      }),
    ),
);

/** From 3·x + 1 at one row x = 1 with target 0, a step of 1/8 down the slope: y is 4, then 4 − (8 + 8)/8 = 2, then 1, then ½. */
const falling = config({
  ...still,
  data: { inputs: column([1]), targets: column([0]) },
  optimizer: gradientDescent({ learningRate: 0.125 }),
  epochs: 3,
});

const measuredAt: Law = lawOf(
  'the parameters of the best',
  'are those at which the loss of training was measured where one batch is the epoch, and those after the epoch where the ' +
    'validation loss is monitored or the epoch has more batches',
  [
    { of: {}, score: 1, weight: 1.5 },
    { of: { validation: falling.data }, score: 0.25, weight: 1.25 },
    // Of two equal rows one by one, the losses of six steps are 16, 4; 1, 1/4; 1/16, 1/64.
    {
      of: { data: { inputs: column([1, 1]), targets: column([0, 0]) }, batchSize: 1 },
      score: (1 / 16 + 1 / 64) / 2,
      weight: 1 + 1 / 32,
    },
  ],
  ({ of, score, weight }) =>
    all(
      ...[create(), reference].map((engine) => {
        const given = { ...falling, ...of, engine };
        const state = get(Train.fit(given)(Train.start(given, fromSeed(3))));
        return all(
          same(score, state.best?.score, `score on ${engine.name}`),
          same(3, state.best?.epoch, 'epoch'),
          same(weight, toArray(Train.best(state).params.weight)[0], 'weight'),
        );
      }),
    ),
);

const patient: Law = lawOf(
  'patience by hand',
  'an epoch counts as an improvement where it comes below the last by more than is asked for; the epochs since are counted, ' +
    'with no stopping asked for too',
  // The losses are 16, 4, 1, 1/4, 1/16.
  [
    { stopping: undefined, reference: 1 / 16, waited: 0, epochs: 5 },
    { stopping: { patience: 1 }, reference: 1 / 16, waited: 0, epochs: 5 },
    { stopping: { patience: 1, minimumImprovement: 12 }, reference: 16, waited: 1, epochs: 2 },
    { stopping: { patience: 2, minimumImprovement: 11.5 }, reference: 4, waited: 2, epochs: 4 },
    { stopping: { patience: 4, minimumImprovement: 3 }, reference: 1 / 4, waited: 1, epochs: 5 },
    { stopping: { patience: 3, minimumImprovement: 2.5 }, reference: 1, waited: 2, epochs: 5 },
  ],
  ({ stopping, reference: last, waited, epochs }) => {
    const given = { ...falling, epochs: 5, ...(stopping === undefined ? {} : { stopping }) };
    const state = get(Train.fit(given)(Train.start(given, fromSeed(3))));
    return all(
      difference({ reference: last, waited }, state.patience, 'patience'),
      same(epochs, state.epoch, 'epochs'),
      same(stopping !== undefined && waited >= stopping.patience ? 'stopped early' : 'running', state.status, 'status'),
    );
  },
);

const failing: Law = lawOf(
  'metrics that fail',
  'end the run with their own failure, of their own kind, under the name of the metric',
  [create(), reference],
  (engine) => {
    const given = {
      ...still,
      engine,
      validation,
      metrics: {
        fine: () => () => E.right(1),
        'roc auc': () => () => E.left(failure('shape', 'row 3', 'a score', 'none')),
      },
    };
    const ends: number[] = [];
    return all(
      same(
        'shape: config.metrics.roc auc, row 3: expected a score, received none',
        told(Train.fit(given, { epoch: ({ epoch }) => void ends.push(epoch) })(Train.start(given, fromSeed(3)))),
      ),
      same('', ends.join(), 'epochs told'),
    );
  },
);

export const closingLaws = lawSet('closing', [history, measuredAt, patient, failing]);
