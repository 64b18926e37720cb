/** What a run says of itself: history, evaluation, the best so far, and what reaches the gradient. */
import * as fc from 'fast-check';
import { dense } from '../../src/layer/dense.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { init, predict } from '../../src/layer/network.ts';
import { value } from '../../src/loss/loss.ts';
import { l2, type Penalty } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { exponentialMovingAverage } from '../../src/optimizer/transform/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { config, configOf, difference, examplesOf, get, scenario, succeeds } from './scenario.ts';

const best: Law = law(
  'the best so far',
  'Train.best is the network of the epoch with the lowest validation loss in the history, the first of equal ones: ' +
    'measured again it has that loss to the bit; no other epoch’s does better',
  scenario,
  (of) => {
    const given = configOf({ ...of, validated: true, weighted: false, epochs: of.epochs + 1 });
    const { loss, validation } = given;
    if (validation === undefined) return { expected: 'validation examples', received: 'none' };
    const states = Array.from(Train.epochs(given)(Train.start(given, fromSeed(of.seed))), get);
    const last = states[states.length - 1];
    if (last === undefined) return { expected: 'an epoch', received: 'none' };
    const scores = last.history.map((row) => row.validationLoss ?? Number.NaN);
    const lowest = Math.min(...scores);
    const epoch = scores.indexOf(lowest) + 1;
    return all(
      same(lowest, get(Train.evaluate(loss, validation)(Train.best(last))), 'loss of the best, measured again'),
      same(epoch, last.best?.epoch, 'epoch of the best'),
      difference(states.slice(epoch - 1, epoch).map(Train.network), [Train.best(last)], 'network'),
    );
  },
  { runs: 30 },
);

const bestOfTraining: Law = law(
  'the best so far, without validation',
  'with the full batch and nothing random, the best is where the training loss and penalty were measured lowest: ' +
    'measured again it has that loss to the bit',
  fc.record({
    seed: fc.nat(2 ** 31),
    rows: fc.integer({ min: 1, max: 9 }),
    learningRate: fc.double({ min: 0, max: 2, noNaN: true }),
  }),
  ({ seed, rows, learningRate }) => {
    const given = config({
      layer: dense(2, 1, { weight: constant(0.5) }),
      loss: squaredError(),
      optimizer: gradientDescent({ learningRate }),
      data: examplesOf('f64', rows, fromSeed(seed)),
      epochs: 6,
    });
    return succeeds(Train.fit(given)(Train.start(given, fromSeed(seed))), (state) =>
      same(
        Math.min(...state.history.map((row) => row.loss)),
        get(Train.evaluate(given.loss, given.data)(Train.best(state))),
        'loss of the best, measured again',
      ),
    );
  },
);

const history: Law = law(
  'history',
  'where nothing is learnt, the loss of an epoch is the loss on all examples however they fall into batches; epochs and ' +
    'steps are counted from 1',
  scenario,
  (of) => {
    const given = config({
      layer: dense(2, 1, { weight: constant(0.5) }),
      loss: squaredError({ reduction: of.sum ? 'sum' : 'mean' }),
      optimizer: gradientDescent({ learningRate: 0 }),
      data: examplesOf(of.dtype, of.rows, fromSeed(of.seed), of.weighted),
      batchSize: of.batchSize,
      epochs: of.epochs,
    });
    const size = of.batchSize === 'full' ? of.rows : of.batchSize;
    return succeeds(Train.fit(given)(Train.start(given, fromSeed(of.seed))), (state) => {
      const whole = get(Train.evaluate(given.loss, given.data)(Train.network(state)));
      // Costs are the same bits in any batch and none is negative, so only sums and quotients differ: n weighted terms
      // and a quotient in each way of adding them, and in one of them the shares and sums of at most n batches.
      const unit = of.dtype === 'f32' ? 2 ** -24 : 2 ** -53;
      const tolerance = (4 * of.rows + 8) * unit * whole;
      return all(
        ...state.history.map((row, i) =>
          all(
            same(i + 1, row.epoch, 'epoch'),
            same((i + 1) * Math.ceil(of.rows / size), row.step, 'step'),
            Math.abs(row.loss - whole) <= tolerance
              ? undefined
              : { expected: `${whole}`, received: `${row.loss}`, where: 'loss', tolerance: `${tolerance}` },
          ),
        ),
        same(of.epochs, state.history.length, 'rows'),
      );
    });
  },
  { runs: 50 },
);

/** Small whole numbers: sums and products of them are exact, so different ways to compute one thing agree to the bit. */
const whole = fc.integer({ min: -4, max: 4 });
const rowsOfWholes = fc.array(fc.record({ x: whole, target: whole, weight: fc.integer({ min: 0, max: 3 }) }), {
  minLength: 1,
  maxLength: 9,
});
const columnOf = (values: readonly number[]): Tensor => generate('f64', [values.length, 1], (i) => values[i] ?? 0);

/** One step of a line from weight 3 and bias 1, which whole numbers keep exact. */
const lineStep = (data: Train.Examples, penalty?: Penalty) => {
  const given = config({
    layer: dense(1, 1, { weight: constant(3), bias: constant(1) }),
    loss: squaredError({ reduction: 'sum' }),
    optimizer: gradientDescent({ learningRate: 2 ** -6 }),
    data,
    epochs: 1,
    ...(penalty === undefined ? {} : { penalty }),
  });
  return Train.fit(given)(Train.start(given, fromSeed(0)));
};

const weighted: Law = law(
  'weights are repetitions',
  'an example of whole weight w moves the parameters as w examples would: to the bit, on small whole numbers',
  rowsOfWholes.filter((rows) => rows.some(({ weight }) => weight > 0)),
  (rows) => {
    const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
    const data = (of: typeof rows) => ({
      inputs: columnOf(of.map(({ x }) => x)),
      targets: columnOf(of.map(({ target }) => target)),
    });
    const weights = generate('f64', [rows.length], (i) => rows[i]?.weight ?? 0);
    return succeeds(lineStep({ ...data(rows), weights }), (left) =>
      succeeds(lineStep(data(repeated)), (right) => difference(left.params, right.params, 'params')),
    );
  },
);

const penalised: Law = law(
  'penalties reach the gradient',
  'an L2 penalty of strength s moves a weight w by −η·s·w more and a bias by nothing, and stands in the history beside ' +
    'the loss, not in it: to the bit, on small whole numbers',
  fc.record({ rows: rowsOfWholes, strength: fc.integer({ min: 0, max: 6 }) }),
  ({ rows, strength }) => {
    const data = { inputs: columnOf(rows.map(({ x }) => x)), targets: columnOf(rows.map(({ target }) => target)) };
    return succeeds(lineStep(data), (bare) =>
      succeeds(lineStep(data, l2(strength)), (charged) =>
        all(
          same(
            (bare.params.weight.data[0] ?? Number.NaN) - 2 ** -6 * strength * 3,
            charged.params.weight.data[0],
            'weight',
          ),
          same(bare.params.bias.data[0], charged.params.bias.data[0], 'bias'),
          same(bare.history[0]?.loss, charged.history[0]?.loss, 'loss'),
          same(0.5 * strength * 9, charged.history[0]?.penalty, 'penalty'),
          same((bare.best?.score ?? Number.NaN) + 0.5 * strength * 9, charged.best?.score, 'score'),
        ),
      ),
    );
  },
);

const preferred: Law = law(
  'what the optimizer prefers is used',
  'where an optimizer averages, the network after a step is half way (decay ½) between the parameters before and after ' +
    'it, and is what validation measures: to the bit, on small whole numbers',
  rowsOfWholes,
  (rows) => {
    const data = { inputs: columnOf(rows.map(({ x }) => x)), targets: columnOf(rows.map(({ target }) => target)) };
    const given = config({
      layer: dense(1, 1, { weight: constant(3), bias: constant(1) }),
      loss: squaredError({ reduction: 'sum' }),
      optimizer: exponentialMovingAverage({ decay: 0.5 })(gradientDescent({ learningRate: 2 ** -6 })),
      data,
      validation: data,
      epochs: 1,
    });
    return succeeds(Train.fit(given)(Train.start(given, fromSeed(0))), (state) => {
      const [weight = Number.NaN] = Array.from(state.params.weight.data);
      const network = Train.network(state);
      return all(
        same((3 + weight) / 2, network.params.weight.data[0], 'weight'),
        same(get(Train.evaluate(given.loss, data)(network)), state.history[0]?.validationLoss, 'validation loss'),
        difference(network.params, Train.best(state).params, 'best'),
      );
    });
  },
  { runs: 30 },
);

const chunked: Law = lawOf(
  'evaluation in parts',
  'the loss of more rows than one forward pass takes has the bits of the loss of the predictions all at once',
  [{ rows: 4095 }, { rows: 4096 }, { rows: 4097 }, { rows: 9000 }],
  ({ rows }) => {
    const data = examplesOf('f32', rows, fromSeed(rows));
    const network = init(dense(2, 1, { weight: constant(0.5) }), fromSeed(0));
    const all = value(reference('f32'), squaredError(), predict(network)(data.inputs), data.targets).value;
    return succeeds(Train.evaluate(squaredError(), data)(network), (loss) => same(all.data[0], loss, 'loss'));
  },
);

export const measuringLaws = lawSet('measuring', [
  best,
  bestOfTraining,
  history,
  weighted,
  penalised,
  preferred,
  chunked,
]);
