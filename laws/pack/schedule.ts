/** The laws that every schedule obeys, for anybody's. */
import type * as fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import type { Plateau, Schedule } from '../../src/optimizer/schedule/schedule.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { all, code, holds, type Law, type LawSet, law, type Verdict } from '../law.ts';
import { decodes, filed } from './description.ts';
import { drawn } from './drawn.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** What a schedule says of itself. */
export type ScheduleDescription = Schedule['description'];

/** A number, or what it is by the description of a schedule. */
export type Told = number | ((description: ScheduleDescription) => number | undefined);

export interface ScheduleOptions extends Omit<PackOptions, 'dtypes'> {
  /** The rate after so many steps, transcribed. */
  readonly expected?: (step: number, description: ScheduleDescription) => number;
  /** The first rate, to the bit. */
  readonly initial?: Told;
  /** After how many steps the schedule has ended. */
  readonly length?: Told;
  /** The rate when it has ended and ever after, to the bit; whatever it is then, unless given. */
  readonly final?: Told;
  /** No rate is greater. */
  readonly greatest?: Told;
  /** By how much the rate changes in a step at most: there are no jumps. */
  readonly slope?: Told;
  /** Up to which step it is asked; 60 unless given. */
  readonly until?: number;
  /** Reads a schedule from its description. */
  readonly decode?: (description: unknown) => E.Either<Failure, Schedule | Plateau>;
}

const told = (of: Told | undefined, { description }: Schedule): number | undefined =>
  typeof of === 'function' ? of(description) : of;

const show = ({ description }: Schedule): string => code(description);

/** A transcription in plain numbers is not asked to be careful: it may lose half of the digits of f64. */
const CARELESS = 2 ** -26;
const UNTOLD: Verdict = { excluded: 'the options tell nothing of this schedule' };
/** What a few roundings make of a rate: between exact steps a slope is met within this part of it. */
const ROUNDED = 2 ** -40;

const near = (expected: number, received: number, bound: number, where: string, why: string): Verdict =>
  Math.abs(expected - received) <= bound
    ? undefined
    : { expected: code(expected), received: code(received), where, tolerance: `${bound}: ${why}` };

/** Asked in ascending order, in descending order, and twice in a row. */
const ofTheStepAlone = ({ at }: Schedule, steps: readonly number[]): Verdict => {
  const first = steps.map(at);
  const reverse = steps.toReversed().map(at).toReversed();
  const again = steps.map((t) => [at(t), at(t)] as const);
  const same = (t: number, received: number | undefined, when: string): Verdict =>
    holds(Object.is(first[t], received), code(first[t]), code(received), `step ${t}, ${when}`);
  return all(
    ...steps.flatMap((t) => [
      same(t, reverse[t], 'asked in descending order'),
      same(t, again[t]?.[0], 'asked again'),
      same(t, again[t]?.[1], 'asked twice in a row'),
    ]),
  );
};

const described =
  (decode: ScheduleOptions['decode']) =>
  (schedule: Schedule, steps: readonly number[]): Verdict =>
    filed(schedule) ??
    (decode === undefined
      ? undefined
      : decodes('a schedule', schedule.description, decode, schedule, (again) => {
          const rate = (t: number): number => ('observe' in again ? again.at(t, again.numbers) : again.at(t));
          return {
            described: again,
            verdicts: steps.map((t) =>
              holds(Object.is(schedule.at(t), rate(t)), code(schedule.at(t)), code(rate(t)), `step ${t}, decoded`),
            ),
          };
        }));

/**
 * The laws of a schedule, or of every schedule that an arbitrary draws: a rate is a finite number of at least 0 and a
 * function of the step alone. Say where it begins and ends, how steep it is, and with `expected` what it is at each step.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.schedule(Schedule.linearWarmup({ initial: 0.1, final: 1, steps: 9 }), {
 *   initial: 0.1,
 *   length: 9,
 *   final: 1,
 *   slope: 0.1,
 *   expected: (step) => Math.min(1, 0.1 + 0.1 * step),
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const schedule = (value: Schedule | fc.Arbitrary<Schedule>, options: ScheduleOptions = {}): LawSet => {
  const [runs, tolerance] = [runsOf(options, 20), toleranceOf(options)];
  const steps = Array.from({ length: (options.until ?? 60) + 1 }, (_, t) => t);
  const schedules = drawn(value);
  const { expected } = options;
  /** A law of every step of a schedule; what is asked about is few enough to be asked about all of it. */
  const ofSteps = (
    name: string,
    statement: string,
    formula: string,
    judge: (schedule: Schedule) => (step: number) => Verdict,
  ): Law => law(name, statement, schedules, (of) => all(...steps.map(judge(of))), { runs, show, formula });
  /** A law of something that the options tell of a schedule, or of some schedules. */
  const about = (
    of: Told | undefined,
    build: (is: (schedule: Schedule) => number | undefined) => Law,
  ): readonly Law[] => (of === undefined ? [] : [build((schedule) => told(of, schedule))]);
  const given =
    (
      is: (schedule: Schedule) => number | undefined,
      judge: (schedule: Schedule, is: number) => (step: number) => Verdict,
    ) =>
    (schedule: Schedule) => {
      const known = is(schedule);
      return known === undefined ? (): Verdict => UNTOLD : judge(schedule, known);
    };
  return packed('schedule', options, [
    ofSteps(
      'rates',
      'a rate is a finite number of at least 0',
      '0 ≤ η(t) < ∞',
      ({ at }) =>
        (t) =>
          holds(Number.isFinite(at(t)) && at(t) >= 0, 'a finite rate of at least 0', code(at(t)), `step ${t}`),
    ),
    law(
      'of the step alone',
      'a rate depends on the step alone: not on what was asked before, or how often',
      schedules,
      (of) => ofTheStepAlone(of, steps),
      { runs, show, formula: 's = t ⇒ η(s) = η(t)' },
    ),
    ...(expected === undefined
      ? []
      : [
          ofSteps(
            'formula',
            'the rate at every step is what the transcription says',
            'η(t) = expected(t)',
            ({ at, description }) =>
              (t) => {
                const rate = expected(t, description);
                const bound = tolerance * CARELESS * Math.abs(rate) + Number.MIN_VALUE;
                return near(rate, at(t), bound, `step ${t}`, '2⁻²⁶ of the rate');
              },
          ),
        ]),
    ...about(options.initial, (is) =>
      law(
        'begins where it says',
        'before the first step the rate is the initial one, to the bit',
        schedules,
        (of) =>
          given(
            is,
            ({ at }, initial) =>
              () =>
                holds(at(0) === initial, code(initial), code(at(0)), 'step 0'),
          )(of)(0),
        { runs, show, formula: 'η(0) = initial' },
      ),
    ),
    ...about(options.length, (is) =>
      ofSteps(
        'ends where it says',
        'when its steps are over the rate is the final one, to the bit, and stays',
        't ≥ length ⇒ η(t) = final',
        given(is, (of, length) => {
          const final = told(options.final, of) ?? of.at(length);
          return (t) => holds(of.at(length + t) === final, code(final), code(of.at(length + t)), `step ${length + t}`);
        }),
      ),
    ),
    ...about(options.greatest, (is) =>
      ofSteps(
        'never above the greatest',
        'no rate is above the greatest one',
        'η(t) ≤ greatest',
        given(is, ({ at }, greatest) => (t) => {
          const most = greatest * (1 + tolerance * ROUNDED);
          return holds(at(t) <= most, `at most ${greatest}`, code(at(t)), `step ${t}`);
        }),
      ),
    ),
    ...about(options.slope, (is) =>
      ofSteps(
        'no jumps',
        'from one step to the next, where parts join too, the rate changes by no more than the greatest slope',
        '|η(t + 1) − η(t)| ≤ slope',
        given(is, ({ at }, slope) => (t) => {
          const change = Math.abs(at(t + 1) - at(t));
          const most = slope + tolerance * ROUNDED * (Math.abs(slope) + Math.abs(at(t)));
          return holds(change <= most, `a change of at most ${most}`, code(change), `step ${t} to ${t + 1}`);
        }),
      ),
    ),
    law(
      'description',
      'the description is JSON; decoded, it is the same schedule, and an unknown field is refused',
      schedules,
      (of) => described(options.decode)(of, steps),
      { runs, show, formula: 'decode(JSON(description)) = schedule' },
    ),
  ]);
};
