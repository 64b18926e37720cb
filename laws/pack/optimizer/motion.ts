/** Where an optimizer moves the parameters: downhill, by as much as gradients say, and never to ∞. */
import * as fc from 'fast-check';
import type { Optimizer } from '../../../src/optimizer/optimizer.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf } from '../options.ts';
import { decays } from './decay.ts';
import type { OptimizerOptions } from './options.ts';
import {
  type Course,
  evaluationOf,
  numbersOf,
  type OptimizerSample,
  paramsOf,
  placeOf,
  plain,
  run,
  showWith,
  stepIn,
} from './run.ts';

/** Under one gradient again and again nothing moves along it. */
const downhill = (
  { optimizer, ...course }: OptimizerSample,
  steps: number,
  decay: 'none' | 'weights',
  dtype: Dtype,
): Verdict => {
  const exempt = decays(course.leaves, decay);
  const gradient = course.gradients[0] ?? [];
  const states = run(dtype, optimizer, { ...course, gradients: Array.from({ length: steps }, () => gradient) });
  return all(
    ...states.slice(1).map((state, t) => {
      const before = numbersOf(states[t]?.params ?? {});
      return all(
        ...numbersOf(state.params).map((p, i) => {
          const [from, g] = [before[i] ?? NaN, gradient[i] ?? NaN];
          return holds(
            exempt[i] === true || (p - from) * Math.sign(g) <= 0,
            `at ${g > 0 ? 'most' : 'least'} ${from}`,
            code(p),
            `params.${placeOf(course.leaves, i)}, after step ${t + 1} under the gradient ${g}`,
          );
        }),
      );
    }),
  );
};

/** How many steps a quadratic is descended for. */
const DESCENT = 40;

interface Valley {
  readonly curvatures: readonly number[];
  readonly minimum: readonly number[];
  readonly from: readonly number[];
}

const valleys = (centred: boolean): fc.Arbitrary<Valley> => {
  const three = <A>(one: fc.Arbitrary<A>) => fc.array(one, { minLength: 3, maxLength: 3 });
  return fc
    .tuple(
      three(fc.constantFrom(1, 0.5, 0.25)),
      three(centred ? fc.constant(0) : roundNumbers(2)),
      three(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean())),
    )
    .map(([curvatures, minimum, away]) => ({
      curvatures,
      minimum,
      from: minimum.map((m, i) => m + (away[i]?.[1] === true ? -1 : 1) * (away[i]?.[0] ?? 1)),
    }));
};

const descends = (optimizer: Optimizer, { curvatures, minimum, from }: Valley): Verdict => {
  const leaves: Course['leaves'] = [
    { role: 'weight', shape: [2] },
    { role: 'bias', shape: [1] },
  ];
  const slopes = (x: readonly number[]): readonly number[] =>
    x.map((p, i) => (curvatures[i] ?? NaN) * (p - (minimum[i] ?? NaN)));
  const lossAt = (x: readonly number[]): number =>
    slopes(x).reduce((sum, g, i) => sum + (g * ((x[i] ?? NaN) - (minimum[i] ?? NaN))) / 2, 0);
  let state = run('f64', optimizer, { leaves, from, gradients: [], losses: [] })[0];
  for (let t = 0; t < DESCENT && state !== undefined; t++) {
    const x = numbersOf(state.params);
    const evaluation = evaluationOf('f64', { leaves, from, gradients: [slopes(x)], losses: [lossAt(x)] }, 0);
    state = stepIn(plain('f64'), optimizer, leaves, state, evaluation);
  }
  const end = numbersOf(state?.params ?? paramsOf('f64', leaves, []));
  return holds(
    lossAt(end) < lossAt(from),
    `less than ${lossAt(from)}, the loss at the start`,
    `${lossAt(end)} at ${code(end)}`,
    `after ${DESCENT} steps`,
  );
};

/** A run of two sizes of gradients, from 0, where twice a number is exact. */
const scaled = (
  { optimizer, ...course }: OptimizerSample,
  scale: 'linear' | 'invariant',
  exponent: number,
  dtype: Dtype,
): Verdict => {
  // Beside gradients this large an ε below 2⁻¹⁰ is less than half a unit of rounding of any moment, and so is its square.
  const base = scale === 'linear' ? 0 : dtype === 'f64' ? 200 : 52;
  const from = course.from.map(() => 0);
  const far = (x: number): number => (scale === 'linear' ? x : x < 0 ? x - 1 : x + 1);
  const at = (e: number) =>
    run(dtype, optimizer, { ...course, from, gradients: course.gradients.map((g) => g.map((x) => far(x) * 2 ** e)) });
  const [usual, larger] = [at(base), at(base + exponent)];
  const by = scale === 'linear' ? 2 ** exponent : 1;
  return all(
    ...usual.map((state, t) => {
      const other = numbersOf(larger[t]?.params ?? {});
      return all(
        ...numbersOf(state.params).map((p, i) =>
          holds(
            other[i] === by * p,
            code(by * p),
            code(other[i]),
            `params.${placeOf(course.leaves, i)}, after step ${t} under 2^${exponent} times the gradients`,
          ),
        ),
      );
    }),
  );
};

/** Gradients from far below ε to far above everything: at every size something goes on. */
const finite = ({ optimizer, ...course }: OptimizerSample, exponent: number, dtype: Dtype): Verdict =>
  all(
    ...run(dtype, optimizer, {
      ...course,
      gradients: course.gradients.map((g) => g.map((x) => x * 2 ** exponent)),
    }).flatMap(({ params, slots }, t) => [
      ...numbersOf(params).map((p, i) =>
        holds(Number.isFinite(p), 'a finite number', code(p), `params.${placeOf(course.leaves, i)}, after step ${t}`),
      ),
      ...Object.entries(slots.vectors).map(([name, of]) =>
        holds(
          numbersOf(of).every(Number.isFinite),
          'finite numbers',
          code(numbersOf(of)),
          `slot ${name}, after step ${t}`,
        ),
      ),
    ]),
  );

/** The laws of where an optimizer moves the parameters. */
export const motionLaws = <S>(
  optimizers: fc.Arbitrary<Optimizer>,
  samples: fc.Arbitrary<OptimizerSample>,
  options: OptimizerOptions<S>,
): readonly Law[] => {
  const { decay = 'none', scale } = options;
  const runs = runsOf(options, 20);
  const formats = fc.constantFrom(...dtypesOf(options));
  return [
    ...(decay === 'all'
      ? []
      : [
          law(
            'downhill',
            'under a gradient that stays, no step moves a number along it',
            fc.tuple(samples, fc.integer({ min: 1, max: 8 }), formats),
            ([sample, steps, dtype]) => downhill(sample, steps, decay, dtype),
            { runs, show: showWith('steps', 'dtype'), formula: '(θₜ − θₜ₋₁)·sign(g) ≤ 0' },
          ),
        ]),
    law(
      'descends a quadratic',
      `after ${DESCENT} steps the loss of a convex quadratic is less than at the start`,
      fc.tuple(optimizers, valleys(decay !== 'none')),
      ([optimizer, valley]) => descends(optimizer, valley),
      {
        runs: runsOf(options, 12),
        show: ([optimizer, valley]) => code({ optimizer: optimizer.description, ...valley }),
        formula: `f(θ) = ½Σhᵢ(θᵢ − mᵢ)²: f(θ${DESCENT}) < f(θ₀)`,
      },
    ),
    ...(scale === undefined
      ? []
      : [
          law(
            `scale is ${scale}`,
            scale === 'linear'
              ? 'larger gradients make steps larger by as much'
              : 'gradients of another size make the same steps, where ε vanishes beside them',
            fc.tuple(samples, fc.integer({ min: 1, max: 5 }), formats),
            ([sample, exponent, dtype]) => scaled(sample, scale, exponent, dtype),
            {
              runs,
              show: showWith('exponent', 'dtype'),
              formula: scale === 'linear' ? 'θₜ(2ⁿg) = 2ⁿθₜ(g) from θ₀ = 0' : 'θₜ(2ⁿg) = θₜ(g) from θ₀ = 0',
            },
          ),
        ]),
    law(
      'finite',
      'finite gradients of any size, 0 among them, leave parameters and slots finite',
      fc.tuple(samples, fc.integer({ min: -30, max: 10 }), formats),
      ([sample, exponent, dtype]) => finite(sample, exponent, dtype),
      { runs: runsOf(options, 40), show: showWith('exponent', 'dtype'), formula: '|g| < ∞ ⇒ |θ| < ∞' },
    ),
  ];
};
