/**
 * The formulas of the elementary functions without the rounding of their operations: computed to 60 digits, a formula in a
 * format is as near the function as its page states. A coefficient that is slightly off hides behind two units in the last
 * place; it does not hide here.
 */
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { expand, unaryDefinitions } from '../../src/scalar/elementary/index.ts';
import { upperHalf } from '../../src/scalar/elementary/twofold.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { type Binary, call, type ElementaryUnary, type Expr, input, pow, type Unary } from '../../src/scalar/expr.ts';
import { fold, nodes } from '../../src/scalar/nodes.ts';
import { operations } from '../../src/scalar/operations.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { elementaryNames } from './elementary-samples.ts';
import { exactly, truth } from './elementary-truth.ts';

const D = Decimal.clone({ precision: 60, minE: -9e15, maxE: 9e15 });
const dtypes: readonly Dtype[] = ['f32', 'f64'];
const [x, y] = [input('x'), input('y')];

const exponentOf = (a: Decimal): Decimal => {
  const near = a.abs().log(2).floor();
  return D.pow(2, near.plus(1)).lte(a.abs()) ? near.plus(1) : D.pow(2, near).gt(a.abs()) ? near.minus(1) : near;
};

/** Adding it and taking it away again rounds to a whole number in f32, which is all that it is for. */
const ANCHOR = 1.5 * 2 ** 23;

const ofUnary = (node: Unary<string>, a: Decimal): Decimal => {
  switch (node.op) {
    case 'negate':
      return a.negated();
    case 'abs':
      return a.abs();
    case 'sign':
      return new D(a.isZero() ? 0 : a.isNegative() ? -1 : 1);
    case 'sqrt':
      return a.sqrt();
    case 'floor':
      return a.floor();
    case 'exponent':
      return exponentOf(a);
    case 'significand':
      return a.div(D.pow(2, exponentOf(a)));
  }
};

const ofBinary = (node: Binary<string>, a: Decimal, b: Decimal): Decimal => {
  switch (node.op) {
    case 'add':
      return node.right.kind === 'constant' && node.right.value === ANCHOR ? a.plus(b).round() : a.plus(b);
    case 'subtract':
      return a.minus(b);
    case 'multiply':
      return a.times(b);
    case 'divide':
      return a.div(b);
    case 'min':
      return D.min(a, b);
    case 'max':
      return D.max(a, b);
    case 'scale':
      return a.times(D.pow(2, b));
  }
};

/** The value of an expression without rounding, NaN where it has none that is finite. */
const real = (expr: Expr, at: Readonly<Record<string, Decimal>>): Decimal =>
  fold<string, Decimal>((node, of) => {
    switch (node.kind) {
      case 'constant':
        return Number.isFinite(node.value) ? exactly(node.value) : new D(node.value);
      case 'input':
        return at[node.name] ?? new D(Number.NaN);
      case 'unary':
        return ofUnary(node, of(node.x));
      case 'binary':
        return ofBinary(node, of(node.left), of(node.right));
      case 'select': {
        const [a, b] = [of(node.left), of(node.right)];
        const taken = node.relation === 'less' ? a.lt(b) : node.relation === 'equal' ? a.eq(b) : a.lte(b);
        return of(taken ? node.yes : node.no);
      }
      case 'call':
        return new D(Number.NaN);
    }
  })(expr);

/** From 1/6 to 4, evenly, and just within the ends of pieces, where the last coefficients weigh most. */
const grid: readonly number[] = [
  ...Array.from({ length: 24 }, (_, i) => (i + 1) / 6 + 1 / 1024),
  ...[0.49, 0.499, 0.624, 0.699, 0.708, 0.78, 0.919, 1.413],
].map(Math.fround);
const tried = (name: ElementaryUnary): readonly number[] =>
  name === 'log'
    ? grid
    : name === 'log1p'
      ? [...grid, ...grid.map((a) => -a).filter((a) => a > -1)]
      : [...grid, ...grid.map((a) => -a)];

/** The error of a formula in parts of the function, as a power of two: the greatest of all points. */
const formulaError = (dtype: Dtype, name: ElementaryUnary): number => {
  const body = unaryDefinitions[name][dtype](x);
  return Math.max(
    ...tried(name).map((a) => {
      const value = truth[name](exactly(a));
      return real(body, { x: exactly(a) })
        .minus(value)
        .div(value)
        .abs()
        .toNumber();
    }),
  );
};

/**
 * How small the errors are, as powers of two: those that the pages state, of eʳ (exponential.ts) too where it enters, and
 * twice that where two such enter (erf, sin, cos). In eˣ − 1 they count up to eight times, where 2ᵏeʳ is nearly 1. In f32
 * tanh is a sum of two pieces made to meet as computed: beyond the seam it has the roundings of the first at the seam.
 */
const stated: Readonly<Record<ElementaryUnary, Readonly<Record<Dtype, number>>>> = {
  exp: { f32: 28, f64: 59 },
  expm1: { f32: 25, f64: 56 },
  log: { f32: 30, f64: 59 },
  log1p: { f32: 30, f64: 59 },
  tanh: { f32: 23, f64: 59 },
  sigmoid: { f32: 28, f64: 59 },
  softplus: { f32: 28, f64: 58 },
  erf: { f32: 27, f64: 55 },
  sin: { f32: 27, f64: 57 },
  cos: { f32: 27, f64: 57 },
};

const near: readonly Law[] = dtypes.flatMap((dtype) =>
  elementaryNames.map((name) =>
    lawOf(`${name} in ${dtype}`, 'without rounding is as near as its page states', [stated[name][dtype]], (bits) => {
      const error = formulaError(dtype, name);
      return holds(error <= 2 ** -bits, `an error of at most 2^-${bits}`, `2^${Math.log2(error)}`);
    }),
  ),
);

/** How often a body divides, the dearest of operations: rationals and exponentials in f64, quotients, nothing else. */
const divisions: ReadonlyArray<readonly [of: Expr, f32: number, f64: number]> = [
  [call('exp')(x), 0, 1],
  [call('expm1')(x), 0, 1],
  [call('log')(x), 1, 1],
  [call('log1p')(x), 1, 1],
  [call('tanh')(x), 1, 2],
  [call('sigmoid')(x), 1, 2],
  [call('softplus')(x), 1, 2],
  [call('erf')(x), 0, 2],
  [call('sin')(x), 0, 0],
  [call('cos')(x), 0, 0],
  [pow(x, y), 1, 2],
];

const rarely = lawOf('divisions', 'are as few as each formula needs', divisions, ([of, ...counts]) =>
  all(
    ...dtypes.map((dtype, i) =>
      same(
        counts[i],
        nodes(expand(dtype)(of)).filter((node) => node.kind === 'binary' && node.op === 'divide').length,
        dtype,
      ),
    ),
  ),
);

/** The sine keeps ±0 by one choice; the cosine adds the quarter of a turn. */
const quarter = lawOf('sine and cosine', 'cost the same', dtypes, (dtype) =>
  same(operations(dtype)(call('sin')(x)), operations(dtype)(call('cos')(x))),
);

/** Of the 24 bits of f32 12, of the 53 of f64 26, so that products of halves are exact (Dekker 1971). */
const halves = dtypes.map((dtype) => {
  const [places, kept] = dtype === 'f32' ? [24, 12] : [53, 26];
  const unit = 2 ** (places - kept);
  const upper = evaluate(dtype)(upperHalf(dtype)(x));
  return law(
    `upper half in ${dtype}`,
    `is a number rounded to ${kept} bits`,
    fc.tuple(
      fc.oneof(fc.constant(2 ** (kept - 1)), fc.integer({ min: 2 ** (kept - 1), max: 2 ** kept - 1 })),
      fc.integer({ min: 0, max: unit - 1 }),
      fc.constantFrom(1, -1),
    ),
    ([high, low, sign]): Verdict => {
      const value = sign * (high * unit + low);
      const half = upper({ x: value });
      return all(
        holds(Number.isInteger(half / unit), `a multiple of ${unit}`, `${half}`),
        holds(Math.abs(value - half) <= unit / 2, `within ${unit / 2} of ${value}`, `${half}`),
      );
    },
    { runs: 200 },
  );
});

export const formulaLaws = lawSet('formulas', [...near, rarely, quarter, ...halves]);
