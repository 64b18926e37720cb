/** Schedules that rise first. */
import { atLeastOne, betweenZeroAndOne, count, fieldsOf, notNegative, oneOf } from '../config.ts';
import { anneal } from './cosine.ts';
import { between, makesSchedule } from './make.ts';
import type { Schedule } from './schedule.ts';

export type LinearWarmupConfig = {
  /** 0 unless told. */
  readonly initial: number;
  readonly final: number;
  readonly steps: number;
};

const warmups = makesSchedule(
  fieldsOf<LinearWarmupConfig>()(
    'linearWarmup',
    { initial: notNegative, final: notNegative, steps: count },
    { initial: 0 },
  ),
  ({ initial, final, steps }) =>
    (t) =>
      between(initial, final, Math.max(0, 1 - t / steps)),
);

/**
 * A straight line from `initial` to `final`, and `final` after these steps (optax' `linear_schedule`). What comes after is
 * said with `join`.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 2, 4, 5].map(Schedule.linearWarmup({ final: 1, steps: 4 }).at) // => [0, 0.5, 1, 1]
 * ```
 */
export const linearWarmup = (config: Omit<LinearWarmupConfig, 'initial'> & { readonly initial?: number }): Schedule =>
  warmups.make(config);
export const linearWarmupKind = warmups.kind;

export type OneCycleConfig = {
  readonly peak: number;
  /** The whole length. */
  readonly steps: number;
  /** Which part of the steps rises: in (0, 1), 0.3 unless told. */
  readonly warmupFraction: number;
  /** The rate begins at peak ÷ initialDivisor: 25 unless told. */
  readonly initialDivisor: number;
  /** It ends at peak ÷ (initialDivisor·finalDivisor): 1e4 unless told. */
  readonly finalDivisor: number;
  /** Along half a cosine or a straight line: `cosine` unless told. */
  readonly annealing: 'cosine' | 'linear';
};

const line = (initial: number, final: number, x: number): number => between(initial, final, 1 - x);

const cycles = makesSchedule(
  fieldsOf<OneCycleConfig>()(
    'oneCycle',
    {
      peak: notNegative,
      steps: count,
      warmupFraction: betweenZeroAndOne,
      initialDivisor: atLeastOne,
      finalDivisor: atLeastOne,
      annealing: oneOf('cosine', 'linear'),
    },
    { warmupFraction: 0.3, initialDivisor: 25, finalDivisor: 1e4, annealing: 'cosine' },
  ),
  ({ peak, steps, warmupFraction, initialDivisor, finalDivisor, annealing }) => {
    const along = annealing === 'cosine' ? anneal : line;
    const initial = peak / initialDivisor;
    const final = initial / finalDivisor;
    const top = warmupFraction * steps;
    return (t) =>
      t < top ? along(initial, peak, t / top) : along(peak, final, Math.min(1, (t - top) / (steps - top)));
  },
);

/**
 * One cycle: from peak ÷ initialDivisor up to the peak, and down to peak ÷ (initialDivisor·finalDivisor) at the end of the
 * steps (Smith and Topin 2019). PyTorch's `OneCycleLR` has the same corners, each one step before.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 50, 100].map(Schedule.oneCycle({ peak: 1, steps: 100, warmupFraction: 0.5, initialDivisor: 4, finalDivisor: 2 }).at) // => [0.25, 1, 0.125]
 * ```
 */
export const oneCycle = (config: Pick<OneCycleConfig, 'peak' | 'steps'> & Partial<OneCycleConfig>): Schedule =>
  cycles.make(config);
export const oneCycleKind = cycles.kind;
