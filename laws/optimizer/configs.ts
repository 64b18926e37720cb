/** Random hyperparameters of every optimizer and transform, as descriptions. */
import * as fc from 'fast-check';
import type { Json } from '../../src/tensor/json.ts';

/** A description: a kind and its hyperparameters. */
export type Description = { readonly kind: string; readonly [field: string]: Json };

const rates = fc.constantFrom(0, 0.5, 0.1, 0.01, 1e-3);
const retentions = fc.constantFrom(0, 0.5, 0.9, 0.99, 0.999);
const epsilons = fc.constantFrom(1e-8, 1e-4, 0.1);
const sides = fc.constantFrom('outside', 'inside');
const velocities = fc.constantFrom('gradients', 'steps');
const decayed = fc.constantFrom('weights', 'all');
const adamFields = {
  learningRate: rates,
  beta1: retentions,
  beta2: retentions,
  epsilon: epsilons,
  epsilonPlacement: fc.constantFrom('outside', 'inside', 'uncorrected'),
};

/** The hyperparameters of each rule. */
export const ruleConfigs = {
  gradientDescent: fc.record({ kind: fc.constant('gradientDescent'), learningRate: rates }),
  momentum: fc.record({
    kind: fc.constant('momentum'),
    learningRate: rates,
    momentum: retentions,
    dampening: fc.constantFrom(0, 0.5, 1),
    velocity: velocities,
  }),
  nesterov: fc.record({
    kind: fc.constant('nesterov'),
    learningRate: rates,
    momentum: retentions,
    velocity: velocities,
  }),
  adagrad: fc.record({
    kind: fc.constant('adagrad'),
    learningRate: rates,
    epsilon: epsilons,
    epsilonPlacement: sides,
    initialAccumulator: fc.constantFrom(0, 0.1),
  }),
  adagradMomentum: fc.record({
    kind: fc.constant('adagradMomentum'),
    learningRate: rates,
    epsilon: epsilons,
    epsilonPlacement: sides,
    initialAccumulator: fc.constantFrom(0, 0.1),
    momentum: retentions,
  }),
  rmsprop: fc.record({
    kind: fc.constant('rmsprop'),
    learningRate: rates,
    decay: retentions,
    epsilon: epsilons,
    epsilonPlacement: sides,
    momentum: retentions,
    velocity: velocities,
    centered: fc.boolean(),
  }),
  adadelta: fc.record({
    kind: fc.constant('adadelta'),
    learningRate: rates,
    decay: retentions,
    epsilon: epsilons,
  }),
  adam: fc.record({ kind: fc.constant('adam'), ...adamFields }),
  adamW: fc.record({
    kind: fc.constant('adamW'),
    ...adamFields,
    weightDecay: fc.constantFrom(0, 0.01, 0.5),
    decayed,
  }),
  amsgrad: fc.record({
    kind: fc.constant('amsgrad'),
    ...adamFields,
    epsilonPlacement: sides,
    correction: fc.constantFrom('afterMaximum', 'beforeMaximum', 'none'),
  }),
  nadam: fc.record({
    kind: fc.constant('nadam'),
    ...adamFields,
    momentum: fc.constantFrom('warming', 'constant'),
    momentumDecay: fc.constantFrom(0.004, 0, 0.5),
  }),
  adamax: fc.record({
    kind: fc.constant('adamax'),
    learningRate: rates,
    beta1: retentions,
    beta2: retentions,
    epsilon: epsilons,
    epsilonPlacement: fc.constantFrom('maximum', 'outside'),
  }),
  radam: fc.record({ kind: fc.constant('radam'), ...adamFields, threshold: fc.constantFrom(4, 5, 8) }),
  lion: fc.record({
    kind: fc.constant('lion'),
    learningRate: rates,
    beta1: retentions,
    beta2: retentions,
    weightDecay: fc.constantFrom(0, 0.01, 0.5),
    decayed,
  }),
} satisfies Readonly<Record<string, fc.Arbitrary<Description>>>;

export type RuleKind = keyof typeof ruleConfigs;

/** Any rule. */
export const rules: fc.Arbitrary<Description> = fc.oneof(...Object.values<fc.Arbitrary<Description>>(ruleConfigs));

export const lbfgsConfigs: fc.Arbitrary<Description> = fc.record({
  kind: fc.constant('lbfgs'),
  memory: fc.integer({ min: 1, max: 6 }),
  sufficientDecrease: fc.constantFrom(1e-4, 0.1),
  curvature: fc.constantFrom(0.9, 0.5, 0.2),
  maximumTrials: fc.constantFrom(5, 25),
  tolerance: fc.constantFrom(0, 1e-5),
});

/** The hyperparameters of each transform. */
export const transformConfigs = {
  clipByValue: fc.record({ kind: fc.constant('clipByValue'), limit: fc.constantFrom(0.5, 2) }),
  clipByNorm: fc.record({ kind: fc.constant('clipByNorm'), limit: fc.constantFrom(0.5, 2) }),
  clipByGlobalNorm: fc.record({ kind: fc.constant('clipByGlobalNorm'), limit: fc.constantFrom(0.5, 2) }),
  maxNorm: fc.record({ kind: fc.constant('maxNorm'), limit: fc.constantFrom(0.5, 2) }),
  weightDecay: fc.record({ kind: fc.constant('weightDecay'), rate: fc.constantFrom(0, 0.1), decayed }),
  accumulate: fc.record({ kind: fc.constant('accumulate'), steps: fc.integer({ min: 1, max: 4 }) }),
  exponentialMovingAverage: fc.record({
    kind: fc.constant('exponentialMovingAverage'),
    decay: fc.constantFrom(0, 0.5, 0.99),
    debias: fc.boolean(),
  }),
  stochasticWeightAveraging: fc.record({
    kind: fc.constant('stochasticWeightAveraging'),
    start: fc.integer({ min: 0, max: 4 }),
    every: fc.integer({ min: 1, max: 3 }),
  }),
  scaleRates: fc.constantFrom<Description>(
    { kind: 'scaleRates', multipliers: [['weight', 0]] },
    { kind: 'scaleRates', multipliers: [['bias', 0.3]] },
    {
      kind: 'scaleRates',
      multipliers: [
        ['', 2],
        ['bias', 0],
      ],
    },
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<Description>>>;

/** Any transform. */
export const transforms: fc.Arbitrary<Description> = fc.oneof(
  ...Object.values<fc.Arbitrary<Description>>(transformConfigs),
);

/** An optimizer with up to three transforms around it. */
export const optimizers: fc.Arbitrary<Description> = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: rules }, { weight: 1, arbitrary: lbfgsConfigs }),
    fc.array(transforms, { maxLength: 3 }),
  )
  .map(([rule, around]) => around.reduce<Description>((optimizer, transform) => ({ ...transform, optimizer }), rule));

const lengths = fc.integer({ min: 1, max: 12 });
const parts = fc.constantFrom(0.5, 0.1, 0.9, 1);

/** The hyperparameters of each schedule but `join` and `reduceOnPlateau`. */
export const scheduleConfigs = {
  constant: fc.record({ kind: fc.constant('constant'), value: rates }),
  step: fc.record({ kind: fc.constant('step'), initial: rates, factor: parts, every: lengths }),
  multiStep: fc.record({
    kind: fc.constant('multiStep'),
    initial: rates,
    factor: parts,
    milestones: fc
      .uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 })
      .map((list) => list.toSorted((a, b) => a - b)),
  }),
  exponential: fc.record({ kind: fc.constant('exponential'), initial: rates, factor: parts, every: lengths }),
  inverseTime: fc.record({
    kind: fc.constant('inverseTime'),
    initial: rates,
    decay: fc.constantFrom(0, 0.1, 2),
    every: lengths,
  }),
  polynomial: fc.record({
    kind: fc.constant('polynomial'),
    initial: rates,
    final: rates,
    power: fc.constantFrom(1, 2, 3.5),
    steps: lengths,
  }),
  cosine: fc.record({ kind: fc.constant('cosine'), initial: rates, final: rates, steps: lengths }),
  cosineWithRestarts: fc.record({
    kind: fc.constant('cosineWithRestarts'),
    initial: rates,
    final: rates,
    steps: lengths,
    factor: fc.integer({ min: 1, max: 3 }),
  }),
  linearWarmup: fc.record({ kind: fc.constant('linearWarmup'), initial: rates, final: rates, steps: lengths }),
  oneCycle: fc.record({
    kind: fc.constant('oneCycle'),
    peak: rates,
    steps: lengths,
    warmupFraction: fc.constantFrom(0.3, 0.5, 0.9),
    initialDivisor: fc.constantFrom(1, 25),
    finalDivisor: fc.constantFrom(1, 1e4),
    annealing: fc.constantFrom('cosine', 'linear'),
  }),
} satisfies Readonly<Record<string, fc.Arbitrary<Description>>>;

const simple: fc.Arbitrary<Description> = fc.oneof(...Object.values<fc.Arbitrary<Description>>(scheduleConfigs));

/** Any schedule that watches no metric. */
export const schedules: fc.Arbitrary<Description> = fc.oneof(
  { weight: 6, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.tuple(simple, simple, simple, lengths, lengths).map(
      ([a, b, c, first, second]): Description => ({
        kind: 'join',
        schedules: [a, b, c],
        boundaries: [first, first + second],
      }),
    ),
  },
);

export const plateaus: fc.Arbitrary<Description> = fc.record({
  kind: fc.constant('reduceOnPlateau'),
  initial: fc.oneof(rates, simple),
  factor: fc.constantFrom(0.1, 0.5),
  patience: fc.integer({ min: 0, max: 3 }),
  threshold: fc.constantFrom(0, 1e-4, 0.1),
  thresholdMode: fc.constantFrom('relative', 'absolute'),
  cooldown: fc.integer({ min: 0, max: 2 }),
  minimum: fc.constantFrom(0, 0.001),
});
