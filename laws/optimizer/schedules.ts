/** Laws of schedules. */

import * as fc from 'fast-check';
import { observe } from '../../src/optimizer/optimizer.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { schedules } from './configs.ts';
import { plateauLaws } from './plateaus.ts';
import { courses, inFormat, numbersOf, start, stepWith } from './problem.ts';
import { made } from './rules.ts';
import { scheduleCornerLaws } from './schedule-corners.ts';
import { scheduleFormulaLaws } from './schedule-formulas.ts';
import { scheduleMade } from './schedule-made.ts';

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
  [refusing, joined, inRules],
  [scheduleFormulaLaws, scheduleCornerLaws, plateauLaws],
);
