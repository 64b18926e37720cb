/**
 * The sine and cosine where their reduction leaves least: at the numbers nearest to multiples of π/2. There a part of π/2
 * that is slightly off shows, as nowhere else.
 */
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { all, holds, type Law, type LawSet, lawOf, lawSet } from '../law.ts';
import { f32Error } from './elementary-error.ts';
import { of } from './elementary-functions.ts';
import { errorInUlps, exactly, truth } from './elementary-truth.ts';

const BOUND = 2;
const NAMES = ['sin', 'cos'] as const;

/** Of the multiples of π/2 up to 2²⁰·π/2 some of those that a number of the format is nearest to, by a search of all. */
const NEAREST: readonly number[] = [
  204551, 409102, 818204, 263205, 554999, 526410, 321859, 291794, 789615, 380513, 233140, 437691, 643718, 846793,
];

const at = (dtype: Dtype, k: number): number => round(dtype)((k * Math.PI) / 2);

const near64 = lawOf(
  'nearest multiples of π/2 in f64',
  'sine and cosine are within 2 ulp of the real numbers',
  NEAREST,
  (k) =>
    all(
      ...NAMES.map((name) => {
        const x = at('f64', k);
        const [received, real] = [of('f64', name)(x), truth[name](exactly(x))];
        return holds(errorInUlps(received, real) <= BOUND, real.toPrecision(25), `${received}`, `${name} ${x}`);
      }),
    ),
);

/** In f32 there are few enough to ask at all of them. */
const near32: readonly Law[] = NAMES.map((name) => {
  const [f, g] = [of('f32', name), of('f64', name)];
  return lawOf(
    `${name} at multiples of π/2 in f32`,
    'is within 2 ulp of its f64 form',
    Array.from({ length: 8190 }, (_, i) => i + 1),
    (k) => {
      const x = at('f32', k);
      return holds(f32Error(f(x), g(x)) <= BOUND, `${g(x)} at ${x}`, `${f(x)}, ${f32Error(f(x), g(x))} ulp away`);
    },
  );
});

export const crossingLaws: LawSet = lawSet('crossings', [near64, ...near32]);
