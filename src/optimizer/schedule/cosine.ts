/** Schedules that fall along half a cosine. */
import { count, fieldsOf, notNegative } from '../config.ts';
import { cosine as cosineOf } from '../elementary.ts';
import { between, makesSchedule } from './make.ts';
import type { Schedule } from './schedule.ts';

export type CosineConfig = {
  readonly initial: number;
  /** 0 unless told. */
  readonly final: number;
  readonly steps: number;
};

/** From `initial` to `final` along half a cosine, x from 0 to 1. */
export const anneal = (initial: number, final: number, x: number): number =>
  between(initial, final, (1 + cosineOf(x)) / 2);

const cosines = makesSchedule(
  fieldsOf<CosineConfig>()('cosine', { initial: notNegative, final: notNegative, steps: count }, { final: 0 }),
  ({ initial, final, steps }) =>
    (t) =>
      anneal(initial, final, Math.min(1, t / steps)),
);

/**
 * final + ½(initial − final)(1 + cos(π·t ÷ steps)), and `final` after these steps (Loshchilov and Hutter 2017, one cycle;
 * optax' `cosine_decay_schedule`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 10, 11].map(Schedule.cosine({ initial: 1, steps: 10 }).at) // => [1, 0, 0]
 * ```
 */
export const cosine = (config: Omit<CosineConfig, 'final'> & { readonly final?: number }): Schedule =>
  cosines.make(config);
export const cosineKind = cosines.kind;

export type CosineWithRestartsConfig = {
  readonly initial: number;
  /** 0 unless told. */
  readonly final: number;
  /** The steps of the first cycle. */
  readonly steps: number;
  /** A whole number: how much longer each cycle is than the one before it; 1 unless told. */
  readonly factor: number;
};

/** How far into its cycle a step is, from 0 to less than 1. */
const phaseOf = (first: number, factor: number, t: number): number => {
  if (factor === 1) return (t % first) / first;
  let [start, length] = [0, first];
  while (t - start >= length) {
    start += length;
    length *= factor;
  }
  return (t - start) / length;
};

const restarts = makesSchedule(
  fieldsOf<CosineWithRestartsConfig>()(
    'cosineWithRestarts',
    { initial: notNegative, final: notNegative, steps: count, factor: count },
    { final: 0, factor: 1 },
  ),
  ({ initial, final, steps, factor }) =>
    (t) =>
      anneal(initial, final, phaseOf(steps, factor, t)),
);

/**
 * Falls along half a cosine and jumps back to `initial`, again and again, each cycle `factor` times as long as the one
 * before (SGDR: Loshchilov and Hutter 2017; PyTorch's `CosineAnnealingWarmRestarts`).
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * [0, 10, 30].map(Schedule.cosineWithRestarts({ initial: 1, steps: 10, factor: 2 }).at) // => [1, 1, 1]
 * ```
 */
export const cosineWithRestarts = (
  config: Pick<CosineWithRestartsConfig, 'initial' | 'steps'> & Partial<CosineWithRestartsConfig>,
): Schedule => restarts.make(config);
export const cosineWithRestartsKind = restarts.kind;
