/** Wrong training loops, each with one part written wrong. */
import { foldIn, fromSeed, uniform } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type Training, training } from '../pack/training.ts';
import type { Broken } from './broken.ts';
import { cut, loop, measuredThrough, type Parts, right, type State, shuffled, zeros } from './training-loop.ts';

// The loop computes in f64 whatever it is told, so that is what it is asked for.
const told = (given: Training<State>): LawSet => training(given, { dtypes: ['f64'] });

const withPart = (own: Partial<Parts>): LawSet => told(loop(own));

/** Rows drawn with replacement, by a seed alone. */
const bootstrap = (seed: number, rows: number): readonly number[] =>
  Array.from(uniform([rows], 'f64')(fromSeed(seed)).data, (u) => Math.floor(u * rows));

const sound = loop({});

/** A loop whose velocities are kept beside the states and not in them. */
const withModuleState = (): Training<State> => {
  let [first, second] = [zeros([]), zeros([])];
  return {
    ...sound,
    epoch: (problem) => (state) => {
      const ended = sound.epoch(problem)(state.epoch === 0 ? state : { ...state, first, second });
      [first, second] = [ended.first, ended.second];
      return ended;
    },
  };
};

export const broken: readonly Broken[] = [
  {
    name: 'mini-batches drawn with replacement, once',
    fault: 'batches are a bootstrap sample drawn before the first epoch: some examples come twice, a third never',
    law: 'every example once an epoch',
    teaching: true,
    laws: withPart({
      batches: ({ targets, batchSize, seed }) => cut(bootstrap(seed, targets.length), batchSize),
    }),
  },
  {
    name: 'the next layer is updated first',
    fault: 'δ of a layer goes back through weights of the layer above that have already been moved',
    law: 'all layers move by the gradient at the same weights',
    teaching: true,
    laws: withPart({
      measured: measuredThrough(({ rule }, weights, gradient) =>
        weights.map((row, i) => row.map((w, j) => w - rule.learningRate * (gradient[i]?.[j] ?? NaN))),
      ),
    }),
  },
  {
    name: 'optimizer state reset each epoch',
    fault: 'velocities and moments are set to 0 when an epoch begins',
    law: 'the rule’s state lives on from epoch to epoch',
    teaching: true,
    laws: withPart({
      begun: (state) => ({ ...state, first: zeros(state.weights), second: zeros(state.weights) }),
    }),
  },
  {
    name: 'bias correction counted in epochs',
    fault: 'Adam’s t is the number of the epoch, the same for all steps of it',
    law: 'bias correction counts steps',
    teaching: true,
    laws: withPart({ counted: ({ epoch }) => epoch + 1 }),
  },
  {
    name: 'the last batch dropped',
    fault: 'what does not fill a batch at the end of an epoch is left out',
    law: 'every example once an epoch',
    laws: withPart({
      batches: (problem, epoch) =>
        right
          .batches(problem, epoch)
          .filter(({ length }) => length === Math.min(problem.batchSize, problem.targets.length)),
    }),
  },
  {
    name: 'an off-by-one last batch',
    fault: 'the end of the last batch is one row too early',
    law: 'every example once an epoch',
    laws: withPart({
      batches: (problem, epoch) => cut(shuffled(problem, epoch).slice(0, -1), problem.batchSize),
    }),
  },
  {
    name: 'the last batch averaged over a full one',
    fault: 'the gradient of the last batch is divided by the batch size, not by its rows',
    law: 'every example once an epoch',
    laws: withPart({
      measured: (problem, weights, rows) => {
        const { cost, gradient } = right.measured(problem, weights, rows);
        const share = rows.length / Math.min(problem.batchSize, problem.targets.length);
        return { cost, gradient: gradient.map((layer) => layer.map((row) => row.map((g) => g * share))) };
      },
    }),
  },
  {
    name: 'the gradient summed',
    fault: 'the gradient is the sum over the batch, though the cost is the mean',
    law: 'a step is −rate · the averaged gradient',
    laws: withPart({
      measured: (problem, weights, rows) => {
        const { cost, gradient } = right.measured(problem, weights, rows);
        return { cost, gradient: gradient.map((layer) => layer.map((row) => row.map((g) => g * rows.length))) };
      },
    }),
  },
  {
    name: 'one order for all epochs',
    fault: 'the key is used again in each epoch',
    law: 'the order is another in other epochs',
    laws: withPart({ batches: (problem) => right.batches(problem, 0) }),
  },
  {
    name: 'an order that is always the same',
    fault: 'the seed is forgotten',
    law: 'the order is the seed’s',
    laws: withPart({ batches: (problem, epoch) => right.batches({ ...problem, seed: 1 }, epoch) }),
  },
  {
    name: 'a generator shared between runs',
    fault: 'orders come from one sequence for all runs of the program',
    law: 'a run can be had again',
    laws: (() => {
      let draws = 0;
      return withPart({
        batches: (problem) => {
          draws += 1;
          return right.batches(problem, draws);
        },
      });
    })(),
  },
  {
    name: 'velocities beside the state',
    fault: 'the rule’s state is kept in the module, so another run’s is found there',
    law: 'a state is not written to',
    laws: told(withModuleState()),
  },
  {
    name: 'a checkpoint without moments',
    fault: 'only weights and counts are saved',
    law: 'n + m epochs are m after n',
    laws: told({
      ...sound,
      text: () => ({
        write: ({ weights, step, epoch, cost }) => JSON.stringify({ weights, step, epoch, cost }),
        read: (text) => {
          const { weights, ...counts } = JSON.parse(text);
          return { ...counts, weights, first: zeros(weights), second: zeros(weights) };
        },
      }),
    }),
  },
  {
    name: 'an observer that draws',
    fault: 'a run that is watched takes the order of the epoch after',
    law: 'a watched run is an unwatched run',
    laws: told({
      ...sound,
      watched: (problem, watch) => (state) => {
        watch();
        return sound.epoch({ ...problem, seed: problem.seed + (foldIn(1)(fromSeed(problem.seed)).words[0] % 7) + 1 })(
          state,
        );
      },
    }),
  },
  {
    name: 'a cost averaged over batches',
    fault: 'the cost of an epoch is the mean of the batches’ means, so rows of a small last batch count more',
    law: 'the reported cost is the mean over examples',
    laws: withPart({ joined: (batches) => batches.reduce((sum, { cost }) => sum + cost, 0) / batches.length }),
  },
];

/** The loop with every part right. */
export const correct: readonly LawSet[] = [told(sound)];
