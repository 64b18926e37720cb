/** The laws that every schedule obeys, for anybody's. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Plateau, Schedule } from '../../src/optimizer/schedule/schedule.ts';
import { type Failure, show as showFailure } from '../../src/tensor/failure.ts';
import { all, code, holds, type Law, type LawSet, law, type Verdict } from '../law.ts';
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

interface Sample {
  readonly schedule: Schedule;
  readonly step: number;
}

const show = ({ schedule, step }: Sample): string => code({ schedule: schedule.description, step });

/** A transcription in plain numbers is not asked to be careful: it may lose half of the digits of f64. */
const CARELESS = 2 ** -26;
/** What a few roundings make of a rate: between exact steps a slope is met within this part of it. */
const ROUNDED = 2 ** -40;

const near = (expected: number, received: number, bound: number, where: string, why: string): Verdict =>
  Math.abs(expected - received) <= bound
    ? undefined
    : { expected: code(expected), received: code(received), where, tolerance: `${bound}: ${why}` };

/** Asked in another order, and again, and beside others. */
const ofTheStepAlone = ({ schedule: { at }, step }: Sample, other: number): Verdict => {
  const first = at(step);
  at(other);
  const again = at(step);
  const counted = Array.from({ length: step + 1 }, (_, t) => at(t))[step];
  return all(
    holds(Object.is(first, again), code(first), code(again), `step ${step}, again after step ${other}`),
    holds(Object.is(first, counted), code(first), code(counted), `step ${step}, after all before it`),
  );
};

const described =
  (decode: ScheduleOptions['decode']) =>
  ({ schedule, step }: Sample): Verdict => {
    const { description } = schedule;
    const filed: unknown = JSON.parse(JSON.stringify(description));
    const json = holds(
      code(filed) === code(description),
      code(description),
      code(filed),
      'the description, through JSON',
    );
    if (json !== undefined || decode === undefined) return json;
    const decoded = decode(filed);
    if (E.isLeft(decoded)) return { expected: 'a schedule', received: showFailure(decoded.left) };
    const again = decoded.right;
    const [before, after] = [schedule.at(step), 'observe' in again ? again.at(step, again.numbers) : again.at(step)];
    return all(
      holds(
        code(again.description) === code(description),
        code(description),
        code(again.description),
        'the description, decoded',
      ),
      holds(Object.is(before, after), code(before), code(after), `step ${step}, decoded`),
      holds(E.isLeft(decode({ ...description, setps: 1 })), 'an unknown field to be refused', 'it passed'),
    );
  };

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
  const [runs, tolerance, until] = [runsOf(options, 60), toleranceOf(options), options.until ?? 60];
  const schedules = drawn(value);
  const steps = fc.integer({ min: 0, max: until });
  const samples = fc.record({ schedule: schedules, step: steps });
  const pairs = fc.tuple(samples, steps);
  const { expected } = options;
  const given = (of: Told | undefined, laws: readonly Law[]): readonly Law[] => (of === undefined ? [] : laws);
  /** A law of something that the options tell of a schedule, or of some schedules. */
  const about =
    (of: Told | undefined, predicate: (sample: Sample, is: number) => Verdict) =>
    (sample: Sample): Verdict => {
      const is = told(of, sample.schedule);
      return is === undefined ? { excluded: 'the options tell nothing of this schedule' } : predicate(sample, is);
    };
  return packed('schedule', options, [
    law(
      'rates',
      'a rate is a finite number of at least 0',
      samples,
      ({ schedule: { at }, step }) =>
        holds(
          Number.isFinite(at(step)) && at(step) >= 0,
          'a finite rate of at least 0',
          code(at(step)),
          `step ${step}`,
        ),
      { runs, show, formula: '0 ≤ η(t) < ∞' },
    ),
    law(
      'of the step alone',
      'a rate depends on the step alone: not on what was asked before',
      pairs,
      ([sample, other]) => ofTheStepAlone(sample, other),
      { runs, show: ([sample, other]) => `[${show(sample)}, ${other}]`, formula: 's = t ⇒ η(s) = η(t)' },
    ),
    ...(expected === undefined
      ? []
      : [
          law(
            'formula',
            'the rate at every step is what the transcription says',
            samples,
            ({ schedule: { at, description }, step }) => {
              const rate = expected(step, description);
              const bound = tolerance * CARELESS * Math.abs(rate) + Number.MIN_VALUE;
              return near(rate, at(step), bound, `step ${step}`, '2⁻²⁶ of the rate');
            },
            { runs: runsOf(options, 100), show, formula: 'η(t) = expected(t)' },
          ),
        ]),
    ...given(options.initial, [
      law(
        'begins where it says',
        'before the first step the rate is the initial one, to the bit',
        samples,
        about(options.initial, ({ schedule: { at } }, initial) =>
          holds(at(0) === initial, code(initial), code(at(0)), 'step 0'),
        ),
        { runs: 20, show, formula: 'η(0) = initial' },
      ),
    ]),
    ...given(options.length, [
      law(
        'ends where it says',
        'when its steps are over the rate is the final one, to the bit, and stays',
        samples,
        about(options.length, ({ schedule: of, step }, length) => {
          const final = told(options.final, of) ?? of.at(length);
          return all(
            holds(of.at(length) === final, code(final), code(of.at(length)), `step ${length}`),
            holds(of.at(length + step) === final, code(final), code(of.at(length + step)), `step ${length + step}`),
          );
        }),
        { runs, show, formula: 't ≥ length ⇒ η(t) = final' },
      ),
    ]),
    ...given(options.greatest, [
      law(
        'never above the greatest',
        'no rate is above the greatest one',
        samples,
        about(options.greatest, ({ schedule: { at }, step }, greatest) =>
          holds(
            at(step) <= greatest * (1 + tolerance * ROUNDED),
            `at most ${greatest}`,
            code(at(step)),
            `step ${step}`,
          ),
        ),
        { runs, show, formula: 'η(t) ≤ greatest' },
      ),
    ]),
    ...given(options.slope, [
      law(
        'no jumps',
        'from one step to the next, where parts join too, the rate changes by no more than the greatest slope',
        samples,
        about(options.slope, ({ schedule: { at }, step }, slope) => {
          const change = Math.abs(at(step + 1) - at(step));
          const most = slope + tolerance * ROUNDED * (Math.abs(slope) + Math.abs(at(step)));
          return holds(change <= most, `a change of at most ${most}`, code(change), `step ${step} to ${step + 1}`);
        }),
        { runs: runsOf(options, 120), show, formula: '|η(t + 1) − η(t)| ≤ slope' },
      ),
    ]),
    law(
      'description',
      'the description is JSON; decoded, it is the same schedule, and an unknown field is refused',
      samples,
      described(options.decode),
      { runs: runsOf(options, 20), show, formula: 'decode(JSON(description)) = schedule' },
    ),
  ]);
};
