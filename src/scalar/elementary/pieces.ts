/** Pieces that several elementary functions are made of. */
import { abs, add, constant, type Expr, floor, ifLess, multiply, negate } from '../expr.ts';

/** c₀ + z(c₁ + z(c₂ + …)), coefficients from the constant term up. */
export const polynomial =
  (coefficients: readonly number[]) =>
  <N extends string>(z: Expr<N>): Expr<N> =>
    coefficients
      .slice(0, -1)
      .reduceRight<Expr<N>>((inner, c) => add(c, multiply(z, inner)), constant(coefficients.at(-1) ?? 0));

/** The monic polynomial c₀ + z(c₁ + … + z(cₙ + z)). */
export const monic =
  (coefficients: readonly number[]) =>
  <N extends string>(z: Expr<N>): Expr<N> =>
    coefficients
      .slice(0, -1)
      .reduceRight<Expr<N>>((inner, c) => add(c, multiply(z, inner)), add(z, coefficients.at(-1) ?? 0));

/** The lesser of x and a bound, NaN where x is NaN. One comparison and one blend, where `min` must also mind the sign of
 * zero and NaN on both sides. */
export const atMost =
  (bound: number) =>
  <N extends string>(x: Expr<N>): Expr<N> =>
    ifLess(bound, x, bound, x);

/** The greater of x and a bound, NaN where x is NaN. */
export const atLeast =
  (bound: number) =>
  <N extends string>(x: Expr<N>): Expr<N> =>
    ifLess(x, bound, bound, x);

/** ⌊x + ½⌋: the nearest whole number, as good as any other neighbour where rounding x + ½ tips it over. */
export const nearest = <N extends string>(x: Expr<N>): Expr<N> => floor(add(x, 0.5));

/** 1 with the sign of x (1 for both zeros and for NaN). */
export const signOf = <N extends string>(x: Expr<N>): Expr<N> => ifLess(x, 0, -1, 1);

/** −|x|. */
export const negativeAbs = <N extends string>(x: Expr<N>): Expr<N> => negate(abs(x));
