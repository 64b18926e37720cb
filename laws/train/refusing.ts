/** What cannot be trained on is refused before the first step, in words that say what and where. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { reference } from '../../src/engine/engine.ts';
import { dense } from '../../src/layer/dense.ts';
import { l2 } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { cast, full, generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { config, get, told } from './scenario.ts';

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

const FIELDS =
  'layer, loss, penalty, optimizer, data, validation, batchSize, augment, epochs, stopping, metrics, engine';
const weigh = (at: number, value: number): Tensor => broken(full('f32', [4], 1), at, value);

/** What is changed in a good configuration, and what is said of it. */
const cases: ReadonlyArray<readonly [Partial<Good> | Readonly<Record<string, unknown>>, string]> = [
  [{ epochs: -1 }, 'config: config.epochs: expected a whole number of at least 0, received -1'],
  [{ epochs: 1.5 }, 'config: config.epochs: expected a whole number of at least 0, received 1.5'],
  [{ epochs: 2 ** 53 }, 'config: config.epochs: expected a whole number of at least 0, received 9007199254740992'],
  [{ epochs: '3' }, 'config: config.epochs: expected a whole number of at least 0, received "3"'],
  [{ batchSize: 0 }, 'config: config.batchSize: expected a whole number of at least 1, received 0'],
  [{ batchSize: nan }, 'config: config.batchSize: expected a whole number of at least 1, received NaN'],
  [{ batchSize: 1.5 }, 'config: config.batchSize: expected a whole number of at least 1, received 1.5'],
  [
    { stopping: { patience: 0 } },
    'config: config.stopping.patience: expected a whole number of at least 1, received 0',
  ],
  [
    { stopping: { patience: infinity } },
    'config: config.stopping.patience: expected a whole number of at least 1, received Infinity',
  ],
  [
    { stopping: { patience: 1, minimumImprovement: -1 } },
    'config: config.stopping.minimumImprovement: expected a number of at least 0, received -1',
  ],
  [
    { stopping: { patience: 1, minimumImprovement: nan } },
    'config: config.stopping.minimumImprovement: expected a number of at least 0, received NaN',
  ],
  [
    { stopping: { patience: 1, minimumImprovement: infinity } },
    'config: config.stopping.minimumImprovement: expected a number of at least 0, received Infinity',
  ],
  [
    { stopping: { patience: 1, minimumImprovment: 1 } },
    'config: config.stopping.minimumImprovment: expected one of patience, minimumImprovement, received an unknown field',
  ],
  [{ epoch: 3 }, `config: config.epoch: expected one of ${FIELDS}, received an unknown field`],
  [{ metrics: {} }, 'config: config.metrics: expected validation examples to measure on, received none'],
  [
    { data: { inputs, targets, weight: 1 } },
    'config: config.data.weight: expected one of inputs, targets, weights, received an unknown field',
  ],
  [
    { validation: { inputs, targets, rows: 4 } },
    'config: config.validation.rows: expected one of inputs, targets, weights, received an unknown field',
  ],
  // Of several mistakes the first is told: in the fields, in the numbers, in the data, in the batches, in the validation.
  [
    { epoch: 3, epochs: -1, stopping: { patience: 0 } },
    `config: config.epoch: expected one of ${FIELDS}, received an unknown field`,
  ],
  [
    { batchSize: -1, data: { inputs: zeros('f32', [0, 2]), targets } },
    'config: config.batchSize: expected a whole number of at least 1, received -1',
  ],
  [
    { data: { inputs: zeros('f32', [0, 2]), targets: zeros('f32', [0, 1]) } },
    'value: config.data.inputs: expected at least 1 row, received 0 rows',
  ],
  [
    { data: { inputs: zeros('f32', [4, 3]), targets } },
    'shape: config.data.inputs: expected shape [rows,2], received [4,3]',
  ],
  [
    { data: { inputs: zeros('f32', [4]), targets } },
    'shape: config.data.inputs: expected shape [rows,2], received [4]',
  ],
  [
    { data: { inputs, targets: zeros('f32', [3, 1]) } },
    'shape: config.data.targets: expected 4 rows, one for each of the inputs, received [3,1]',
  ],
  [
    { data: { inputs, targets: zeros('f32', [4, 2]) } },
    'shape: config.data.targets: expected [batch,1] for squaredError, received [4,2]',
  ],
  [
    { data: { inputs, targets: zeros('f32', [4]) } },
    'shape: config.data.targets: expected [batch,1] for squaredError, received [4]',
  ],
  [
    { data: { inputs: broken(inputs, 5, nan), targets } },
    'value: config.data.inputs, row 2, column 1: expected a finite number, received NaN',
  ],
  [
    { data: { inputs, targets: broken(targets, 3, infinity) } },
    'value: config.data.targets, row 3, column 0: expected a finite number, received Infinity',
  ],
  [
    { data: { inputs, targets: cast('f64')(targets) } },
    'value: config.data.targets: expected numbers in f32 as in the inputs (Tensor.cast), received f64',
  ],
  [
    { data: { inputs, targets, weights: full('f64', [4], 1) } },
    'value: config.data.weights: expected numbers in f32 as in the inputs (Tensor.cast), received f64',
  ],
  [
    { data: { inputs, targets, weights: zeros('f32', [3]) } },
    'shape: config.data.weights: expected shape [4], received [3]',
  ],
  [
    { data: { inputs, targets, weights: zeros('f32', [4]) } },
    'value: config.data.weights: expected a weight above 0, received only zeros',
  ],
  [
    { data: { inputs, targets, weights: weigh(1, -1) } },
    'value: config.data.weights, row 1: expected a weight of at least 0, received -1',
  ],
  [
    { data: { inputs, targets, weights: weigh(2, nan) } },
    'value: config.data.weights, row 2: expected a weight of at least 0, received NaN',
  ],
  [
    { data: { inputs, targets, weights: weigh(1, infinity) } },
    'value: config.data.weights, row 1: expected a finite number, received Infinity',
  ],
  // The smallest batch is of 2 rows, of 1, of 2 again, and of all 4.
  ...[
    { batchSize: 2, smallest: 2, zeros: [0, 2, 3] },
    { batchSize: 3, smallest: 1, zeros: [0] },
    { batchSize: 2, smallest: 2, zeros: [1, 3] },
  ].map(({ batchSize, smallest, zeros: at }): readonly [Readonly<Record<string, unknown>>, string] => [
    { batchSize, data: { inputs, targets, weights: generate('f32', [4], (i) => (at.includes(i) ? 0 : 1)) } },
    `value: config.data.weights: expected fewer rows of weight 0 than the smallest batch has rows (${smallest}), ` +
      `for a batch of them has no mean (squaredError), received ${at.length} of 4`,
  ]),
  [
    { validation: { inputs: zeros('f32', [1, 1]), targets } },
    'shape: config.validation.inputs: expected shape [rows,2], received [1,1]',
  ],
  [
    { validation: { inputs, targets: zeros('f32', [4, 2]) } },
    'shape: config.validation.targets: expected [batch,1] for squaredError, received [4,2]',
  ],
  [
    { validation: { inputs: cast('f64')(inputs), targets: cast('f64')(targets) } },
    'value: config.validation: expected numbers in f32 as in the data, received f64',
  ],
];

const refused: Law = lawOf(
  'configurations that cannot be',
  'a configuration that cannot be is a failure of fit, step, epoch, epochs and describe alike, which names the field and ' +
    'what came, word for word; of several mistakes it is the first',
  cases,
  ([change, says]) => {
    // A configuration as it may come from a program without types.
    const given: Good = Object.assign({ ...good }, change);
    const start = Train.start(good, fromSeed(0));
    return all(
      same(says, told(Train.fit(given)(start)), 'fit'),
      same(says, told(Train.step(given)(start)), 'step'),
      same(says, told(Train.epoch(given)(start)), 'epoch'),
      same(says, Array.from(Train.epochs(given)(start), told).join('; '), 'epochs'),
      same(says, told(Train.describe(given)), 'describe'),
    );
  },
);

const accepted: Law = lawOf(
  'configurations that can be',
  'the configuration that those are made from is accepted, no epochs included',
  [
    { epochs: 0 },
    { epochs: 1 },
    { epochs: 2, batchSize: 3 },
    { epochs: 1, batchSize: 100 },
    { epochs: 1, batchSize: 1 },
    { epochs: 1, batchSize: 'full' as const },
    // One row of weight 0 fewer than the smallest batch has rows; and all but one where all are a batch.
    { epochs: 1, batchSize: 2, data: { inputs, targets, weights: weigh(1, 0) } },
    { epochs: 1, data: { inputs, targets, weights: broken(zeros('f32', [4]), 1, 1) } },
    { epochs: 1, batchSize: 9, data: { inputs, targets, weights: broken(zeros('f32', [4]), 1, 1) } },
    // A sum of nothing is 0.
    {
      epochs: 1,
      batchSize: 2,
      loss: squaredError({ reduction: 'sum' }),
      data: { inputs, targets, weights: broken(zeros('f32', [4]), 1, 1) },
    },
    // All that a configuration can say.
    {
      epochs: 1,
      batchSize: 2,
      penalty: l2(0.1),
      data: { inputs, targets, weights: full('f32', [4], 1) },
      validation: { inputs, targets, weights: full('f32', [4], 1) },
      augment: () => (batch: Train.Examples) => batch,
      stopping: { patience: 1, minimumImprovement: 0 },
      metrics: {},
      engine: reference,
    },
  ],
  (change) => {
    const given = { ...good, ...change };
    return same(change.epochs, get(Train.fit(given)(Train.start(given, fromSeed(0)))).epoch, 'epochs');
  },
);

const company: Law = lawOf(
  'a layer that needs company',
  'where a layer needs batches of at least m rows, a batch size is refused exactly where an epoch has a smaller batch, ' +
    'word for word, and the sizes that the refusal names (the nearest on either side, and all) work',
  [1, 2, 3, 5, 6, 7, 9, 12].flatMap((rows) =>
    Array.from({ length: rows + 1 }, (_, i) => i + 1).flatMap((batchSize) =>
      [1, 2, 3, 4].map((minimum) => ({ rows, batchSize, minimum })),
    ),
  ),
  ({ rows, batchSize, minimum }) => {
    const of = (size: number | 'full') => {
      const given = config({
        ...good,
        layer: { ...layer, minimumBatch: minimum },
        data: { inputs: zeros('f32', [rows, 2]), targets: zeros('f32', [rows, 1]) },
        batchSize: size,
        // Refused before the first epoch, or not at all.
        epochs: 0,
      });
      return Train.fit(given)(Train.start(given, fromSeed(0)));
    };
    /** The shortest batch when rows are taken from the front until none is left. */
    const shortest = (size: number): number => {
      let least = rows;
      for (let left = rows; left > 0; left -= size) least = Math.min(least, size, left);
      return least;
    };
    const size = Math.min(batchSize, rows);
    const working = Array.from({ length: rows }, (_, i) => i + 1).filter((n) => shortest(n) >= minimum);
    // The nearest on either side, and all rows at once.
    const named = [
      ...working.filter((n) => n < size).slice(-1),
      ...working.filter((n) => n > size).slice(0, 1),
      ...(rows >= minimum ? ['full'] : []),
    ];
    const says =
      shortest(size) >= minimum
        ? 'a success'
        : `config: config.batchSize: expected batches of at least ${minimum} rows, as a layer normalises over them; ` +
          `${named.length === 0 ? `${rows} rows are too few` : `of ${rows} rows these sizes work: ${named.join(', ')}`}, ` +
          `received ${size}, which leaves a batch of ${shortest(size)}`;
    return all(
      same(says, told(of(batchSize))),
      ...named.map((n) => same('a success', told(of(n === 'full' ? 'full' : Number(n))), `size ${n}`)),
    );
  },
);

const notObjects: Law = law(
  'values that are no state',
  'no JSON value but a state is read as one, and none makes the decoder throw',
  fc.jsonValue(),
  (json) => holds(E.isLeft(Train.decode(good)(json)), 'a failure', 'a state'),
);

export const refusingLaws = lawSet('refusing', [refused, accepted, company, notObjects]);
