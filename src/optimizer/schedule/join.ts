/** Schedules one after another. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { type Failure, failure, show } from '../../tensor/failure.ts';
import { decodeFields, fieldsOf, such } from '../config.ts';
import { type Kind, readSchedule } from '../kind.ts';
import { isSchedule } from '../rate.ts';
import { ascending } from './decays.ts';
import { scheduleOf } from './make.ts';
import type { Schedule } from './schedule.ts';

export type JoinConfig = {
  readonly schedules: readonly Schedule[];
  /** The counts of steps at which the next schedule takes over, ascending; one fewer than schedules. */
  readonly boundaries: readonly number[];
};

const UNWATCHED = 'a schedule that watches no metric';

const scheduleField: t.Type<Schedule, unknown> = new t.Type(
  UNWATCHED,
  isSchedule,
  (u, context) => (isSchedule(u) ? t.success(u) : t.failure(u, context, UNWATCHED)),
  t.identity,
);

const fields = fieldsOf<JoinConfig>()(
  'join',
  {
    schedules: such(t.readonlyArray(scheduleField), 'two schedules or more', (list) => list.length > 1),
    boundaries: ascending,
  },
  {},
  {
    name: 'one boundary fewer than schedules',
    test: ({ schedules, boundaries }) => schedules.length === boundaries.length + 1,
  },
);

const build = ({ schedules, boundaries }: JoinConfig): Schedule =>
  scheduleOf(fields.kind, { schedules: schedules.map(({ description }) => description), boundaries }, (step) => {
    const passed = boundaries.filter((boundary) => step >= boundary);
    const schedule = schedules[passed.length];
    // never: there is one boundary fewer than schedules
    if (schedule === undefined) throw new Error('Schedule.join: one boundary fewer than schedules was checked');
    return schedule.at(step - (passed.at(-1) ?? 0));
  });

/**
 * Schedules one after another: at each boundary the next takes over and counts from 0 (optax' `join_schedules`). Throws
 * where there is not one boundary fewer than schedules, or they do not ascend.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * const warmed = Schedule.join({
 *   schedules: [Schedule.linearWarmup({ final: 1, steps: 2 }), Schedule.exponential({ initial: 1, factor: 0.5 })],
 *   boundaries: [2],
 * });
 * [0, 1, 2, 3].map(warmed.at) // => [0, 0.5, 1, 0.5]
 * ```
 */
export const join = (config: JoinConfig): Schedule =>
  pipe(
    decodeFields(fields, `Schedule.${fields.kind}`)(config),
    E.match((wrong: Failure): Schedule => {
      throw new RangeError(show(wrong));
    }, build),
  );

export const joinKind: Kind<Schedule> = (registry) => (json, where) => {
  const given: unknown = json;
  if (typeof given !== 'object' || given === null || !('schedules' in given) || !Array.isArray(given.schedules))
    return E.left(failure('config', `${where}.schedules`, 'a list of schedules', 'none'));
  return pipe(
    given.schedules,
    E.traverseArrayWithIndex((i, schedule: unknown) => readSchedule(registry)(schedule, `${where}.schedules.${i}`)),
    E.chain((schedules) => decodeFields(fields, where)({ ...given, schedules })),
    E.map(build),
  );
};
