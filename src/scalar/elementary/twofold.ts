/**
 * Sums and factors of twice the precision, for formats without fused multiply-add: `high + low` holds a number to about
 * twice the bits. Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische
 * Mathematik 18 (1971); D. Knuth, The Art of Computer Programming 2, 4.2.2.
 */
import type { Dtype } from '../dtype.ts';
import { add, type Expr, multiply, type Operand, subtract } from '../expr.ts';

/** A number as an unevaluated sum. */
export interface Twofold<N extends string> {
  readonly high: Expr<N>;
  readonly low: Expr<N>;
}

/** a + b exactly, for any finite a and b whose sum does not overflow. */
export const twoSum = <N extends string>(a: Operand<N>, b: Expr<N>): Twofold<N> => {
  const high = add(a, b);
  const fromB = subtract(high, a);
  return { high, low: add(subtract(a, subtract(high, fromB)), subtract(b, fromB)) };
};

/** a − b exactly, where |a| ≥ |b| or a − b has no rounding error. */
export const fastTwoDifference = <N extends string>(a: Operand<N>, b: Expr<N>): Twofold<N> => {
  const high = subtract(a, b);
  return { high, low: subtract(subtract(a, high), b) };
};

/** The upper half of the significand of x: a product of two such halves is exact. */
export const upperHalf = (dtype: Dtype) => {
  const splitter = dtype === 'f32' ? 2 ** 12 + 1 : 2 ** 27 + 1;
  return <N extends string>(x: Expr<N>): Expr<N> => {
    const spread = multiply(splitter, x);
    return subtract(spread, subtract(spread, x));
  };
};
