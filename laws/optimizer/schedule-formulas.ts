/** Schedules against their formulas, written once more. */

import * as fc from 'fast-check';
import { type Law, law, lawSet } from '../law.ts';
import { type Description, scheduleConfigs } from './configs.ts';

import { numberIn, scheduleMade, u } from './schedule-made.ts';

/** The formulas, written once more with `Math.pow` and `Math.cos`. */
const formulas: Readonly<
  Record<keyof typeof scheduleConfigs, (of: (name: string) => number, t: number, d: Description) => number>
> = {
  constant: (of) => of('value'),
  step: (of, t) => of('initial') * of('factor') ** Math.floor(t / of('every')),
  multiStep: (of, t, { milestones }) => {
    let rate = of('initial');
    for (const milestone of Array.isArray(milestones) ? milestones : []) if (t >= milestone) rate *= of('factor');
    return rate;
  },
  exponential: (of, t) => of('initial') * Math.exp((t / of('every')) * Math.log(of('factor'))),
  inverseTime: (of, t) => of('initial') / (1 + of('decay') * (t / of('every'))),
  polynomial: (of, t) =>
    (of('initial') - of('final')) * (1 - Math.min(t, of('steps')) / of('steps')) ** of('power') + of('final'),
  cosine: (of, t) =>
    of('final') +
    0.5 * (of('initial') - of('final')) * (1 + Math.cos((Math.PI * Math.min(t, of('steps'))) / of('steps'))),
  cosineWithRestarts: (of, t) => {
    // Counts every step off, cycle after cycle.
    let [left, length] = [t, of('steps')];
    while (left >= length) [left, length] = [left - length, length * of('factor')];
    return of('final') + 0.5 * (of('initial') - of('final')) * (1 + Math.cos((Math.PI * left) / length));
  },
  linearWarmup: (of, t) => of('initial') + (of('final') - of('initial')) * Math.min(1, t / of('steps')),
  oneCycle: (of, t, { annealing }) => {
    const low = of('peak') / of('initialDivisor');
    const end = of('peak') / (of('initialDivisor') * of('finalDivisor'));
    const top = of('steps') * of('warmupFraction');
    const [from, to, x] =
      t < top ? [low, of('peak'), t / top] : [of('peak'), end, Math.min(1, (t - top) / (of('steps') - top))];
    return from + (to - from) * (annealing === 'linear' ? x : (1 - Math.cos(Math.PI * x)) / 2);
  },
};

/** The greatest rate that a description names. */
const greatest = (description: Description): number =>
  Math.max(
    ...['value', 'initial', 'final', 'peak'].map((name) => {
      const value = description[name];
      return typeof value === 'number' ? value : 0;
    }),
  );

/**
 * Each formula is a sum of products of numbers below the greatest rate; a power is within 4u (ours) and 2u (`Math.pow`),
 * or (in `Math.exp` of a logarithm) within 2u·(1 + |t·log factor|); a cosine within 4u and 2u, and its argument within 4u·π.
 * A factor applied k times rounds k times, at most 20 here.
 */
export const allowance = (description: Description, t: number): number => {
  const factor = description.factor;
  const logarithm = typeof factor === 'number' && factor < 1 ? Math.abs(Math.log(factor)) * t : 0;
  return u * greatest(description) * (64 + 2 * logarithm);
};

export type ScheduleKind = keyof typeof scheduleConfigs;

const KINDS: readonly ScheduleKind[] = [
  'constant',
  'step',
  'multiStep',
  'exponential',
  'inverseTime',
  'polynomial',
  'cosine',
  'cosineWithRestarts',
  'linearWarmup',
  'oneCycle',
];

const transcribed = (kind: ScheduleKind): Law =>
  law(
    `${kind}: its formula`,
    'the rate at every step is what an independent transcription gives',
    fc.tuple<[Description, number]>(scheduleConfigs[kind], fc.integer({ min: 0, max: 60 })),
    ([description, t]) => {
      const expected = formulas[kind]((name) => numberIn(description, name), t, description);
      const received = scheduleMade(description).at(t);
      const allowed = allowance(description, t);
      return Math.abs(expected - received) <= allowed
        ? undefined
        : { expected: `${expected}`, received: `${received}`, tolerance: `${allowed}, roundings of the formula` };
    },
  );

export const scheduleFormulaLaws = lawSet('formulas', KINDS.map(transcribed));
