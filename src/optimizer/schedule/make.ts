/** How a schedule is made of its hyperparameters. */
import type { Fields } from '../config.ts';
import { type Made, makes } from '../kind.ts';
import { type Config, encodeConfig } from '../rate.ts';
import type { Schedule } from './schedule.ts';

/** A schedule of a kind: its description, and a rate at every whole count of steps. */
export const scheduleOf = (kind: string, config: Config, at: (step: number) => number): Schedule =>
  Object.freeze({
    description: Object.freeze({ kind, ...encodeConfig(config) }),
    at: (step: number) => {
      if (!Number.isSafeInteger(step) || step < 0)
        throw new RangeError(`Schedule.${kind}: ${step} is not a whole number of steps of at least 0`);
      return at(step);
    },
  });

/** The constructor and the reader of a kind of schedule. */
export const makesSchedule = <C extends Config>(
  fields: Fields<C>,
  at: (config: C) => (step: number) => number,
): Made<C, Schedule> => makes('Schedule', fields, (config) => scheduleOf(fields.kind, config, at(config)));

/** w of the way from `final` back to `initial`: exactly one of them where w is 1 or 0. */
export const between = (initial: number, final: number, w: number): number => initial * w + final * (1 - w);
