/** What `simplify` must make of an expression and what it must leave alone, format by format, written down by hand. */
import type { Dtype } from '../../src/scalar/dtype.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';

type Name = 'x' | 'y';
const [x, y] = [X.input('x'), X.input('y')];
const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

/** The least exponent of a normal number and the greatest of a finite one (IEEE 754-2019, table 3.5). */
const ends: Readonly<Record<Dtype, readonly [number, number]>> = { f32: [-126, 127], f64: [-1022, 1023] };

/** An expression, and what it becomes. */
export type Pair = readonly [before: Expr<Name>, after: Expr<Name>];

/** Signs are exact: of a product and a quotient wherever they stand, of a sum where they make it a difference. */
const signs: readonly Pair[] = [
  [X.negate(X.negate(x)), x],
  [X.negate(X.multiply(X.negate(x), y)), X.multiply(x, y)],
  [X.negate(X.multiply(x, X.negate(y))), X.multiply(x, y)],
  [X.negate(X.divide(X.negate(x), y)), X.divide(x, y)],
  [X.negate(X.divide(x, X.negate(y))), X.divide(x, y)],
  [X.negate(X.multiply(3, y)), X.multiply(-3, y)],
  [X.negate(X.multiply(x, 3)), X.multiply(x, -3)],
  [X.negate(X.divide(3, y)), X.divide(-3, y)],
  [X.negate(X.divide(x, 3)), X.divide(x, -3)],
  [X.multiply(X.negate(x), X.negate(y)), X.multiply(x, y)],
  [X.divide(X.negate(x), X.negate(y)), X.divide(x, y)],
  [X.multiply(X.negate(x), 3), X.multiply(x, -3)],
  [X.divide(X.negate(x), 3), X.divide(x, -3)],
  [X.multiply(3, X.negate(x)), X.multiply(-3, x)],
  [X.divide(3, X.negate(x)), X.divide(-3, x)],
  [X.add(x, X.negate(y)), X.subtract(x, y)],
  [X.add(X.negate(x), y), X.subtract(y, x)],
  [X.subtract(x, X.negate(y)), X.add(x, y)],
  [X.abs(X.negate(x)), X.abs(x)],
  [X.exponent(X.negate(x)), X.exponent(x)],
];

/** What is already what it would be made. */
const settled: readonly Pair[] = [
  [X.abs(X.abs(x)), X.abs(x)],
  [X.exponent(X.abs(x)), X.exponent(x)],
  [X.floor(X.floor(x)), X.floor(x)],
  [X.floor(X.exponent(x)), X.exponent(x)],
  [X.floor(X.sign(x)), X.sign(x)],
  [X.sign(X.sign(x)), X.sign(x)],
  [X.significand(X.significand(x)), X.significand(x)],
];

/** Operands that change nothing: 1 of a product, −0 of a sum, +0 taken away, ±∞ of a least and greatest. */
const neutral: readonly Pair[] = [
  [X.multiply(x, 1), x],
  [X.multiply(1, x), x],
  [X.divide(x, 1), x],
  [X.multiply(x, -1), X.negate(x)],
  [X.multiply(-1, x), X.negate(x)],
  [X.divide(x, -1), X.negate(x)],
  [X.add(x, -0), x],
  [X.add(-0, x), x],
  [X.subtract(x, 0), x],
  [X.subtract(-0, x), X.negate(x)],
  [X.add(x, x), X.multiply(2, x)],
  [X.min(x, inf), x],
  [X.min(inf, x), x],
  [X.max(x, -inf), x],
  [X.max(-inf, x), x],
  [X.min(x, x), x],
  [X.max(x, x), x],
];

/** NaN makes NaN of arithmetic, and no comparison with it holds. */
const ofNaN: readonly Pair[] = [
  ...[X.add, X.subtract, X.multiply, X.divide, X.min, X.max, X.scale].flatMap((of): readonly Pair[] => [
    [of(x, nan), X.constant(nan)],
    [of(nan, x), X.constant(nan)],
  ]),
  ...[X.ifLess, X.ifLessOrEqual, X.ifEqual].flatMap((choose): readonly Pair[] => [
    [choose(x, nan, 1, y), y],
    [choose(nan, x, 1, y), y],
  ]),
];

/** Choices that are made already: of two constants, of two equal branches, and what is less than nothing. */
const choices: readonly Pair[] = [
  [X.ifLess(1, 2, x, y), x],
  [X.ifLess(2, 1, x, y), y],
  [X.ifLess(2, 2, x, y), y],
  [X.ifLessOrEqual(2, 2, x, y), x],
  [X.ifEqual(0, -0, x, y), x],
  [X.ifEqual(1, 2, x, y), y],
  [X.ifEqual(x, y, x, x), x],
  [X.ifLess(x, x, x, y), y],
  [X.ifLess(inf, x, x, y), y],
  [X.ifLess(x, -inf, x, y), y],
];

/** Constants are rounded to the format and computed in it, functions of them too. */
const computed = (dtype: Dtype): readonly Pair[] => {
  const tenth = dtype === 'f32' ? Math.fround(0.1) : 0.1;
  const sum = tenth + tenth * 2;
  return [
    [X.constant(0.1), X.constant(tenth)],
    [X.add(x, X.add(0.1, X.multiply(0.1, 2))), X.add(x, dtype === 'f32' ? Math.fround(sum) : sum)],
    [X.multiply(X.sqrt(X.constant(9)), x), X.multiply(3, x)],
    [X.multiply(X.exp(X.constant(0)), x), x],
    [X.scale(3, 2), X.constant(12)],
    [X.ifLess(1, 2, 3, 4), X.constant(3)],
    // In two steps: what a rewrite leaves is looked at again.
    [X.negate(X.subtract(-0, x)), x],
    [X.add(X.divide(x, 4), X.negate(X.scale(X.negate(y), -1))), X.add(X.multiply(x, 0.25), X.multiply(y, 0.5))],
  ];
};

/** A division by a power of two is a product with its reciprocal, and a scaling one with the power, where both are normal. */
const powersOfTwo = (dtype: Dtype): readonly Pair[] => {
  const [least, greatest] = ends[dtype];
  return [
    [X.divide(x, 8), X.multiply(x, 0.125)],
    [X.divide(x, -8), X.multiply(x, -0.125)],
    [X.divide(x, 0.5), X.multiply(x, 2)],
    [X.divide(x, 2 ** (greatest - 1)), X.multiply(x, 2 ** least)],
    [X.divide(x, 2 ** least), X.multiply(x, 2 ** (greatest - 1))],
    [X.scale(x, -3), X.multiply(x, 0.125)],
    [X.scale(x, least), X.multiply(x, 2 ** least)],
    [X.scale(x, greatest), X.multiply(x, 2 ** greatest)],
  ];
};

/** What becomes what in a format. */
export const rewritten = (dtype: Dtype): readonly Pair[] => [
  ...signs,
  ...settled,
  ...neutral,
  ...ofNaN,
  ...choices,
  ...computed(dtype),
  ...powersOfTwo(dtype),
];

/** An expression that stays, what it might be taken for, and the x and y at which that is another number. */
type Kept = readonly [expr: Expr<Name>, not: Expr<Name>, x: number, y: number];

export const kept: readonly Kept[] = [
  // Zeros and infinities.
  [X.add(x, 0), x, -0, 0],
  [X.add(0, x), x, -0, 0],
  [X.subtract(x, -0), x, -0, 0],
  [X.subtract(0, x), X.negate(x), 0, 0],
  [X.multiply(x, 0), X.constant(0), -1, 0],
  [X.multiply(x, 0), X.constant(0), inf, 0],
  [X.divide(0, x), X.constant(0), 0, 0],
  [X.subtract(x, x), X.constant(0), inf, 0],
  [X.divide(x, x), X.constant(1), 0, 0],
  [X.negate(X.subtract(x, y)), X.subtract(y, x), 1, 1],
  [X.divide(1, x), x, 2, 0],
  [X.divide(-1, x), X.negate(x), 2, 0],
  [X.min(x, -inf), X.constant(-inf), nan, 0],
  [X.max(x, inf), X.constant(inf), nan, 0],
  [X.min(-inf, x), x, 0, 0],
  [X.max(inf, x), x, 0, 0],
  // Signs that come out of no other operation unchanged.
  [X.negate(X.min(X.negate(x), y)), X.min(x, y), 2, 1],
  [X.negate(X.max(x, X.negate(y))), X.max(x, y), 1, 2],
  [X.negate(X.add(3, y)), X.add(-3, y), 0, 1],
  [X.negate(X.subtract(x, 3)), X.subtract(x, -3), 1, 0],
  [X.sqrt(X.negate(x)), X.sqrt(x), 1, 0],
  [X.sqrt(X.abs(x)), X.sqrt(x), -1, 0],
  [X.sqrt(X.sqrt(x)), X.sqrt(x), 16, 0],
  [X.floor(X.negate(x)), X.negate(X.floor(x)), 0.5, 0],
  [X.floor(X.abs(x)), X.floor(x), -0.5, 0],
  [X.sign(X.negate(x)), X.sign(x), 1, 0],
  [X.sign(X.abs(x)), X.sign(x), -1, 0],
  [X.sign(X.floor(x)), X.sign(x), 0.5, 0],
  [X.significand(X.negate(x)), X.significand(x), 1, 0],
  [X.significand(X.abs(x)), X.significand(x), -1, 0],
  [X.significand(X.exponent(x)), X.exponent(x), 8, 0],
  [X.exponent(X.exponent(x)), X.exponent(x), 8, 0],
  [X.exponent(X.significand(x)), X.exponent(x), 8, 0],
  [X.abs(X.sign(x)), X.sign(x), -1, 0],
  [X.abs(X.floor(x)), X.floor(x), -1, 0],
  [X.negate(X.abs(x)), x, 1, 0],
  [X.negate(X.floor(x)), x, 1, 0],
  [X.floor(X.significand(x)), X.significand(x), 1.5, 0],
  [X.floor(X.sqrt(x)), X.sqrt(x), 2, 0],
  // Comparisons, false of NaN.
  [X.ifEqual(x, x, 1, y), X.constant(1), nan, 2],
  [X.ifLessOrEqual(x, x, 1, y), X.constant(1), nan, 2],
  [X.ifLess(-inf, x, 1, y), y, 0, 2],
  [X.ifLess(x, inf, 1, y), y, 0, 2],
  [X.ifLessOrEqual(inf, x, 1, y), y, inf, 2],
  [X.ifLessOrEqual(x, -inf, 1, y), y, -inf, 2],
  [X.ifEqual(x, inf, 1, y), y, inf, 2],
  [X.ifEqual(-inf, x, 1, y), y, -inf, 2],
  [X.ifLess(x, 0, x, y), y, -1, 2],
  // What only looks like a power of two.
  [X.divide(x, 3), X.multiply(x, 1 / 3), 5, 0],
  [X.divide(8, x), X.multiply(x, 0.125), 2, 0],
  [X.scale(x, 2.5), X.multiply(x, 2 ** 2.5), 1, 0],
  [X.scale(3, x), X.multiply(8, x), 1, 0],
  // The order of operands.
  [X.subtract(X.negate(x), y), X.subtract(x, y), 1, 1],
  [X.scale(x, X.negate(y)), X.scale(x, y), 1, 1],
];

/** Where the power or its reciprocal is not a normal number. */
export const beyond = (dtype: Dtype): readonly Expr<Name>[] => {
  const [least, greatest] = ends[dtype];
  return [
    X.divide(x, 2 ** greatest),
    X.divide(x, 2 ** (least - 1)),
    X.scale(x, greatest + 1),
    X.scale(x, least - 1),
    X.multiply(x, 2 ** (least - 1)),
    X.divide(x, 0),
    X.divide(x, inf),
  ];
};
