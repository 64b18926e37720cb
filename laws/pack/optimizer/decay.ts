/** What becomes of numbers whose gradient is 0: nothing, or they decay. */
import * as fc from 'fast-check';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { OptimizerOptions } from './options.ts';
import { type Course, numbersOf, type OptimizerSample, placeOf, rolesOf, run, showWith } from './run.ts';

const still = (course: Course): Course => ({ ...course, gradients: course.gradients.map((g) => g.map(() => 0)) });

/** Which numbers may shrink by themselves. */
export const decays = (leaves: Course['leaves'], decay: 'none' | 'weights' | 'all'): readonly boolean[] =>
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
            `params.${placeOf(course.leaves, i)}, after ${t} steps of gradient 0`,
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
          const where = `params.${placeOf(course.leaves, i)}, after ${t} steps of gradient 0`;
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

/** The laws of gradients that are 0. */
export const decayLaws = <S>(samples: fc.Arbitrary<OptimizerSample>, options: OptimizerOptions<S>): readonly Law[] => {
  const { decay = 'none' } = options;
  const formats = fc.constantFrom(...dtypesOf(options));
  const runs = runsOf(options, 20);
  const show = showWith('dtype');
  return [
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
  ];
};
