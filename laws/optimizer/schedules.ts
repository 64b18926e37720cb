/** Laws of schedules. */

import * as fc from 'fast-check';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Description, scheduleConfigs, schedules } from './configs.ts';
import { plateauLaws } from './plateaus.ts';
import { scheduleCornerLaws } from './schedule-corners.ts';
import { allowance, type ScheduleKind, scheduleFormulaLaws } from './schedule-formulas.ts';
import { numberIn, scheduleMade } from './schedule-made.ts';

/** How fast a continuous schedule may change: the greatest slope of its formula, times one step. */
const steepest: Partial<Readonly<Record<ScheduleKind, (of: (name: string) => number) => number>>> = {
  exponential: (of) => (of('initial') * Math.abs(Math.log(of('factor')))) / of('every'),
  inverseTime: (of) => (of('initial') * of('decay')) / of('every'),
  polynomial: (of) => (of('power') * Math.abs(of('initial') - of('final'))) / of('steps'),
  cosine: (of) => ((Math.PI / 2) * Math.abs(of('initial') - of('final'))) / of('steps'),
  linearWarmup: (of) => Math.abs(of('initial') - of('final')) / of('steps'),
  oneCycle: (of) =>
    ((Math.PI / 2) * of('peak')) / (of('steps') * Math.min(of('warmupFraction'), 1 - of('warmupFraction'))),
};

const continuous = law(
  'continuity',
  'exponential, inverseTime, polynomial, cosine, linearWarmup and oneCycle change by no more in a step than the greatest slope of their formula',
  fc.tuple(
    fc.oneof(
      ...(['exponential', 'inverseTime', 'polynomial', 'cosine', 'linearWarmup', 'oneCycle'] as const).map((kind) =>
        scheduleConfigs[kind].map((description): readonly [ScheduleKind, Description] => [kind, description]),
      ),
    ),
    fc.integer({ min: 0, max: 40 }),
  ),
  ([[kind, description], t]) => {
    const { at } = scheduleMade(description);
    const most = (steepest[kind]?.((name) => numberIn(description, name)) ?? 0) + 2 * allowance(description, t + 1);
    const change = Math.abs(at(t + 1) - at(t));
    return holds(change <= most, `a change of at most ${most} from step ${t}`, `${change}`);
  },
);

const ending = law(
  'rates of a schedule',
  'a rate is finite and not negative, is the same when asked again, and is held after the end of polynomial, cosine, linearWarmup and oneCycle',
  fc.tuple(schedules, fc.integer({ min: 0, max: 100 })),
  ([description, t]) => {
    const { at } = scheduleMade(description);
    const steps = description.steps;
    return all(
      holds(Number.isFinite(at(t)) && at(t) >= 0, 'a finite rate of at least 0', `${at(t)}`),
      same(at(t), at(t), `step ${t}`),
      typeof steps === 'number' && description.kind !== 'cosineWithRestarts'
        ? same(at(steps), at(steps + t), `step ${steps + t}`)
        : undefined,
    );
  },
);

const refusing = lawOf(
  'steps are whole',
  'a schedule refuses a count of steps that is negative or not whole',
  [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY],
  (step): Verdict => {
    try {
      return { expected: 'an error', received: `${scheduleMade({ kind: 'constant', value: 1 }).at(step)}` };
    } catch (thrown) {
      return holds(thrown instanceof RangeError, 'a RangeError', String(thrown));
    }
  },
);

const joined = law(
  'join',
  'between two boundaries a joined schedule is the schedule that stands there, counted from the boundary',
  fc.tuple(schedules, schedules, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 40 })),
  ([first, second, boundary, t]) =>
    same(
      t < boundary ? scheduleMade(first).at(t) : scheduleMade(second).at(t - boundary),
      scheduleMade({ kind: 'join', schedules: [first, second], boundaries: [boundary] }).at(t),
    ),
);

export const scheduleLaws = lawSet(
  'schedules',
  [continuous, ending, refusing, joined],
  [scheduleFormulaLaws, scheduleCornerLaws, plateauLaws],
);
