/** What a transform makes of a gradient: by its formula, clipped, decayed. */
import * as fc from 'fast-check';
import type { Transform } from '../../../src/optimizer/transform/transform.ts';
import { type Dtype, unitRoundoff } from '../../../src/scalar/dtype.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { type Course, countOf, courses, placeOf, rolesOf } from '../optimizer/run.ts';
import { dtypesOf, runsOf, toleranceOf } from '../options.ts';
import type { TransformOptions } from './options.ts';
import { gradientSeen, seen } from './probes.ts';

/** A transform, what it is tried on, and in which format. */
export interface TransformSample extends Course {
  readonly transform: Transform;
  readonly dtype: Dtype;
}

export const showSample = ({ transform, dtype, leaves, from, gradients, losses }: TransformSample): string =>
  code({ optimizer: transform(seen).description, dtype, leaves, from, gradients, losses });

export const samplesOf = (
  transforms: fc.Arbitrary<Transform>,
  options: TransformOptions,
  most: number,
  least = 1,
): fc.Arbitrary<TransformSample> =>
  fc
    .tuple(
      transforms,
      fc.constantFrom(...dtypesOf(options)),
      courses(most, roundNumbers(4), { least, parameters: options.parameters }),
    )
    .map(([transform, dtype, course]) => ({ transform, dtype, ...course }));

/** The numbers of each parameter. */
const split = ({ leaves }: Course, x: readonly number[]): ReadonlyArray<readonly number[]> =>
  leaves.map((leaf, i) => {
    const start = countOf(leaves.slice(0, i));
    return x.slice(start, start + countOf([leaf]));
  });

/** The norm of numbers of any size. */
const norm = (x: readonly number[]): number => {
  const most = Math.max(0, ...x.map(Math.abs));
  return most === 0 ? 0 : most * Math.sqrt(x.reduce((sum, a) => sum + (a / most) ** 2, 0));
};

type Clips = NonNullable<TransformOptions['clips']>;

/** What is clipped together. */
const groupsOf = (sample: Course, by: Clips['by'], x: readonly number[]): ReadonlyArray<readonly number[]> =>
  by === 'globalNorm' ? [x] : by === 'norm' ? split(sample, x) : x.map((a) => [a]);

const sized = (sample: TransformSample, exponent: number): TransformSample => ({
  ...sample,
  gradients: sample.gradients.map((g) => g.map((x) => x * 2 ** exponent)),
});

/** n squares, their sum, a root, a quotient and a product, each rounded: (n + 8)·u, twice that against a careful norm. */
const roundings = (n: number, dtype: Dtype): number => 2 * (n + 8) * unitRoundoff(dtype);

const clipped = (sample: TransformSample, { limit, by }: Clips, tolerance: number) => {
  const [before = []] = sample.gradients;
  const after = gradientSeen(sample.transform, sample.dtype, sample);
  const slack = tolerance * roundings(before.length, sample.dtype);
  return groupsOf(sample, by, before).map((group, i) => ({
    before: group,
    after: groupsOf(sample, by, after)[i] ?? [],
    length: norm(group),
    limit,
    slack,
    where:
      by === 'globalNorm'
        ? 'the whole gradient'
        : by === 'norm'
          ? `the gradient of parameter ${i}`
          : `gradient.${placeOf(sample.leaves, i)}`,
  }));
};

type Clipped = ReturnType<typeof clipped>[number];

const shortens = ({ after, before, length, limit, slack, where }: Clipped): Verdict => {
  const shortened = norm(after);
  return all(
    holds(shortened <= limit * (1 + slack), `at most ${limit} long`, `${shortened} long: ${code(after)}`, where),
    holds(shortened <= length * (1 + slack), `no longer than ${length}`, `${shortened} long: ${code(after)}`, where),
    holds(
      length < limit * (1 + slack) || shortened >= limit * (1 - slack),
      `${limit} long, from ${length}: ${code(before)}`,
      `${shortened} long: ${code(after)}`,
      where,
    ),
  );
};

const keepsWay = ({ after, before, length, slack, where }: Clipped): Verdict => {
  const shortened = norm(after);
  const away = norm(before.map((g, i) => g * (shortened / (length || 1)) - (after[i] ?? NaN)));
  return holds(
    away <= 4 * slack * shortened + 2 ** -120,
    'the direction that it had',
    `${code(before)} became ${code(after)}`,
    where,
  );
};

const untouched = ({ after, before, length, limit, slack, where }: Clipped): Verdict =>
  length > limit * (1 - slack)
    ? undefined
    : holds(code(before) === code(after), `${code(before)}, within the limit`, code(after), where);

const clippingLaws = (
  samples: fc.Arbitrary<TransformSample>,
  clips: Clips,
  options: TransformOptions,
): readonly Law[] => {
  // From well within the limit to far beyond it.
  const reach = Math.ceil(Math.log2(clips.limit));
  const sizes = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -10, max: 10 })).map((k) => k + reach - 1);
  const each = (name: string, statement: string, formula: string, judge: (of: Clipped) => Verdict): Law =>
    law(
      name,
      statement,
      fc.tuple(samples, sizes).map(([sample, exponent]) => sized(sample, exponent)),
      (sample) => all(...clipped(sample, clips, toleranceOf(options)).map(judge)),
      { runs: runsOf(options, 50), show: showSample, formula },
    );
  return [
    each(
      'clips to the limit',
      'a longer gradient gets the length of the limit, and none gets longer',
      '‖clip(g)‖ = min(‖g‖, limit)',
      shortens,
    ),
    each(
      'clipping keeps the direction',
      'what is clipped together keeps its direction',
      'clip(g) = (‖clip(g)‖ ÷ ‖g‖)·g',
      keepsWay,
    ),
    each(
      'within the limit nothing changes',
      'a gradient within the limit keeps its bits',
      '‖g‖ ≤ limit ⇒ clip(g) = g',
      untouched,
    ),
  ];
};

const transcribed =
  (expected: NonNullable<TransformOptions['expected']>, tolerance: number) =>
  (sample: TransformSample): Verdict => {
    const [gradient = []] = sample.gradients;
    const [parameters, gradients] = [split(sample, sample.from), split(sample, gradient)];
    const wanted = expected(
      sample.leaves.map(({ role }, i) => ({ role, parameter: parameters[i] ?? [], gradient: gradients[i] ?? [] })),
    ).flat();
    const received = gradientSeen(sample.transform, sample.dtype, sample);
    const most = Math.max(0, ...sample.from.map(Math.abs), ...gradient.map(Math.abs), ...wanted.map(Math.abs));
    const bound = tolerance * most * (2 ** -26 + roundings(received.length, sample.dtype));
    return all(
      ...received.map((x, i) =>
        Math.abs(x - (wanted[i] ?? NaN)) <= bound
          ? undefined
          : {
              expected: code(wanted[i]),
              received: code(x),
              where: `gradient.${placeOf(sample.leaves, i)}`,
              tolerance: `${bound}: half the digits, and roundings of norms`,
            },
      ),
    );
  };

const decayed =
  ({ rate, of }: NonNullable<TransformOptions['decays']>, tolerance: number) =>
  (sample: TransformSample): Verdict => {
    const [gradient = []] = sample.gradients;
    const received = gradientSeen(sample.transform, sample.dtype, sample);
    const roles = rolesOf(sample.leaves);
    return all(
      ...received.map((x, i): Verdict => {
        const [g, p] = [gradient[i] ?? NaN, sample.from[i] ?? NaN];
        if (of === 'weights' && roles[i] === 'bias')
          return holds(x === g, `${g}, a bias’ gradient as it was`, code(x), `gradient.${placeOf(sample.leaves, i)}`);
        const expected = g + rate * p;
        const bound = tolerance * 4 * unitRoundoff(sample.dtype) * (Math.abs(g) + Math.abs(rate * p));
        return Math.abs(x - expected) <= bound
          ? undefined
          : {
              expected: code(expected),
              received: code(x),
              where: `gradient.${placeOf(sample.leaves, i)}`,
              tolerance: `${bound}: a product and a sum`,
            };
      }),
    );
  };

/** The laws of what a transform makes of gradients. */
export const gradientLaws = (transforms: fc.Arbitrary<Transform>, options: TransformOptions): readonly Law[] => {
  const { expected, clips, decays } = options;
  const samples = samplesOf(transforms, options, 1);
  const tolerance = toleranceOf(options);
  return [
    ...(expected === undefined
      ? []
      : [
          law(
            'formula',
            'the optimizer inside is given the gradient that the transcription says',
            samples,
            transcribed(expected, tolerance),
            {
              runs: runsOf(options, 60),
              show: showSample,
              formula: 'g′ = expected(θ, g)',
            },
          ),
        ]),
    ...(clips === undefined ? [] : clippingLaws(samples, clips, options)),
    ...(decays === undefined
      ? []
      : [
          law(
            'decay is added to the gradient',
            'the optimizer inside is given g + λθ for what decays, and g as it was for what does not',
            samples,
            decayed(decays, tolerance),
            { runs: runsOf(options, 60), show: showSample, formula: 'g′ = g + λθ' },
          ),
        ]),
  ];
};
