/**
 * The common part of the exponential family: x = k·ln 2 + r with |r| ≤ ½ ln 2, and eʳ − 1 − r.
 *
 * k·ln2High is exact (ln2High has 15 bits in f32, 32 in f64), so r = (x − k·ln2High) − k·ln2Low loses nothing but the
 * rounding of its own tail. f32: e^r − 1 − r = r²·Q(r), Q fitted here (relative error 2⁻²⁸). f64: the rational form
 * r·c/(2 − c), c = r − r²·P(r²), of fdlibm's e_exp.c (Sun Microsystems, 1993), relative error 2⁻⁵⁹.
 */
import type { Dtype } from '../dtype.ts';
import { divide, type Expr, multiply, scale, subtract } from '../expr.ts';
import { nearest, polynomial } from './pieces.ts';

const reciprocalLn2 = { f32: 1.4426950216293335, f64: Math.LOG2E };
/** ln 2 = high + low, high exact when multiplied by a binary exponent, both positive (a sign of zero depends on it). */
export const ln2High = { f32: 0.693145751953125, f64: 0.6931471803691238 };
export const ln2Low = { f32: 1.428606765330187e-6, f64: 1.9082149292705877e-10 };

const quotientF32 = polynomial([
  0.4999999403953552, 0.16666515171527863, 0.041668087244033813, 0.008369299583137035, 0.0013838340528309345,
]);
const correctionF64 = polynomial([
  0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8,
]);

/** e^r − 1 − r for |r| ≤ ½ ln 2, with a small relative error. */
export const exponentialRemainder = (dtype: Dtype) => {
  const f32 = <N extends string>(r: Expr<N>): Expr<N> => multiply(multiply(r, r), quotientF32(r));
  const f64 = <N extends string>(r: Expr<N>): Expr<N> => {
    const t = multiply(r, r);
    const c = subtract(r, multiply(t, correctionF64(t)));
    return divide(multiply(r, c), subtract(2, c));
  };
  return dtype === 'f32' ? f32 : f64;
};

/** A number reduced by multiples of ln 2: eˣ = 2ᵏ(1 + high − (low − remainder)). */
export interface Reduced<N extends string> {
  readonly k: Expr<N>;
  readonly high: Expr<N>;
  readonly low: Expr<N>;
  readonly remainder: Expr<N>;
}

/** Reduces a number of moderate size (|x| ≤ 2⁷ in f32, 2¹⁰ in f64). */
export const reduce = (dtype: Dtype) => {
  const remainderOf = exponentialRemainder(dtype);
  return <N extends string>(x: Expr<N>): Reduced<N> => {
    const k = nearest(multiply(x, reciprocalLn2[dtype]));
    const high = subtract(x, multiply(k, ln2High[dtype]));
    const low = multiply(k, ln2Low[dtype]);
    return { k, high, low, remainder: remainderOf(subtract(high, low)) };
  };
};

/** eˣ for a number of moderate size: the caller bounds x, on the sides where it can leave that range. */
export const boundedExp = (dtype: Dtype) => {
  const reduceX = reduce(dtype);
  return <N extends string>(x: Expr<N>): Expr<N> => {
    const { k, high, low, remainder } = reduceX(x);
    return scale(subtract(1, subtract(subtract(low, remainder), high)), k);
  };
};

/** Below the first number eˣ rounds to 0, above the second it overflows. */
export const expRange = { f32: [-104, 89], f64: [-746, 710] } as const;
