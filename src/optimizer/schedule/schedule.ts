/**
 * A schedule is a learning rate as a function of the step count: of how many steps were taken before, so that the first
 * step is at 0. It is data too: its description says all of it, its whole length included.
 *
 * Laws: `at` is a function of the count alone; a schedule of a length holds its last value after it.
 */
import type { Json } from '../../tensor/json.ts';
import type { Numbers } from '../numbers.ts';

/** A schedule as JSON: its kind and hyperparameters. */
export type ScheduleDescription = { readonly kind: string; readonly [field: string]: Json };

export interface Schedule {
  readonly description: ScheduleDescription;
  /** The rate after so many steps. */
  readonly at: (step: number) => number;
}

/** A schedule that watches a metric: it keeps numbers in the optimizer's slots and changes them when it observes. */
export interface Plateau {
  readonly description: ScheduleDescription;
  readonly numbers: Numbers;
  readonly at: (step: number, numbers: Numbers) => number;
  readonly observe: (numbers: Numbers, metric: number) => Numbers;
}

/** A learning rate: a number, a schedule, or a schedule that watches a metric. */
export type Rate = number | Schedule | Plateau;
