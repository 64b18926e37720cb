/**
 * The two floating-point formats of IEEE 754 that the toolkit computes in: `f32` (24-bit significand, the default for
 * training) and `f64` (53-bit significand, for checking gradients).
 */
export type Dtype = 'f32' | 'f64';

/**
 * Rounds a number to the nearest value of a format, ties to even.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.round('f32')(0.1) // => Math.fround(0.1)
 * Expr.round('f64')(0.1) // => 0.1
 * ```
 */
export const round = (dtype: Dtype): ((x: number) => number) => (dtype === 'f32' ? Math.fround : (x) => x);

/**
 * The unit roundoff u of a format, half the distance from 1 to the next number: 2⁻²⁴ or 2⁻⁵³.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.unitRoundoff('f32') // => 2 ** -24
 * ```
 */
export const unitRoundoff = (dtype: Dtype): number => (dtype === 'f32' ? 2 ** -24 : 2 ** -53);
