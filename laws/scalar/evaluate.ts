/**
 * The definitional interpreter: every operation is the exact result rounded once to the format, shown with whole numbers of
 * any size; shared nodes are computed once.
 */
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { add, binary, type Expr, input, multiply, scale, select, unary } from '../../src/scalar/expr.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { numbers } from './arbitrary.ts';
import { type Exact, exact, exponentOfExact, quotient, roundExact } from './evaluate-exact.ts';

const dtypes: readonly Dtype[] = ['f32', 'f64'];
const [x, y] = [input('x'), input('y')];

const finite = (dtype: Dtype) => numbers(dtype).filter(Number.isFinite);
const finiteNonZero = (dtype: Dtype) => finite(dtype).filter((value) => value !== 0);

/** The sign of an exact zero comes from IEEE 754 6.3 and not from the number, so such results are left out. */
const basic = (dtype: Dtype): readonly Law[] => {
  const operations: ReadonlyArray<
    readonly ['add' | 'subtract' | 'multiply' | 'divide', (a: Exact, b: Exact) => Exact]
  > = [
    ['add', (a, b) => ({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom })],
    ['subtract', (a, b) => ({ top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom })],
    ['multiply', (a, b) => ({ top: a.top * b.top, bottom: a.bottom * b.bottom })],
    ['divide', quotient],
  ];
  return operations.map(([op, real]) => {
    const f = evaluate(dtype)(binary(op)(x, y));
    return law(
      `${op} in ${dtype}`,
      'is the exact result rounded once, ties to even',
      fc.record({ x: finiteNonZero(dtype), y: finiteNonZero(dtype) }),
      (at) => {
        const result = real(exact(at.x), exact(at.y));
        return result.top === 0n ? undefined : same(roundExact(dtype)(result), f(at));
      },
      { runs: 300 },
    );
  });
};

const scaling = (dtype: Dtype): Law => {
  const f = evaluate(dtype)(scale(x, y));
  return law(
    `scale in ${dtype}`,
    'is x·2ⁿ rounded once for any whole number n',
    fc.record({
      x: finiteNonZero(dtype),
      y: fc.oneof(fc.integer({ min: -2300, max: 2300 }), fc.integer({ min: -160, max: 160 })),
    }),
    (at) => {
      const { top, bottom } = exact(at.x);
      const real = at.y < 0 ? { top, bottom: bottom << BigInt(-at.y) } : { top: top << BigInt(at.y), bottom };
      return same(roundExact(dtype)(real), f(at));
    },
    { runs: 1000 },
  );
};

/** Products that land halfway between two subnormal numbers, or on one after two roundings. */
const scalingIntoSubnormal = (dtype: Dtype): Law => {
  const f = evaluate(dtype)(scale(x, y));
  const [places, lowest] = dtype === 'f32' ? [23, -149] : [52, -1074];
  return law(
    `scale into the subnormal numbers in ${dtype}`,
    'rounds once',
    fc.record({
      bits: fc.bigInt({ min: 1n << BigInt(places), max: (2n << BigInt(places)) - 1n }),
      from: fc.integer({ min: 0, max: 120 }),
      kept: fc.integer({ min: 0, max: places }),
    }),
    ({ bits, from, kept }) => {
      const value = Number(bits) * 2 ** (from - places);
      const n = lowest + kept - from;
      const { top, bottom } = exact(value);
      const real = n < 0 ? { top, bottom: bottom << BigInt(-n) } : { top: top << BigInt(n), bottom };
      return same(roundExact(dtype)(real), f({ x: value, y: n }));
    },
    { runs: 1000 },
  );
};

const parts = (dtype: Dtype): Law => {
  const [exponent, significand] = [evaluate(dtype)(unary('exponent')(x)), evaluate(dtype)(unary('significand')(x))];
  return law(
    `exponent and significand in ${dtype}`,
    'exponent is ⌊log₂|x|⌋, significand is x·2^−exponent, exactly, of subnormal numbers too',
    finiteNonZero(dtype),
    (value) => {
      const { top, bottom } = exact(value);
      const e = exponentOfExact({ top, bottom });
      const real = e > 0 ? { top, bottom: bottom << BigInt(e) } : { top: top << BigInt(-e), bottom };
      return all(same(e, exponent({ x: value })), same(roundExact('f64')(real), significand({ x: value })));
    },
    { runs: 1000 },
  );
};

const inf = Number.POSITIVE_INFINITY;
const corners = (dtype: Dtype): Law => {
  const cases: ReadonlyArray<readonly [Expr<never>, number]> = [
    ...[0, -0, inf, -inf, Number.NaN].map((v): readonly [Expr<never>, number] => [unary('significand')(v), v]),
    [unary('exponent')(0), -inf],
    [unary('exponent')(-0), -inf],
    [unary('exponent')(-inf), inf],
    [unary('exponent')(Number.NaN), Number.NaN],
    ...[0.5, -1.5, inf, -inf, Number.NaN].map((n): readonly [Expr<never>, number] => [scale(1, n), Number.NaN]),
    [scale(-0, 5000), -0],
    [scale(-1, 1e9), -inf],
    [scale(-1, -1e9), -0],
    [scale(inf, -1e9), inf],
    [scale(2 ** -1074, 1500), dtype === 'f32' ? 0 : 2 ** 426],
    [scale(2 ** -1074, 2046), dtype === 'f32' ? 0 : 2 ** 972],
    [scale(2 ** -1074, 2097), dtype === 'f32' ? 0 : 2 ** 1023],
    [scale(2 ** -1074, 2098), dtype === 'f32' ? 0 : inf],
    [scale(2 ** -149, 276), 2 ** 127],
    [binary('min')(0, -0), -0],
    [binary('max')(-0, 0), 0],
    [binary('max')(1, Number.NaN), Number.NaN],
    [unary('sign')(-0), -0],
    [unary('sqrt')(-1), Number.NaN],
    [select('equal')(0, -0, 1, 2), 1],
    [select('lessOrEqual')(Number.NaN, 1, 1, 2), 2],
    [select('less')(1, 1, 1, 2), 2],
  ];
  return lawOf(`corners in ${dtype}`, 'are as the doc of each operation says', cases, ([expr, expected]) =>
    same(expected, evaluate(dtype)(expr)({})),
  );
};

/** 2²⁰⁰ paths lead through x + x 200 times: a walk over paths would not end. */
const sharing = (dtype: Dtype): Law => {
  const depth = dtype === 'f32' ? 100 : 200;
  const f = evaluate(dtype)(Array.from({ length: depth }).reduce<Expr<'x'>>((e) => add(e, e), x));
  return law(`sharing in ${dtype}`, 'a shared node is computed once', fc.integer({ min: -999, max: 999 }), (n) =>
    same(n * 2 ** depth, f({ x: n })),
  );
};

/** 2⁻²⁵ is lost when added to 1 in f32, and 0.1 is another number there. */
const rounding = lawOf(
  'rounding of inputs and constants',
  'inputs and constants are rounded to the format before use',
  [0.1, 1 / 3, 1e-50, 1e300, -16777217],
  (value) =>
    all(
      same(Math.fround(value), evaluate('f32')(x)({ x: value })),
      same(value, evaluate('f64')(x)({ x: value })),
      same(Math.fround(Math.fround(value) * Math.fround(0.3)), evaluate('f32')(multiply(x, 0.3))({ x: value })),
    ),
);

export const evaluateLaws = lawSet('evaluate', [
  ...dtypes.flatMap(basic),
  ...dtypes.flatMap((dtype) => [scaling, scalingIntoSubnormal, parts, corners, sharing].map((make) => make(dtype))),
  rounding,
]);
