/** What an optimizer computes: by its formula in plain numbers, in either format, and as its description says. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { show as showFailure } from '../../../src/tensor/failure.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { errors, exact, type WithError } from '../../layer/error-ops.ts';
import { dtypesOf, runsOf, toleranceOf } from '../options.ts';
import type { OptimizerOptions, Transcription } from './options.ts';
import {
  type Machine,
  numbersOf,
  type OptimizerSample,
  placeOf,
  rolesOf,
  run,
  runIn,
  sameRuns,
  showSample,
  showWith,
} from './run.ts';

/** A transcription in plain numbers is not asked to be careful: it may lose half of the digits of f64. */
const CARELESS = 2 ** -26;

/** The sizes of gradients: also where an ε of 1e-8 is as large as they are. */
export const SIZES = [0, -10, -20, -26] as const;

const transcribed =
  <S>({ start, step }: Transcription<S>, { rate, ...options }: OptimizerOptions<S>) =>
  ({ optimizer, ...course }: OptimizerSample, exponent: number): Verdict => {
    const { description } = optimizer;
    const gradients = course.gradients.map((g) => g.map((x) => x * 2 ** exponent));
    const states = run('f64', optimizer, { ...course, gradients });
    const roles = rolesOf(course.leaves);
    const fixed = typeof description.learningRate === 'number' ? description.learningRate : NaN;
    return all(
      ...course.from.map((from, i): Verdict => {
        let [state, parameter, moved] = [start, from, 0];
        for (const [index, g] of gradients.entries()) {
          const t = index + 1;
          const next = step(state, {
            t,
            parameter,
            gradient: g[i] ?? NaN,
            isWeight: roles[i] === 'weight',
            loss: course.losses[index] ?? NaN,
            rate: rate?.(t) ?? fixed,
            description,
          });
          moved += Math.abs(next.parameter - parameter);
          ({ state, parameter } = next);
          const received = numbersOf(states[t]?.params ?? {})[i] ?? NaN;
          const bound = toleranceOf(options) * (CARELESS * moved + 2 ** -50 * t * (Math.abs(from) + moved));
          if (!(Math.abs(parameter - received) <= bound))
            return {
              expected: code(parameter),
              received: code(received),
              where: `params.${placeOf(course.leaves, i)}, after step ${t}`,
              tolerance: `${bound}: 2⁻²⁶ of how far it has moved, and 2⁻⁵⁰ of its size a step`,
            };
        }
        return undefined;
      }),
    );
  };

/** The machine of running error analysis: decisions are made as in f64. */
const bounding: Machine<WithError> = { ops: errors, read: ({ value }) => value.data[0] ?? NaN, lift: exact };

const formats =
  (tolerance: number) =>
  ({ optimizer, ...course }: OptimizerSample): Verdict => {
    const [wide, narrow] = [run('f64', optimizer, course), run('f32', optimizer, course)];
    const bounds = runIn(bounding, 'f64', optimizer, course);
    return all(
      ...wide.map(({ params }, t): Verdict => {
        const [f32, bound] = [numbersOf(narrow[t]?.params ?? {}), Object.values(bounds[t]?.params ?? {})];
        const by = bound.flatMap(({ error }) => Array.from(error.data));
        if (by.some((e) => !Number.isFinite(e))) return { excluded: 'no bound of the rounding' };
        return all(
          ...numbersOf(params).map((x, i) => {
            const most = tolerance * (by[i] ?? NaN);
            return Math.abs(x - (f32[i] ?? NaN)) <= most
              ? undefined
              : {
                  expected: `${x}, rounded to f32 on the way`,
                  received: code(f32[i]),
                  where: `params.${placeOf(course.leaves, i)}, after step ${t}`,
                  tolerance: `${most}: running error analysis of the rule in f32`,
                };
          }),
        );
      }),
    );
  };

/** Values that are of the wrong type, or no number of any range. */
const WRONG: readonly unknown[] = [null, '1', Number.NaN, {}];

const described =
  (decode: NonNullable<OptimizerOptions['decode']> | undefined) =>
  ({ optimizer, ...course }: OptimizerSample): Verdict => {
    const { description } = optimizer;
    const filed: unknown = JSON.parse(JSON.stringify(description));
    const json = all(
      holds(code(filed) === code(description), code(description), code(filed), 'the description, through JSON'),
      holds(description.kind !== '', 'a kind', '""', 'description.kind'),
    );
    if (json !== undefined || decode === undefined) return json;
    const decoded = decode(filed);
    if (E.isLeft(decoded)) return { expected: 'an optimizer', received: showFailure(decoded.left) };
    const refused = (fields: object, what: string): Verdict =>
      holds(E.isLeft(decode({ ...description, ...fields })), `${what} to be refused`, 'it passed');
    return all(
      holds(
        code(decoded.right.description) === code(description),
        code(description),
        code(decoded.right.description),
        'the description, decoded',
      ),
      sameRuns(run('f64', optimizer, course), run('f64', decoded.right, course)),
      refused({ learnignRate: 0.1 }, 'an unknown field'),
      ...Object.entries(description).flatMap(([name, value]) =>
        typeof value === 'number' ? WRONG.map((wrong) => refused({ [name]: wrong }, `${name} of ${code(wrong)}`)) : [],
      ),
    );
  };

/** The laws of what an optimizer computes. */
export const formulaLaws = <S>(
  samples: fc.Arbitrary<OptimizerSample>,
  options: OptimizerOptions<S>,
): readonly Law[] => {
  const { expected, decode } = options;
  return [
    ...(expected === undefined
      ? []
      : [
          law(
            'formula',
            'each number goes where the transcription of the rule says, step by step, under gradients of usual size and as small as an ε',
            fc.tuple(samples, fc.constantFrom(...SIZES)),
            ([sample, exponent]) => transcribed(expected, options)(sample, exponent),
            {
              runs: runsOf(options, 60),
              show: showWith('exponent'),
              formula: 'step(s, g, θ)ᵢ = expected.step(sᵢ, { t, θᵢ, gᵢ, … })',
            },
          ),
        ]),
    ...(dtypesOf(options).length < 2
      ? []
      : [
          law(
            'formats agree',
            'in f32 a rule is that of f64 but for rounding',
            samples,
            formats(toleranceOf(options)),
            {
              runs: runsOf(options, 15),
              show: showSample,
              formula: '|f32 − f64| ≤ the running error bound',
            },
          ),
        ]),
    law(
      'description',
      'the description is JSON and has a kind; decoded, it is the same optimizer, unknown fields and numbers that are none are refused',
      samples,
      described(decode),
      { runs: runsOf(options, 15), show: showSample, formula: 'decode(JSON(description)) = optimizer' },
    ),
  ];
};
