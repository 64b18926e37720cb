/** What becomes of a number does not depend on the others: the laws of elementwise rules. */
import * as fc from 'fast-check';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { size } from '../../../src/tensor/shape.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { OptimizerOptions } from './options.ts';
import {
  type Course,
  countOf,
  numbersOf,
  type OptimizerSample,
  type Params,
  placeOf,
  rolesOf,
  run,
  type State,
  showWith,
} from './run.ts';

/** Every number that a state holds at one place: of the parameters and of each vector. */
const columnAt = ({ params, slots }: State, at: number): Readonly<Record<string, number>> => {
  const pick = (of: Params): number => numbersOf(of)[at] ?? NaN;
  return {
    params: pick(params),
    ...Object.fromEntries(Object.entries(slots.vectors).map(([name, of]) => [`slots.vectors.${name}`, pick(of)])),
  };
};

const sameColumns = (
  expected: State,
  received: State,
  from: number,
  to: number,
  where: string,
  leaves: Course['leaves'],
): Verdict => {
  const [a, b] = [columnAt(expected, from), columnAt(received, to)];
  return all(
    ...Object.keys(a).map((name) =>
      holds(Object.is(a[name], b[name]), code(a[name]), code(b[name]), `${where}: ${name}.${placeOf(leaves, to)}`),
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
      return other === undefined
        ? undefined
        : sameColumns(state, other, 0, at, `after step ${t}, as it goes alone`, course.leaves);
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
          other === undefined
            ? undefined
            : sameColumns(state, other, from, to, `after step ${t}, permuted`, course.leaves),
        ),
      );
    }),
  );
};

/** The laws of rules that act on each number by itself. */
export const independenceLaws = <S>(
  samples: fc.Arbitrary<OptimizerSample>,
  options: OptimizerOptions<S>,
): readonly Law[] => {
  const formats = fc.constantFrom(...dtypesOf(options));
  return [
    law(
      'numbers are independent',
      'what becomes of a number, and of its slots, is what would become of it alone, whatever stands beside it',
      fc.tuple(samples, fc.nat(20), formats),
      ([sample, which, dtype]) => alone(sample, which, dtype),
      { runs: runsOf(options, 50), show: showWith('which', 'dtype'), formula: 'step(s, g, θ)ᵢ = step(sᵢ, gᵢ, θᵢ)' },
    ),
    law(
      'elements permute',
      'permuted parameters and gradients give the permuted parameters and slots',
      fc.tuple(samples, fc.integer({ min: 1, max: 5 }), formats),
      ([sample, by, dtype]) => permuted(sample, by, dtype),
      { runs: runsOf(options, 15), show: showWith('by', 'dtype'), formula: 'step(πs, πg, πθ) = π step(s, g, θ)' },
    ),
  ];
};
