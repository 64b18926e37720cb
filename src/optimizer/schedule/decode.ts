/** Schedules from JSON. */
import type * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../tensor/failure.ts';
import { type Registry, readSchedule } from '../kind.ts';
import { schedules } from './registry.ts';
import type { Plateau, Schedule } from './schedule.ts';

/**
 * The schedule that a description says; the kinds are ours unless told. Fails on another kind, on unknown fields and on
 * values out of their range, naming the field.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const decoded = Schedule.decode()({ kind: 'cosine', initial: 1, final: 0, steps: 10 });
 * E.isRight(decoded) // => true
 * E.isLeft(Schedule.decode()({ kind: 'cosine', initial: 1, final: 0, length: 10 })) // => true
 * ```
 */
export const decode =
  (kinds: Registry['schedules'] = schedules) =>
  (json: unknown): E.Either<Failure, Schedule | Plateau> =>
    readSchedule({ optimizers: {}, transforms: {}, schedules: kinds })(json, 'schedule');
