/** Laws of schedules. */

import * as fc from 'fast-check';
import { observe } from '../../src/optimizer/optimizer.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Description, scheduleConfigs, schedules } from './configs.ts';
import { plateauLaws } from './plateaus.ts';
import { courses, inFormat, numbersOf, start, stepWith } from './problem.ts';
import { made } from './rules.ts';
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

const inRules = law(
  'a schedule in a rule',
  'the first step has the rate at 0 and step t that at t − 1, times what a plateau has made of it',
  fc.tuple(schedules, courses(8), fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined })),
  ([description, course, observedAfter]) => {
    const { params, gradients } = inFormat('f64', course);
    const { at } = scheduleMade(description);
    const optimizer = made({
      kind: 'gradientDescent',
      learningRate:
        observedAfter === undefined
          ? description
          : { kind: 'reduceOnPlateau', initial: description, factor: 0.5, patience: 0 },
    });
    let state = start(optimizer, params);
    let expected: readonly number[] = course.from;
    for (const [t, gradient] of gradients.entries()) {
      const rate = observedAfter !== undefined && t > observedAfter ? at(t) * 0.5 : at(t);
      expected = expected.map((p, i) => p - rate * (course.gradients[t]?.[i] ?? NaN));
      state = stepWith(optimizer, state, gradient);
      const verdict = all(...numbersOf(state.params).map((p, i) => same(expected[i], p, `step ${t + 1}, number ${i}`)));
      if (verdict !== undefined) return verdict;
      // Twice the same metric is no improvement: the rate is halved.
      if (t === observedAfter) state = { ...state, slots: observe(optimizer, 1)(observe(optimizer, 1)(state.slots)) };
    }
    return undefined;
  },
);

export const scheduleLaws = lawSet(
  'schedules',
  [continuous, ending, refusing, joined, inRules],
  [scheduleFormulaLaws, scheduleCornerLaws, plateauLaws],
);
