/**
 * The common part of sin and cos: x = q·π/2 + r with |r| ≤ π/4 (a little more where q rounds), r to about twice the
 * precision, then a polynomial for the sine and one for the cosine of r, of which q chooses.
 *
 * π/2 is a sum of parts, all but the last so short that q times it is exact (W. J. Cody and W. Waite, Software Manual for
 * the Elementary Functions, 1980): 11 bits each in f32 for |q| ≤ 2¹³, 33 bits each in f64 for |q| ≤ 2²⁰. That is what
 * bounds the domain. Coefficients: f64 from fdlibm's k_sin.c and k_cos.c (Sun Microsystems, 1993), f32 fitted here
 * (relative error 2⁻²⁸ and 2⁻³³).
 */
import type { Dtype } from '../dtype.ts';
import { abs, add, type Expr, floor, ifEqual, ifLessOrEqual, multiply, subtract } from '../expr.ts';
import { nearest, polynomial } from './pieces.ts';
import { fastTwoDifference, type Twofold } from './twofold.ts';

/** The domain: |x| up to this number; NaN beyond. */
export const trigonometricLimit = { f32: 12867, f64: 1647099 };

const twoOverPi = { f32: 0.6366197466850281, f64: 0.6366197723675814 };
/** Parts of π/2 by how they are subtracted: the exact differences, those whose error is kept, the last. */
const halfPi = {
  f32: {
    exact: [1.5703125, 0.00048351287841796875],
    kept: [3.1385570764541626e-7, 6.070877134334296e-11] as const,
    last: 6.223371969669989e-14,
  },
  f64: {
    exact: [1.5707963267341256],
    kept: [6.077100506303966e-11, 2.0222662487111665e-21] as const,
    last: 8.4784276603689e-32,
  },
};
const sineTerms = {
  f32: polynomial([-0.16666655242443085, 0.008332187309861183, -0.0001951789454324171]),
  f64: polynomial([
    -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 2.7557313707070068e-6, -2.5050760253406863e-8,
    1.58969099521155e-10,
  ]),
};
const cosineTerms = {
  f32: polynomial([0.04166664555668831, -0.0013887309469282627, 2.4432327336398885e-5]),
  f64: polynomial([
    0.0416666666666666, -0.001388888888887411, 2.480158728947673e-5, -2.7557314351390663e-7, 2.087572321298175e-9,
    -1.1359647557788195e-11,
  ]),
};

/** x − q·π/2 to about twice the precision. */
const remainder =
  (dtype: Dtype) =>
  <N extends string>(x: Expr<N>, q: Expr<N>): Twofold<N> => {
    const { exact, kept, last } = halfPi[dtype];
    const start = exact.reduce((rest, part) => subtract(rest, multiply(q, part)), x);
    const [first, second] = kept;
    const a = fastTwoDifference(start, multiply(q, first));
    const b = fastTwoDifference(a.high, multiply(q, second));
    return fastTwoDifference(b.high, subtract(multiply(q, last), add(a.low, b.low)));
  };

/** sin(x + turns·π/2), turns 0 or 1. */
export const sineFromQuarter =
  (dtype: Dtype, turns: 0 | 1) =>
  <N extends string>(x: Expr<N>): Expr<N> => {
    const q = nearest(multiply(x, twoOverPi[dtype]));
    const { high: r, low } = remainder(dtype)(x, q);
    const z = multiply(r, r);
    const sine = add(r, add(low, multiply(multiply(r, z), sineTerms[dtype](z))));
    const half = multiply(0.5, z);
    const w = subtract(1, half);
    const cosine = add(
      w,
      add(subtract(subtract(1, w), half), subtract(multiply(multiply(z, z), cosineTerms[dtype](z)), multiply(r, low))),
    );
    const n = turns === 0 ? q : add(q, turns);
    const pairs = floor(multiply(0.5, n));
    const odd = subtract(n, multiply(2, pairs));
    const negative = subtract(pairs, multiply(2, floor(multiply(0.5, pairs))));
    const value = multiply(ifEqual(odd, 0, sine, cosine), subtract(1, multiply(2, negative)));
    return ifLessOrEqual(abs(x), trigonometricLimit[dtype], value, Number.NaN);
  };
