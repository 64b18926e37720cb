/** The kinds of schedules that this project has. */
import type { Registry } from '../kind.ts';
import { cosineKind, cosineWithRestartsKind } from './cosine.ts';
import { constantKind, exponentialKind, inverseTimeKind, multiStepKind, polynomialKind, stepKind } from './decays.ts';
import { joinKind } from './join.ts';
import { reduceOnPlateauKind } from './plateau.ts';
import { linearWarmupKind, oneCycleKind } from './warmup.ts';

/**
 * The kinds of schedules that a description may name, unless told. Spread it to add one's own.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * Object.keys(Schedule.registry).includes('cosine') // => true
 * ```
 */
export const schedules: Registry['schedules'] = Object.freeze({
  constant: constantKind,
  step: stepKind,
  multiStep: multiStepKind,
  exponential: exponentialKind,
  inverseTime: inverseTimeKind,
  polynomial: polynomialKind,
  cosine: cosineKind,
  cosineWithRestarts: cosineWithRestartsKind,
  linearWarmup: linearWarmupKind,
  oneCycle: oneCycleKind,
  join: joinKind,
  reduceOnPlateau: reduceOnPlateauKind,
});
