/** Where an optimizer moves the parameters: number by number, downhill, and not without a gradient. */
import * as fc from 'fast-check';
import type { Optimizer } from '../../../src/optimizer/optimizer.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { size } from '../../../src/tensor/shape.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { OptimizerOptions } from './options.ts';
import {
  type Course,
  countOf,
  courses,
  evaluationOf,
  numbersOf,
  type OptimizerSample,
  type Params,
  paramsOf,
  plain,
  rolesOf,
  run,
  type State,
  showSample,
  stepIn,
} from './run.ts';

const show = ([sample, ...rest]: readonly [OptimizerSample, ...unknown[]]): string =>
  `[${[showSample(sample), ...rest.map(code)].join(', ')}]`;

/** Every number that a state holds at one place: of the parameters and of each vector. */
const columnAt = ({ params, slots }: State, at: number): Readonly<Record<string, number>> => {
  const pick = (of: Params): number => numbersOf(of)[at] ?? NaN;
  return {
    parameter: pick(params),
    ...Object.fromEntries(Object.entries(slots.vectors).map(([name, of]) => [`slot ${name}`, pick(of)])),
  };
};

const sameColumns = (expected: State, received: State, from: number, to: number, where: string): Verdict => {
  const [a, b] = [columnAt(expected, from), columnAt(received, to)];
  return all(
    ...Object.keys(a).map((name) =>
      holds(Object.is(a[name], b[name]), code(a[name]), code(b[name]), `${where}: ${name} of number ${to}`),
    ),
  );
};

/** A number by itself, with its own gradients. */
const alone = ({ optimizer, ...course }: OptimizerSample, which: number, dtype: Dtype): Verdict => {
  const at = which % countOf(course.leaves);
  const role = rolesOf(course.leaves)[at] ?? 'weight';
  const single: Course = {
    leaves: [{ role, shape: [1] }],
    from: [course.from[at] ?? NaN],
    gradients: course.gradients.map((g) => [g[at] ?? NaN]),
    losses: course.losses,
  };
  const [together, apart] = [run(dtype, optimizer, course), run(dtype, optimizer, single)];
  return all(
    ...apart.map((state, t) => {
      const other = together[t];
      return other === undefined ? undefined : sameColumns(state, other, 0, at, `after step ${t}, as it goes alone`);
    }),
  );
};

/** The place that element i of each parameter is moved to: `by` further on in the same parameter. */
const rotated = (leaves: Course['leaves'], by: number): readonly number[] =>
  leaves.flatMap(({ shape }, which) => {
    const [start, n] = [countOf(leaves.slice(0, which)), size(shape)];
    return Array.from({ length: n }, (_, i) => start + ((i + by) % n));
  });

const permuted = ({ optimizer, ...course }: OptimizerSample, by: number, dtype: Dtype): Verdict => {
  const source = rotated(course.leaves, by);
  const move = (x: readonly number[]): readonly number[] => source.map((from) => x[from] ?? NaN);
  const straight = run(dtype, optimizer, course);
  const moved = run(dtype, optimizer, { ...course, from: move(course.from), gradients: course.gradients.map(move) });
  return all(
    ...straight.map((state, t) => {
      const other = moved[t];
      return all(
        ...source.map((from, to) =>
          other === undefined ? undefined : sameColumns(state, other, from, to, `after step ${t}, permuted`),
        ),
      );
    }),
  );
};

const still = (course: Course): Course => ({ ...course, gradients: course.gradients.map((g) => g.map(() => 0)) });

/** Which numbers may shrink by themselves. */
const decays = (leaves: Course['leaves'], decay: 'none' | 'weights' | 'all'): readonly boolean[] =>
  rolesOf(leaves).map((role) => decay === 'all' || (decay === 'weights' && role === 'weight'));

const rests = ({ optimizer, ...course }: OptimizerSample, decay: 'none' | 'weights', dtype: Dtype): Verdict => {
  const shrinks = decays(course.leaves, decay);
  return all(
    ...run(dtype, optimizer, still(course)).map((state, t) =>
      all(
        ...numbersOf(state.params).map((p, i) =>
          holds(
            shrinks[i] === true || p === course.from[i],
            code(course.from[i]),
            code(p),
            `number ${i}, after ${t} steps of gradient 0`,
          ),
        ),
      ),
    ),
  );
};

/** With no gradient, twice a number shrinks to twice as much, to the bit: neither moments nor ε have a part in it. */
const proportional = ({ optimizer, ...course }: OptimizerSample, decay: 'weights' | 'all', dtype: Dtype): Verdict => {
  const shrinks = decays(course.leaves, decay);
  const once = run(dtype, optimizer, still(course));
  const twice = run(dtype, optimizer, still({ ...course, from: course.from.map((x) => 2 * x) }));
  return all(
    ...once.map((state, t) => {
      const doubled = numbersOf(twice[t]?.params ?? {});
      return all(
        ...numbersOf(state.params).map((p, i): Verdict => {
          if (shrinks[i] !== true) return undefined;
          const from = course.from[i] ?? NaN;
          const where = `number ${i}, after ${t} steps of gradient 0`;
          return all(
            holds(
              doubled[i] === 2 * p,
              `${2 * p} from ${2 * from}, twice what becomes of ${from}`,
              code(doubled[i]),
              where,
            ),
            holds(Math.min(0, from) <= p && p <= Math.max(0, from), `between 0 and ${from}`, code(p), where),
          );
        }),
      );
    }),
  );
};

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
            `number ${i}, after step ${t + 1} under the gradient ${g}`,
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
  // At 2⁴⁰ an ε of 1 or less, and its square, are below half a unit of rounding of any moment.
  const base = scale === 'linear' ? 0 : 40;
  const from = course.from.map(() => 0);
  const at = (e: number) =>
    run(dtype, optimizer, {
      ...course,
      from,
      gradients: course.gradients.map((g) => g.map((x) => (x === 0 ? 1 : x) * 2 ** e)),
    });
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
            `number ${i}, after step ${t} under 2^${exponent} times the gradients`,
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
        holds(Number.isFinite(p), 'a finite number', code(p), `number ${i}, after step ${t}`),
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
  const { elementwise = true, decay = 'none', scale } = options;
  const runs = runsOf(options, 30);
  const formats = fc.constantFrom(...dtypesOf(options));
  return [
    ...(elementwise
      ? [
          law(
            'numbers are independent',
            'what becomes of a number, and of its slots, is what would become of it alone, whatever stands beside it',
            fc.tuple(samples, fc.nat(20), formats),
            ([sample, which, dtype]) => alone(sample, which, dtype),
            { runs, show, formula: 'step(s, g, θ)ᵢ = step(sᵢ, gᵢ, θᵢ)' },
          ),
          law(
            'elements permute',
            'permuted parameters and gradients give the permuted parameters and slots',
            fc.tuple(samples, fc.integer({ min: 1, max: 5 }), formats),
            ([sample, by, dtype]) => permuted(sample, by, dtype),
            { runs, show, formula: 'step(πs, πg, πθ) = π step(s, g, θ)' },
          ),
        ]
      : []),
    ...(decay === 'none'
      ? [
          law(
            'no gradient, no motion',
            'where every gradient was 0 no number moves',
            fc.tuple(samples, formats),
            ([sample, dtype]) => rests(sample, 'none', dtype),
            { runs, show, formula: 'g₁ = … = gₜ = 0 ⇒ θₜ = θ₀' },
          ),
        ]
      : []),
    ...(decay === 'weights'
      ? [
          law(
            'decay spares biases',
            'where every gradient was 0 no bias moves',
            fc.tuple(samples, formats),
            ([sample, dtype]) => rests(sample, 'weights', dtype),
            { runs, show, formula: 'g₁ = … = gₜ = 0 ⇒ bₜ = b₀' },
          ),
        ]
      : []),
    ...(decay === 'none'
      ? []
      : [
          law(
            'decay is in proportion',
            'where every gradient was 0 what decays shrinks towards 0, twice as large a number to twice as much: decay is not led through the moments',
            fc.tuple(samples, formats),
            ([sample, dtype]) => proportional(sample, decay, dtype),
            { runs, show, formula: 'g₁ = … = gₜ = 0 ⇒ θₜ(2θ₀) = 2θₜ(θ₀), 0 ≤ θₜ ÷ θ₀ ≤ 1' },
          ),
        ]),
    ...(decay === 'all'
      ? []
      : [
          law(
            'downhill',
            'under a gradient that stays, no step moves a number along it',
            fc.tuple(samples, fc.integer({ min: 1, max: 8 }), formats),
            ([sample, steps, dtype]) => downhill(sample, steps, decay, dtype),
            { runs, show, formula: '(θₜ − θₜ₋₁)·sign(g) ≤ 0' },
          ),
        ]),
    law(
      'descends a quadratic',
      `after ${DESCENT} steps the loss of a convex quadratic is less than at the start`,
      fc.tuple(optimizers, valleys(decay !== 'none')),
      ([optimizer, valley]) => descends(optimizer, valley),
      {
        runs: runsOf(options, 20),
        show: ([optimizer, valley]) => code([optimizer.description, valley]),
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
              show,
              formula: scale === 'linear' ? 'θₜ(2ⁿg) = 2ⁿθₜ(g) from θ₀ = 0' : 'θₜ(2ⁿg) = θₜ(g) from θ₀ = 0',
            },
          ),
        ]),
    law(
      'finite',
      'finite gradients of any size, 0 among them, leave parameters and slots finite',
      fc.tuple(samples, fc.integer({ min: -30, max: 10 }), formats),
      ([sample, exponent, dtype]) => finite(sample, exponent, dtype),
      { runs: runsOf(options, 40), show, formula: '|g| < ∞ ⇒ |θ| < ∞' },
    ),
  ];
};

/** What those laws are tried on. */
export const samplesOf = (optimizers: fc.Arbitrary<Optimizer>, most = 5): fc.Arbitrary<OptimizerSample> =>
  fc.tuple(optimizers, courses(most, roundNumbers(4))).map(([optimizer, course]) => ({ optimizer, ...course }));
