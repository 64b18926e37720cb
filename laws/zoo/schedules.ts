/** Wrong schedules, and the right ones. */
import * as E from 'fp-ts/lib/Either.js';
import { Failure, type Schedule } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { schedule as lawsOfSchedule, type ScheduleOptions } from '../pack/schedule.ts';
import type { Broken } from './broken.ts';

const of = (
  kind: string,
  at: (step: number) => number,
  config: Readonly<Record<string, number>> = {},
): Schedule.Schedule => ({
  description: { kind, ...config },
  at,
});

const PEAK = 0.5;
const LENGTH = 12;

/** From the peak to 0 along half a cosine. */
const anneal = (x: number): number => (PEAK * (1 + Math.cos(Math.PI * x))) / 2;
const cosine = (at: (step: number) => number) => of('cosine', at, { peak: PEAK, steps: LENGTH });
const anneals: ScheduleOptions = {
  initial: PEAK,
  length: LENGTH,
  final: 0,
  greatest: PEAK,
  slope: (PEAK * Math.PI) / (2 * LENGTH),
  expected: (t) => (t >= LENGTH ? 0 : anneal(t / LENGTH)),
};

/** From a tenth of the peak to the peak along a line. */
const FIRST = 0.05;
const WARM = 6;
const warmup = (at: (step: number) => number) => of('warmup', at, { initial: FIRST, final: PEAK, steps: WARM });
const warms: ScheduleOptions = {
  initial: FIRST,
  length: WARM,
  final: PEAK,
  greatest: PEAK,
  slope: (PEAK - FIRST) / WARM,
  expected: (t) => FIRST + (PEAK - FIRST) * Math.min(1, t / WARM),
};

/** Halved every four steps. */
const stairs = (at: (step: number) => number) => of('stairs', at, { initial: PEAK, every: 4 });
const steps: ScheduleOptions = { initial: PEAK, greatest: PEAK, expected: (t) => PEAK / 2 ** Math.floor(t / 4) };

/** Warmed, then annealed. */
const after = (t: number): number => (t >= LENGTH ? 0 : anneal(t / LENGTH));
const line = (t: number): number => FIRST + ((PEAK - FIRST) * t) / WARM;
const joined = (at: (step: number) => number) => of('joined', at);
const joins: ScheduleOptions = {
  initial: FIRST,
  length: WARM + LENGTH,
  final: 0,
  greatest: PEAK,
  slope: Math.max((PEAK - FIRST) / WARM, (PEAK * Math.PI) / (2 * LENGTH)),
};

const table = [0.5, 0.4, 0.3, 0.2, 0.1];
const listed: ScheduleOptions = { initial: 0.5, length: 4, final: 0.1, expected: (t) => table[Math.min(t, 4)] ?? NaN };

/** A line down to 0 over some steps. */
const fall = (length: number, said: boolean): Schedule.Schedule =>
  of('fall', (t) => Math.max(0, 1 - t / length), said ? { length } : {});
const read: NonNullable<ScheduleOptions['decode']> = (json) => {
  const known = new Map<string, unknown>(Object.entries(Object(json)));
  const length = known.get('length') ?? 10;
  return typeof length === 'number' && [...known.keys()].every((name) => name === 'kind' || name === 'length')
    ? E.right(fall(length, known.has('length')))
    : E.left(Failure.failure('config', 'schedule', 'a fall', 'another'));
};
const falls: ScheduleOptions = { initial: 1, length: 20, final: 0, slope: 1 / 20, decode: read };

export const broken: readonly Broken[] = [
  {
    name: 'cosine, never at its end',
    fault: 'the steps are divided by one more than there are, and the last rate is kept',
    law: 'ends where it says',
    laws: lawsOfSchedule(
      cosine((t) => anneal(Math.min(t, LENGTH) / (LENGTH + 1))),
      anneals,
    ),
  },
  {
    name: 'cosine, up again',
    fault: 'nothing holds the rate after the end, so the cosine rises',
    law: 'ends where it says',
    laws: lawsOfSchedule(
      cosine((t) => anneal(t / LENGTH)),
      anneals,
    ),
  },
  {
    name: 'cosine, whole',
    fault: 'the angle goes to 2π: down to 0 half way and back',
    law: 'no jumps',
    laws: lawsOfSchedule(
      cosine((t) => (t >= LENGTH ? 0 : anneal((2 * t) / LENGTH))),
      anneals,
    ),
  },
  {
    name: 'warmup, from 0',
    fault: 'it begins at 0 although another initial rate is declared',
    law: 'begins where it says',
    laws: lawsOfSchedule(
      warmup((t) => PEAK * Math.min(1, t / WARM)),
      warms,
    ),
  },
  {
    name: 'warmup, one step on',
    fault: 'the first step has the rate of the second',
    law: 'begins where it says',
    laws: lawsOfSchedule(
      warmup((t) => (t + 1 >= WARM ? PEAK : line(t + 1))),
      warms,
    ),
  },
  {
    name: 'warmup, past the peak',
    fault: 'the last steps of the rise are kept by > in place of ≥ one step too long',
    law: 'never above the greatest',
    laws: lawsOfSchedule(
      warmup((t) => (t > WARM + 1 ? PEAK : line(t))),
      warms,
    ),
  },
  {
    name: 'stairs, one step late',
    fault: 'the rate is halved at the step after each fourth one',
    law: 'formula',
    laws: lawsOfSchedule(
      stairs((t) => PEAK / 2 ** Math.max(0, Math.ceil(t / 4 - 1))),
      steps,
    ),
  },
  {
    name: 'stairs, a factor in place of a power',
    fault: 'the rate is divided by twice the number of halvings',
    law: 'formula',
    laws: lawsOfSchedule(
      stairs((t) => PEAK / Math.max(1, 2 * Math.floor(t / 4))),
      steps,
    ),
  },
  {
    name: 'joined, the second from the start',
    fault: 'the second part counts the steps of the first as its own',
    law: 'no jumps',
    laws: lawsOfSchedule(
      joined((t) => (t < WARM ? line(t) : after(t))),
      joins,
    ),
  },
  {
    name: 'table, past its end',
    fault: 'after its last entry the rate is undefined',
    law: 'rates',
    laws: lawsOfSchedule(
      // What is not in the table is what a program without the check of its type would go on with.
      of('table', (t) => table[t] as number),
      listed,
    ),
  },
  {
    name: 'line, below 0',
    fault: 'nothing holds the rate at the end of its fall: it goes on below 0',
    law: 'rates',
    laws: lawsOfSchedule(
      of('line', (t) => PEAK * (1 - t / LENGTH)),
      { initial: PEAK, length: LENGTH, final: 0 },
    ),
  },
  {
    name: 'decay by calls',
    fault: 'the rate is multiplied by 0.99 whenever it is asked for',
    law: 'of the step alone',
    laws: lawsOfSchedule(
      (() => {
        let rate = PEAK;
        return of('decay', () => {
          rate *= 0.99;
          return rate;
        });
      })(),
      {},
    ),
  },
  {
    name: 'length not described',
    fault: 'the description leaves the length out, so the schedule that is read again has another',
    law: 'description',
    laws: lawsOfSchedule(fall(20, false), falls),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfSchedule(cosine(after), { ...anneals, name: 'cosine' }),
  lawsOfSchedule(
    warmup((t) => (t >= WARM ? PEAK : line(t))),
    { ...warms, name: 'warmup' },
  ),
  lawsOfSchedule(
    stairs((t) => PEAK / 2 ** Math.floor(t / 4)),
    { ...steps, name: 'stairs' },
  ),
  lawsOfSchedule(
    joined((t) => (t < WARM ? line(t) : after(t - WARM))),
    { ...joins, name: 'joined' },
  ),
  lawsOfSchedule(
    of('table', (t) => table[Math.min(t, table.length - 1)] ?? 0),
    { ...listed, name: 'table' },
  ),
  lawsOfSchedule(
    of('line', (t) => PEAK * Math.max(0, 1 - t / LENGTH)),
    { initial: PEAK, length: LENGTH, final: 0, name: 'line' },
  ),
  lawsOfSchedule(fall(20, true), { ...falls, name: 'a description that says all' }),
];
