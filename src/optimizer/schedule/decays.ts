/** Schedules that fall by a formula. */
import { count, fieldsOf, listOf, notNegative, positive, positiveFraction, such } from '../config.ts';
import { power } from '../elementary.ts';
import { between, makesSchedule } from './make.ts';
import type { Schedule } from './schedule.ts';

export type ConstantConfig = { readonly value: number };

const constants = makesSchedule(
  fieldsOf<ConstantConfig>()('constant', { value: notNegative }, {}),
  ({ value }) =>
    () =>
      value,
);

/**
 * The same rate always.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * Schedule.constant({ value: 0.1 }).at(1000) // => 0.1
 * ```
 */
export const constant = (config: ConstantConfig): Schedule => constants.make(config);
export const constantKind = constants.kind;

export type StepConfig = {
  readonly initial: number;
  /** In (0, 1]. */
  readonly factor: number;
  /** How many steps there are between two falls. */
  readonly every: number;
};

const steps = makesSchedule(
  fieldsOf<StepConfig>()('step', { initial: notNegative, factor: positiveFraction, every: count }, {}),
  ({ initial, factor, every }) =>
    (t) =>
      initial * power(factor, Math.floor(t / every)),
);

/**
 * Falls by a factor every so many steps: initial·factor^⌊t ÷ every⌋ (PyTorch's `StepLR`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [9, 10, 20].map(Schedule.step({ initial: 1, factor: 0.5, every: 10 }).at) // => [1, 0.5, 0.25]
 * ```
 */
export const step = (config: StepConfig): Schedule => steps.make(config);
export const stepKind = steps.kind;

export type MultiStepConfig = {
  readonly initial: number;
  /** In (0, 1]. */
  readonly factor: number;
  /** The counts of steps at which the rate falls, ascending. */
  readonly milestones: readonly number[];
};

/** Whole numbers of at least 1, each greater than the one before it. */
export const ascending = such(listOf(count), 'whole numbers of at least 1 in ascending order', (list) =>
  list.every((n, i) => n > (list[i - 1] ?? 0)),
);

const multiSteps = makesSchedule(
  fieldsOf<MultiStepConfig>()(
    'multiStep',
    { initial: notNegative, factor: positiveFraction, milestones: ascending },
    {},
  ),
  ({ initial, factor, milestones }) =>
    (t) =>
      initial * power(factor, milestones.filter((milestone) => t >= milestone).length),
);

/**
 * Falls by a factor at each milestone (PyTorch's `MultiStepLR`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 3, 5].map(Schedule.multiStep({ initial: 1, factor: 0.5, milestones: [3, 5] }).at) // => [1, 0.5, 0.25]
 * ```
 */
export const multiStep = (config: MultiStepConfig): Schedule => multiSteps.make(config);
export const multiStepKind = multiSteps.kind;

export type ExponentialConfig = {
  readonly initial: number;
  /** In (0, 1]. */
  readonly factor: number;
  /** In how many steps the rate falls by the factor: 1 unless told. */
  readonly every: number;
};

const exponentials = makesSchedule(
  fieldsOf<ExponentialConfig>()(
    'exponential',
    { initial: notNegative, factor: positiveFraction, every: count },
    { every: 1 },
  ),
  ({ initial, factor, every }) =>
    (t) =>
      initial * power(factor, t / every),
);

/**
 * Falls by a factor in so many steps, evenly: initial·factor^(t ÷ every) (PyTorch's `ExponentialLR`, Keras'
 * `ExponentialDecay`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 1, 2].map(Schedule.exponential({ initial: 1, factor: 0.5 }).at) // => [1, 0.5, 0.25]
 * ```
 */
export const exponential = (config: Omit<ExponentialConfig, 'every'> & { readonly every?: number }): Schedule =>
  exponentials.make(config);
export const exponentialKind = exponentials.kind;

export type InverseTimeConfig = {
  readonly initial: number;
  readonly decay: number;
  /** The unit of time in steps: 1 unless told. */
  readonly every: number;
};

const inverseTimes = makesSchedule(
  fieldsOf<InverseTimeConfig>()(
    'inverseTime',
    { initial: notNegative, decay: notNegative, every: count },
    { every: 1 },
  ),
  ({ initial, decay, every }) =>
    (t) =>
      initial / (1 + (decay * t) / every),
);

/**
 * initial ÷ (1 + decay·t ÷ every): the rate of Robbins and Monro (1951), Keras' `InverseTimeDecay`, and the `lr_decay` of
 * PyTorch's Adagrad.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 1, 3].map(Schedule.inverseTime({ initial: 1, decay: 1 }).at) // => [1, 0.5, 0.25]
 * ```
 */
export const inverseTime = (config: Omit<InverseTimeConfig, 'every'> & { readonly every?: number }): Schedule =>
  inverseTimes.make(config);
export const inverseTimeKind = inverseTimes.kind;

export type PolynomialConfig = {
  readonly initial: number;
  /** 0 unless told. */
  readonly final: number;
  /** 1 unless told: a straight line. */
  readonly power: number;
  readonly steps: number;
};

const polynomials = makesSchedule(
  fieldsOf<PolynomialConfig>()(
    'polynomial',
    { initial: notNegative, final: notNegative, power: positive, steps: count },
    { final: 0, power: 1 },
  ),
  ({ initial, final, power: exponent, steps: length }) =>
    (t) =>
      between(initial, final, power(Math.max(0, 1 - t / length), exponent)),
);

/**
 * final + (initial − final)·(1 − t ÷ steps)^power, and `final` after these steps (Keras' `PolynomialDecay`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 5, 10, 11].map(Schedule.polynomial({ initial: 1, steps: 10, power: 2 }).at) // => [1, 0.25, 0, 0]
 * ```
 */
export const polynomial = (config: Pick<PolynomialConfig, 'initial' | 'steps'> & Partial<PolynomialConfig>): Schedule =>
  polynomials.make(config);
export const polynomialKind = polynomials.kind;
