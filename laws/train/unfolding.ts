/** How a run goes on, ends and is watched, step by step and epoch by epoch. */
import * as E from 'fp-ts/lib/Either.js';
import { create, reference } from '../../src/engine/engine.ts';
import { dense, denseWithoutBias } from '../../src/layer/dense.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { full, generate, zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, lawOf, lawSet, same } from '../law.ts';
import { config, difference, get, told } from './scenario.ts';

const engines = [create(), reference];

const given = config({
  layer: dense(1, 1, { weight: constant(3), bias: constant(1) }),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.125 }),
  data: { inputs: generate('f64', [5, 1], (i) => i / 4), targets: zeros('f64', [5, 1]) },
  batchSize: 2,
  epochs: 3,
});
const start = () => Train.start(given, fromSeed(1));

/** What is seen of a run: s3 is a state after 3 steps, e1 one after an epoch. */
const seen = (of: typeof given, state: ReturnType<typeof start>) => {
  const all: string[] = [];
  const end = Train.fit(of, {
    step: ({ step }) => void all.push(`s${step}`),
    epoch: ({ epoch }) => void all.push(`e${epoch}`),
  })(state);
  return { all: all.join(' '), end };
};

const whenTold: Law = lawOf(
  'what is told when',
  'each step, and after the last of an epoch the epoch; from within an epoch the rest of it; nothing where nothing is left',
  engines,
  (engine) => {
    const of = { ...given, engine };
    const half = get(Train.step(of)(get(Train.step(of)(start()))));
    const whole = seen(of, start());
    const rest = seen(of, half);
    const only: string[] = [];
    Train.fit(of, { epoch: ({ epoch, step }) => void only.push(`${epoch} ${step}`) })(start());
    return all(
      same('s1 s2 s3 e1 s4 s5 s6 e2 s7 s8 s9 e3', whole.all, 'from the start'),
      same('s3 e1 s4 s5 s6 e2 s7 s8 s9 e3', rest.all, 'from within an epoch'),
      same('1 3,2 6,3 9', only.join(), 'epochs alone'),
      difference(whole.end, rest.end, 'the end'),
      same('', seen({ ...of, epochs: 0 }, start()).all, 'no epochs'),
      difference(E.right(half), Train.fit({ ...of, epochs: 0 })(half), 'nothing left to do'),
    );
  },
);

/** A row so large that its square is none, in f32; which of the five is a matter of the key. */
const breaking = (engine: typeof reference) =>
  config({
    ...given,
    engine,
    // Where nothing is learnt the first epoch fails, at the row.
    optimizer: gradientDescent({ learningRate: 0 }),
    data: {
      inputs: generate('f32', [5, 1], (i) => (i === 3 ? 1e20 : i)),
      targets: zeros('f32', [5, 1]),
    },
    batchSize: 1,
  });

const failing: Law = lawOf(
  'a run that fails',
  'is told of until the step before; the failure is the last of its states, names its step, and is not told of',
  engines.flatMap((engine) => [1, 2, 3, 4].map((seed) => ({ engine, seed }))),
  ({ engine, seed }) => {
    const of = breaking(engine);
    const from = Train.start(of, fromSeed(seed));
    const at = Train.batches(5, 1)(fromSeed(seed), 0).findIndex(([row]) => row === 3);
    const steps: number[] = [];
    const epochs: number[] = [];
    const end = Train.fit(of, {
      step: ({ step }) => void steps.push(step),
      epoch: ({ epoch }) => void epochs.push(epoch),
    })(from);
    const says = `diverged: step ${at + 1}, the loss (squaredError): expected a finite loss, received Infinity`;
    const states = Train.epochs(of)(from)[Symbol.iterator]();
    const first = states.next();
    return all(
      same(says, told(end), 'fit, watched'),
      same(says, told(Train.fit(of)(from)), 'fit'),
      same(says, told(Train.epoch(of)(from)), 'epoch'),
      same(says, first.done === true ? 'none' : told(first.value), 'epochs'),
      same(true, states.next().done, 'the last'),
      same(Array.from({ length: at }, (_, i) => i + 1).join(), steps.join(), 'steps told'),
      same('', epochs.join(), 'epochs told'),
    );
  },
);

const wrong: Law = lawOf(
  'a state of another run',
  'is refused by step, epoch, epochs and fit alike, once',
  engines,
  (engine) => {
    const of = { ...given, engine };
    const state = { ...start(), params: { weight: zeros('f64', [1, 1]), bias: full('f64', [1], Number.NaN) } };
    const says = 'value: state.params.bias: expected finite numbers, received NaN';
    return all(
      same(says, told(Train.step(of)(state)), 'step'),
      same(says, told(Train.epoch(of)(state)), 'epoch'),
      same(says, Array.from(Train.epochs(of)(state), told).join('; '), 'epochs'),
      same(says, told(Train.fit(of)(state)), 'fit'),
    );
  },
);

const ends: Law = lawOf(
  'where it ends',
  'fit and epochs end at the configuration’s number of epochs and where a run was stopped; step and epoch go on; the same ' +
    'states are asked for twice and are the same',
  engines,
  (engine) => {
    const of = { ...given, engine };
    const states = Train.epochs(of)(start());
    const end = get(Train.fit(of)(start()));
    const stopped = { ...start(), status: 'stopped early' as const };
    return all(
      same(
        '1,2,3',
        Array.from(states, get)
          .map(({ epoch }) => epoch)
          .join(),
        'epochs',
      ),
      difference(Array.from(states), Array.from(states), 'asked for twice'),
      difference(E.right(end), Array.from(states).at(-1), 'the last'),
      same(0, Array.from(Train.epochs(of)(end)).length, 'after the end'),
      same(0, Array.from(Train.epochs(of)(stopped)).length, 'after a stop'),
      difference(E.right(stopped), Train.fit(of)(stopped), 'fitted after a stop'),
      same(4, get(Train.epoch(of)(end)).epoch, 'one more epoch'),
      same(10, get(Train.step(of)(end)).step, 'one more step'),
      same(3, get(Train.step(of)(end)).epoch, 'within the next epoch'),
      same(1, get(Train.epoch(of)(get(Train.step(of)(start())))).epoch, 'the rest of an epoch'),
      same(3, get(Train.epoch(of)(get(Train.step(of)(start())))).step, 'the steps of the rest'),
    );
  },
);

/** Nothing but an epoch: where this goes on for ever, all others would. */
const over: Law = lawOf('an epoch', 'is over after its last step, and not before', engines, (engine) => {
  const given = config({
    layer: denseWithoutBias(1, 1),
    loss: squaredError(),
    optimizer: gradientDescent({ learningRate: 0.1 }),
    data: { inputs: generate('f32', [2, 1], () => 1), targets: generate('f32', [2, 1], () => 1) },
    batchSize: 1,
    epochs: 1,
    engine,
  });
  const first = get(Train.step(given)(Train.start(given, fromSeed(1))));
  const second = get(Train.step(given)(first));
  return all(
    same('0 1 1', `${first.epoch} ${first.step} ${first.progress.batch}`, 'after a step'),
    same('1 2 0', `${second.epoch} ${second.step} ${second.progress.batch}`, 'after two'),
  );
});

/** A state as it is made: before anything was learnt. */
const begun: Law = lawOf(
  'the beginning',
  'a run begins with no step, no epoch, nothing in its history, nothing waited for, and the network that the key draws',
  [0],
  () => {
    const state = start();
    const { layer, optimizer, params, layerState, slots, dtype, ...rest } = state;
    const network = Train.network(state);
    return all(
      difference(
        {
          key: fromSeed(1),
          step: 0,
          epoch: 0,
          progress: { batch: 0, rows: 0, size: 0, loss: 0, penalty: 0, share: 0 },
          history: [],
          patience: { reference: Number.POSITIVE_INFINITY, waited: 0 },
          status: 'running',
        },
        rest,
      ),
      same(true, layer === given.layer && optimizer === given.optimizer, 'its network and optimizer'),
      same('f64', dtype, 'its format is the data’s'),
      difference({ numbers: { steps: 0 }, vectors: {} }, slots, 'slots'),
      same(true, network.params === params && network.state === layerState, 'the network'),
      same(true, network.layer === layer && network.dtype === dtype, 'its layer and format'),
      difference(network, Train.best(state), 'the best'),
      difference(state, Train.from(given, network, fromSeed(1)), 'from the network'),
    );
  },
);

export const unfoldingLaws = lawSet('unfolding', [whenTold, failing, wrong, ends, over, begun]);
