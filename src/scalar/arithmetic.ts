/** The exact operations, each rounded once: what elementary functions, activations and rules are made of. */
import { binary, select, unary } from './build.ts';

/**
 * −x: the sign bit turned, so −0 of 0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.negate(Expr.input('x')))({ x: 2 }) // => -2
 * ```
 */
export const negate = unary('negate');
/**
 * |x|. Its derivative is taken as 0 at 0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.abs(-2))({}) // => 2
 * ```
 */
export const abs = unary('abs');
/**
 * −1, 1, or x itself where that is ±0 or NaN, as `Math.sign`.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.sign(-2))({}) // => -1
 * ```
 */
export const sign = unary('sign');
/**
 * The square root, rounded once; NaN below 0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.sqrt(9))({}) // => 3
 * ```
 */
export const sqrt = unary('sqrt');
/**
 * The greatest whole number that is not above x.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.floor(-1.5))({}) // => -2
 * ```
 */
export const floor = unary('floor');
/**
 * ⌊log₂|x|⌋, exactly; −∞ of 0, ∞ of ±∞.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.exponent(12))({}) // => 3
 * ```
 */
export const exponent = unary('exponent');
/**
 * x·2^−exponent(x), in [1, 2) with the sign of x; ±0 and ±∞ to themselves.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.significand(12))({}) // => 1.5
 * ```
 */
export const significand = unary('significand');

/**
 * a + b, rounded once.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.add(Expr.input('a'), 1))({ a: 2 }) // => 3
 * ```
 */
export const add = binary('add');
/**
 * a − b, rounded once.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.subtract(3, 1))({}) // => 2
 * ```
 */
export const subtract = binary('subtract');
/**
 * a·b, rounded once.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.multiply(3, 2))({}) // => 6
 * ```
 */
export const multiply = binary('multiply');
/**
 * a ÷ b, rounded once; as IEEE 754 says where b is 0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.divide(1, 4))({}) // => 0.25
 * ```
 */
export const divide = binary('divide');
/**
 * The lesser, as `Math.min`: NaN if either is, −0 below +0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.min(2, -1))({}) // => -1
 * ```
 */
export const min = binary('min');
/**
 * The greater, as `Math.max`: NaN if either is, +0 above −0.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.max(Expr.input('x'), 0))({ x: -3 }) // => 0
 * ```
 */
export const max = binary('max');
/**
 * x·2ⁿ rounded once, for a whole number n; NaN for any other.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.scale(3, 4))({}) // => 48
 * ```
 */
export const scale = binary('scale');

/**
 * `yes` where left < right, else `no` (also where either is NaN).
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.ifLess(Expr.input('x'), 0, -1, 1))({ x: -5 }) // => -1
 * ```
 */
export const ifLess = select('less');
/**
 * `yes` where left ≤ right, else `no` (also where either is NaN).
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.ifLessOrEqual(0, 0, 7, 8))({}) // => 7
 * ```
 */
export const ifLessOrEqual = select('lessOrEqual');
/**
 * `yes` where left = right, else `no` (also where either is NaN).
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.ifEqual(NaN, NaN, 7, 8))({}) // => 8
 * ```
 */
export const ifEqual = select('equal');
