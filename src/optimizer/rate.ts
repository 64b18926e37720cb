/** A learning rate, whether a number, a schedule or a plateau's, is asked for in one way. */
import * as t from 'io-ts';
import type { Json } from '../tensor/json.ts';
import { notNegative } from './config.ts';
import type { Numbers } from './numbers.ts';
import type { Plateau, Rate, Schedule } from './schedule/schedule.ts';

/** The names under which an optimizer's slots keep a plateau's numbers. */
const PREFIX = 'rate.';

const isPlateau = (rate: Schedule | Plateau): rate is Plateau => 'observe' in rate;

/** Whether a value is a schedule that was made, not one still to be decoded. */
export const isScheduled = (u: unknown): u is Schedule | Plateau =>
  typeof u === 'object' && u !== null && 'at' in u && typeof u.at === 'function' && 'description' in u;

const RATE = 'a rate (a finite number of at least 0) or a schedule';

/** The codec of a field that holds a learning rate. */
export const rateField: t.Type<Rate, unknown> = new t.Type(
  RATE,
  (u): u is Rate => notNegative.is(u) || isScheduled(u),
  (u, context) => (notNegative.is(u) || isScheduled(u) ? t.success(u) : t.failure(u, context, RATE)),
  t.identity,
);

/** Whether a value is a schedule that watches no metric. */
export const isSchedule = (u: unknown): u is Schedule => isScheduled(u) && !isPlateau(u);

const UNWATCHED = 'a rate (a finite number of at least 0) or a schedule that watches no metric';

/** The codec of a field that holds a rate which no metric changes. */
export const unwatchedRateField: t.Type<number | Schedule, unknown> = new t.Type(
  UNWATCHED,
  (u): u is number | Schedule => notNegative.is(u) || isSchedule(u),
  (u, context) => (notNegative.is(u) || isSchedule(u) ? t.success(u) : t.failure(u, context, UNWATCHED)),
  t.identity,
);

/** A rate that keeps its numbers among an optimizer's. */
export interface RateOf {
  readonly numbers: Numbers;
  readonly at: (step: number, numbers: Numbers) => number;
  readonly observe?: (numbers: Numbers, metric: number) => Numbers;
}

const within = (numbers: Numbers): Numbers =>
  Object.fromEntries(
    Object.entries(numbers).flatMap(([name, x]) => (name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), x]] : [])),
  );
const under = (numbers: Numbers): Numbers =>
  Object.fromEntries(Object.entries(numbers).map(([name, x]) => [PREFIX + name, x]));

/** The one way to ask. */
export const rateOf = (rate: Rate): RateOf =>
  typeof rate === 'number'
    ? { numbers: {}, at: () => rate }
    : isPlateau(rate)
      ? {
          numbers: under(rate.numbers),
          at: (step, numbers) => rate.at(step, within(numbers)),
          observe: (numbers, metric) => ({ ...numbers, ...under(rate.observe(within(numbers), metric)) }),
        }
      : { numbers: {}, at: rate.at };

/** Hyperparameters: plain data, and rates. */
export type Config = Readonly<Record<string, Json | Rate>>;

/** Hyperparameters as JSON. */
export const encodeConfig = (config: Config): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, isScheduled(value) ? value.description : value]),
  );
