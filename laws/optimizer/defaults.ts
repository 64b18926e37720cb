/** What the documentation says of optimizers, transforms and schedules, word for word: defaults and names. */
import * as Optimizer from '../../src/optimizer/index.ts';
import * as Schedule from '../../src/optimizer/schedule/index.ts';
import * as Transform from '../../src/optimizer/transform/index.ts';
import { type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';

type Described = readonly [
  value: { readonly description: unknown },
  description: { readonly kind: string; readonly [field: string]: unknown },
];

const adams = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Kingma and Ba 2015 for the β and ε; the others from the sources that their documentation names. */
const optimizers: readonly Described[] = [
  [Optimizer.gradientDescent({ learningRate: 0.5 }), { kind: 'gradientDescent', learningRate: 0.5 }],
  [
    Optimizer.momentum({ learningRate: 0.5 }),
    { kind: 'momentum', learningRate: 0.5, momentum: 0.9, dampening: 0, velocity: 'gradients' },
  ],
  [
    Optimizer.nesterov({ learningRate: 0.5 }),
    { kind: 'nesterov', learningRate: 0.5, momentum: 0.9, velocity: 'gradients' },
  ],
  [
    Optimizer.adagrad(),
    { kind: 'adagrad', learningRate: 0.01, epsilon: 1e-10, epsilonPlacement: 'outside', initialAccumulator: 0 },
  ],
  [
    Optimizer.adagradMomentum(),
    {
      kind: 'adagradMomentum',
      learningRate: 0.01,
      epsilon: 1e-10,
      epsilonPlacement: 'outside',
      initialAccumulator: 0,
      momentum: 0.9,
    },
  ],
  [
    Optimizer.rmsprop(),
    {
      kind: 'rmsprop',
      learningRate: 0.001,
      decay: 0.9,
      epsilon: 1e-8,
      epsilonPlacement: 'outside',
      momentum: 0,
      velocity: 'gradients',
      centered: false,
    },
  ],
  [Optimizer.adadelta(), { kind: 'adadelta', learningRate: 1, decay: 0.95, epsilon: 1e-6 }],
  [Optimizer.adam(), { kind: 'adam', ...adams, epsilonPlacement: 'outside' }],
  [Optimizer.adamW(), { kind: 'adamW', ...adams, epsilonPlacement: 'outside', weightDecay: 0.01, decayed: 'weights' }],
  [Optimizer.amsgrad(), { kind: 'amsgrad', ...adams, epsilonPlacement: 'outside', correction: 'afterMaximum' }],
  [
    Optimizer.nadam(),
    {
      kind: 'nadam',
      ...adams,
      learningRate: 0.002,
      epsilonPlacement: 'outside',
      momentum: 'warming',
      momentumDecay: 0.004,
    },
  ],
  [Optimizer.adamax(), { kind: 'adamax', ...adams, learningRate: 0.002, epsilonPlacement: 'maximum' }],
  [Optimizer.radam(), { kind: 'radam', ...adams, epsilonPlacement: 'uncorrected', threshold: 5 }],
  [
    Optimizer.lion(),
    { kind: 'lion', learningRate: 0.0001, beta1: 0.9, beta2: 0.99, weightDecay: 0, decayed: 'weights' },
  ],
  [
    Optimizer.lbfgs(),
    { kind: 'lbfgs', memory: 10, sufficientDecrease: 1e-4, curvature: 0.9, maximumTrials: 25, tolerance: 0 },
  ],
];

const sgd = Optimizer.gradientDescent({ learningRate: 1 });
const inner = { kind: 'gradientDescent', learningRate: 1 };

const transforms: readonly Described[] = [
  [Transform.clipByValue(2)(sgd), { kind: 'clipByValue', limit: 2, optimizer: inner }],
  [Transform.clipByNorm(2)(sgd), { kind: 'clipByNorm', limit: 2, optimizer: inner }],
  [Transform.clipByGlobalNorm(2)(sgd), { kind: 'clipByGlobalNorm', limit: 2, optimizer: inner }],
  [Transform.maxNorm(2)(sgd), { kind: 'maxNorm', limit: 2, optimizer: inner }],
  [Transform.weightDecay({ rate: 2 })(sgd), { kind: 'weightDecay', rate: 2, decayed: 'weights', optimizer: inner }],
  [Transform.accumulate(2)(sgd), { kind: 'accumulate', steps: 2, optimizer: inner }],
  [Transform.scaleRates([['a', 2]])(sgd), { kind: 'scaleRates', multipliers: [['a', 2]], optimizer: inner }],
  [Transform.freeze(['a'])(sgd), { kind: 'scaleRates', multipliers: [['a', 0]], optimizer: inner }],
  [
    Transform.exponentialMovingAverage()(sgd),
    { kind: 'exponentialMovingAverage', decay: 0.999, debias: false, optimizer: inner },
  ],
  [
    Transform.stochasticWeightAveraging({ start: 3 })(sgd),
    { kind: 'stochasticWeightAveraging', start: 3, every: 1, optimizer: inner },
  ],
];

const schedules: readonly Described[] = [
  [Schedule.constant({ value: 2 }), { kind: 'constant', value: 2 }],
  [Schedule.step({ initial: 2, factor: 0.5, every: 3 }), { kind: 'step', initial: 2, factor: 0.5, every: 3 }],
  [
    Schedule.multiStep({ initial: 2, factor: 0.5, milestones: [3, 5] }),
    { kind: 'multiStep', initial: 2, factor: 0.5, milestones: [3, 5] },
  ],
  [Schedule.exponential({ initial: 2, factor: 0.5 }), { kind: 'exponential', initial: 2, factor: 0.5, every: 1 }],
  [Schedule.inverseTime({ initial: 2, decay: 0.5 }), { kind: 'inverseTime', initial: 2, decay: 0.5, every: 1 }],
  [Schedule.polynomial({ initial: 2, steps: 3 }), { kind: 'polynomial', initial: 2, final: 0, power: 1, steps: 3 }],
  [Schedule.cosine({ initial: 2, steps: 3 }), { kind: 'cosine', initial: 2, final: 0, steps: 3 }],
  [
    Schedule.cosineWithRestarts({ initial: 2, steps: 3 }),
    { kind: 'cosineWithRestarts', initial: 2, final: 0, steps: 3, factor: 1 },
  ],
  [Schedule.linearWarmup({ final: 2, steps: 3 }), { kind: 'linearWarmup', initial: 0, final: 2, steps: 3 }],
  [
    Schedule.oneCycle({ peak: 2, steps: 30 }),
    {
      kind: 'oneCycle',
      peak: 2,
      steps: 30,
      warmupFraction: 0.3,
      initialDivisor: 25,
      finalDivisor: 1e4,
      annealing: 'cosine',
    },
  ],
  [
    Schedule.reduceOnPlateau({ initial: 2 }),
    {
      kind: 'reduceOnPlateau',
      initial: 2,
      factor: 0.1,
      patience: 10,
      threshold: 1e-4,
      thresholdMode: 'relative',
      cooldown: 0,
      minimum: 0,
    },
  ],
  [
    Schedule.join({ schedules: [Schedule.constant({ value: 2 }), Schedule.constant({ value: 3 })], boundaries: [4] }),
    {
      kind: 'join',
      schedules: [
        { kind: 'constant', value: 2 },
        { kind: 'constant', value: 3 },
      ],
      boundaries: [4],
    },
  ],
];

/** Fields in the order of their names: which stands first means nothing. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const described = (name: string, statement: string, cases: readonly Described[]): Law =>
  lawOf(name, statement, cases, ([{ description }, expected]) =>
    same(sorted(expected), sorted(description), expected.kind),
  );

export const defaultLaws: LawSet = lawSet('optimizers as documented', [
  described('optimizers', 'left to their defaults have those of their documentation, and say so', optimizers),
  described('transforms', 'say what they are', transforms),
  described('schedules', 'say what they are, defaults filled in', schedules),
]);
