/** When a transform lets the optimizer inside take a step, and what it prefers to where that is. */
import type * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import { reference } from '../../../src/ops/reference/reference.ts';
import { type Optimizer, preferred } from '../../../src/optimizer/optimizer.ts';
import type { Transform } from '../../../src/optimizer/transform/transform.ts';
import { unitRoundoff } from '../../../src/scalar/dtype.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { all, code, holds, type Law, law, sameTensor, type Verdict } from '../../law.ts';
import { declarationOf, type Form, numbersOf, placeOf, run, type State, sameParams } from '../optimizer/run.ts';
import { runsOf, toleranceOf } from '../options.ts';
import { samplesOf, showSample, type TransformSample } from './gradients.ts';
import type { TransformOptions } from './options.ts';
import { halfway, rolling } from './probes.ts';

/** In the units that gradients are drawn in all sums are exact, so are means of a power of two of them. */
const mean = (gradients: ReadonlyArray<readonly number[]>, round: (x: number) => number): readonly number[] => {
  const [first = [], ...rest] = gradients;
  const sum = rest.reduce((all, g) => all.map((x, i) => x + (g[i] ?? NaN)), first);
  return sum.map((x) => round(x / gradients.length));
};

const gathered =
  (every: number, tolerance: number) =>
  (sample: TransformSample): Verdict => {
    const { transform, dtype, ...course } = sample;
    const round = dtype === 'f32' ? Math.fround : (x: number) => x;
    const means = Array.from({ length: Math.floor(course.gradients.length / every) }, (_, i) =>
      mean(course.gradients.slice(i * every, (i + 1) * every), round),
    );
    const direct = run(dtype, rolling, { ...course, gradients: means });
    const states = run(dtype, transform(rolling), course);
    return all(
      ...states.map((state, t) => {
        const other = direct[Math.floor(t / every)];
        const [expected, received] = [numbersOf(other?.params ?? {}), numbersOf(state.params)];
        // Another order of n additions and one division a mean, of numbers of at most 4; half of it reaches a parameter.
        const bound = t % every === 0 ? tolerance * unitRoundoff(dtype) * 4 * (every + 2) * t : 0;
        return all(
          ...received.map((x, i) =>
            Math.abs(x - (expected[i] ?? NaN)) <= bound
              ? undefined
              : {
                  expected: code(expected[i]),
                  received: code(x),
                  where: `params.${placeOf(course.leaves, i)}, after ${t} gradients`,
                  tolerance: `${bound}: sums in another order`,
                },
          ),
        );
      }),
    );
  };

const preferredOf = (optimizer: Optimizer, { leaves, dtype }: TransformSample, state: State) =>
  preferred<Form, Tensor>(reference(dtype), optimizer, declarationOf(leaves), state.slots);

/** A mean, however weighted, lies between the least and the greatest of what it is of. */
const between =
  (tolerance: number) =>
  (sample: TransformSample): Verdict => {
    const { transform, dtype, ...course } = sample;
    const optimizer = transform(halfway);
    const states = run(dtype, optimizer, course);
    const plain = run(dtype, halfway, course);
    return all(
      ...states.map((state, t): Verdict => {
        const moved = sameParams(plain[t]?.params ?? {}, state.params, `params, after step ${t}`);
        if (moved !== undefined) return moved;
        const average = preferredOf(optimizer, sample, state);
        if (O.isNone(average)) return undefined;
        const points = plain.slice(0, t + 1).map(({ params }) => numbersOf(params));
        return all(
          ...numbersOf(average.value).map((x, i) => {
            const of = points.map((p) => p[i] ?? NaN);
            const [least, most] = [Math.min(...of), Math.max(...of)];
            // 4 roundings a step of numbers up to the greatest, and what dividing by 1 − dᵗ ≥ 2⁻¹⁰ makes of them.
            const slack =
              tolerance * unitRoundoff(dtype) * 4 * (t + 1) * 2 ** 10 * Math.max(Math.abs(least), Math.abs(most));
            return x >= least - slack && x <= most + slack
              ? undefined
              : {
                  expected: `between ${least} and ${most}, where the parameters were`,
                  received: code(x),
                  where: `preferred.${placeOf(course.leaves, i)}, after step ${t}`,
                  tolerance: `${slack}: roundings of a running mean`,
                };
          }),
        );
      }),
      holds(
        states.some((state) => O.isSome(preferredOf(optimizer, sample, state))),
        `an average after ${states.length - 1} steps`,
        'none',
      ),
    );
  };

/** Whether two preferences are of the same bits. */
const samePreference = ({ transform, dtype, ...course }: TransformSample): Verdict => {
  const optimizer = transform(halfway);
  const state = run(dtype, optimizer, course).at(-1);
  if (state === undefined) return undefined;
  const [a, b] = [
    preferredOf(optimizer, { transform, dtype, ...course }, state),
    preferredOf(optimizer, { transform, dtype, ...course }, state),
  ];
  if (O.isNone(a) || O.isNone(b)) return holds(O.isNone(a) === O.isNone(b), 'the same preference again', 'another');
  return all(
    ...Object.entries(a.value).map(([name, x]) => sameTensor(x, b.value[name] ?? x, `preferred.${name}, again`)),
  );
};

/** The laws of when steps are taken, and of averages. */
export const stepLaws = (transforms: fc.Arbitrary<Transform>, options: TransformOptions): readonly Law[] => {
  const { accumulates, averages } = options;
  const [runs, tolerance] = [runsOf(options, 40), toleranceOf(options)];
  return [
    ...(accumulates === undefined
      ? []
      : [
          law(
            'gathers the mean',
            'so many gradients make one step of the optimizer inside, with their mean; in between no parameter moves',
            samplesOf(transforms, options, 3 * accumulates, accumulates),
            gathered(accumulates, tolerance),
            { runs, show: showSample, formula: 'n steps with g₁ … gₙ = one step with (g₁ + … + gₙ) ÷ n' },
          ),
        ]),
    ...(averages === undefined
      ? []
      : [
          law(
            'averages lie between',
            'the average lies between the least and the greatest that each number was, and the parameters go where they would without it',
            samplesOf(transforms, options, 12, 8),
            between(tolerance),
            { runs, show: showSample, formula: 'min θₜ ≤ average ≤ max θₜ' },
          ),
        ]),
    law(
      'prefers the same again',
      'what is preferred is a function of the slots',
      samplesOf(transforms, options, 5),
      samePreference,
      {
        runs: runsOf(options, 10),
        show: showSample,
        formula: 's = s′ ⇒ preferred(s) = preferred(s′)',
      },
    ),
  ];
};
