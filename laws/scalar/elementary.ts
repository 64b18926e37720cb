/**
 * The elementary functions: right to 2 ulp in f64 against 60 decimal digits and in f32 against f64, exact where C and IEEE
 * 754 say so, monotone across their seams.
 */
import * as fc from 'fast-check';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { expand } from '../../src/scalar/elementary/index.ts';
import { trigonometricLimit } from '../../src/scalar/elementary/trigonometric.ts';
import { type ElementaryUnary, type Expr, input, select, tanh } from '../../src/scalar/expr.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { bitsLaws } from './elementary-bits.ts';
import { crossingLaws } from './elementary-crossings.ts';
import { f32Error } from './elementary-error.ts';
import { formulaLaws } from './elementary-formula.ts';
import { of, powerIn } from './elementary-functions.ts';
import { breakpoints, elementaryNames, neighbour, powers, samples32, samples64 } from './elementary-samples.ts';
import { specialValues } from './elementary-special.ts';
import { errorInUlps, exactly, powerOf, truth } from './elementary-truth.ts';

const dtypes: readonly Dtype[] = ['f32', 'f64'];
const bound = 2;
const tolerance = 'the bound that the design states: 2 units in the last place';

const domain: Partial<Record<ElementaryUnary, (dtype: Dtype, x: number) => boolean>> = {
  log: (_, x) => x >= 0,
  log1p: (_, x) => x >= -1,
  sin: (dtype, x) => Math.abs(x) <= trigonometricLimit[dtype],
  cos: (dtype, x) => Math.abs(x) <= trigonometricLimit[dtype],
};
const within = (dtype: Dtype, name: ElementaryUnary, x: number): boolean => domain[name]?.(dtype, x) ?? true;

const close = (error: number, expected: string, received: number): Verdict =>
  error <= bound ? undefined : { expected, received: `${received}, ${error} ulp away`, tolerance };

const accurate64 = (name: ElementaryUnary): Law => {
  const f = of('f64', name);
  return law(
    `${name} in f64`,
    'is within 2 ulp of the real number; at ±0 and ±∞ see the special values',
    samples64(name).filter((x) => Number.isFinite(x) && x !== 0),
    (x) => {
      const received = f(x);
      if (!within('f64', name, x)) return same(Number.NaN, received);
      const real = truth[name](exactly(x));
      return close(errorInUlps(received, real), real.toPrecision(25), received);
    },
    { runs: 150 },
  );
};

/** The f64 body stands for the real number: its 2 ulp are 2⁻²⁸ ulp of f32. */
const accurate32 = (name: ElementaryUnary): Law => {
  const [f, g] = [of('f32', name), of('f64', name)];
  return law(
    `${name} in f32`,
    'is within 2 ulp of its f64 form, and NaN or infinite where that, rounded, is',
    fc.array(samples32(name), { minLength: 32, maxLength: 32 }),
    (xs) =>
      all(
        ...xs.map((x) => {
          const received = f(x);
          return within('f32', name, x)
            ? close(f32Error(received, g(x)), `${g(x)} at ${x}`, received)
            : same(Number.NaN, received);
        }),
      ),
    { runs: 60 },
  );
};

const increasing: readonly ElementaryUnary[] = elementaryNames.filter((name) => name !== 'sin' && name !== 'cos');

/** Neighbours on both sides of a seam, in order. */
const around = (dtype: Dtype, seam: number): readonly number[] =>
  Array.from({ length: 33 }, (_, i) => neighbour(dtype, seam < 0 ? 16 - i : i - 16)(round(dtype)(seam))).sort(
    (a, b) => a - b,
  );

const monotone =
  (dtype: Dtype) =>
  (name: ElementaryUnary): Law => {
    const f = of(dtype, name);
    return lawOf(
      `${name} in ${dtype}`,
      'does not fall from one number to the next, 16 to either side of each seam of its body',
      breakpoints(dtype, name).filter((x) => x !== 0),
      (seam) => {
        const xs = around(dtype, seam);
        const ys = xs.map(f);
        const fall = ys.findIndex((y, i) => y < (ys[i - 1] ?? y));
        return holds(fall < 0, `at least ${ys[fall - 1]} at ${xs[fall]}, after ${xs[fall - 1]}`, String(ys[fall]));
      },
    );
  };

const power64 = law(
  'pow in f64',
  'is within 2 ulp of the real power, a negative base to a whole exponent included',
  powers('f64').filter(([x, y]) => Number.isFinite(x) && x !== 0 && y !== 0),
  ([x, y]) => {
    const received = powerIn('f64')(x, y);
    const real = powerOf(exactly(x), exactly(y)).times(x < 0 && Math.abs(y) % 2 === 1 ? -1 : 1);
    return close(errorInUlps(received, real), real.toPrecision(25), received);
  },
  { runs: 200 },
);

const power32 = law(
  'pow in f32',
  'is within 2 ulp of its f64 form',
  fc.array(powers('f32'), { minLength: 16, maxLength: 16 }),
  (pairs) => {
    const [f, g] = [powerIn('f32'), powerIn('f64')];
    return all(...pairs.map(([x, y]) => close(f32Error(f(x, y), g(x, y)), `${g(x, y)} at ${x} ^ ${y}`, f(x, y))));
  },
  { runs: 60 },
);

/** Odd functions are odd to the last bit: their bodies never look at the sign but to put it back. */
const odd = dtypes.flatMap((dtype) =>
  (['tanh', 'erf'] as const).map((name) => {
    const f = of(dtype, name);
    return law(`${name} in ${dtype} is odd`, 'f(−x) = −f(x) in every bit', samples64(name), (x) => same(-f(x), f(-x)));
  }),
);

/** tanh of tanh … of x, and a node that uses each call twice. */
const nested = (depth: number): Expr<'x'> =>
  Array.from({ length: depth }).reduce<Expr<'x'>>((e) => {
    const inner = tanh(e);
    return select('less')(inner, 0, inner, e);
  }, input('x'));

const expansion = lawOf(
  'expand',
  'leaves no call, costs the same for each call, and returns what has none',
  dtypes,
  (dtype) => {
    const sizes = [1, 2, 30].map((depth) => nodes(expand(dtype)(nested(depth))).length);
    const [first = 0, second = 0, last = 0] = sizes;
    const flat = expand(dtype)(nested(5));
    return all(
      holds(
        nodes(flat).every(({ kind }) => kind !== 'call'),
        'no call',
        'a call',
      ),
      holds(last === first + 29 * (second - first), `${first + 29 * (second - first)} nodes for 30 calls`, `${last}`),
      holds(expand(dtype)(flat) === flat, 'the expression itself', 'another'),
    );
  },
);

export const elementaryLaws = lawSet(
  'elementary functions',
  [expansion],
  [
    lawSet('accuracy', [...elementaryNames.map(accurate64), power64, ...elementaryNames.map(accurate32), power32]),
    lawSet(
      'monotone',
      dtypes.flatMap((dtype) => increasing.map(monotone(dtype))),
    ),
    lawSet('special values', dtypes.flatMap(specialValues)),
    bitsLaws,
    crossingLaws,
    lawSet('symmetry', odd),
    formulaLaws,
  ],
);
