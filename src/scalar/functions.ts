/** The elementary functions; `src/scalar/elementary` defines each by exact operations. */
import { call, lift, type Operand } from './build.ts';
import type { Expr } from './node.ts';

/**
 * eˣ, within 2 ulp.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.exp(0))({}) // => 1
 * ```
 */
export const exp = call('exp');
/**
 * eˣ − 1, within 2 ulp, also where x is small.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.expm1(1e-20))({}) // => 1e-20
 * ```
 */
export const expm1 = call('expm1');
/**
 * The natural logarithm, within 2 ulp; −∞ of 0, NaN below.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.log(1))({}) // => 0
 * ```
 */
export const log = call('log');
/**
 * log(1 + x), within 2 ulp, also where x is small.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.log1p(1e-20))({}) // => 1e-20
 * ```
 */
export const log1p = call('log1p');
/**
 * The hyperbolic tangent, within 2 ulp.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.tanh(Infinity))({}) // => 1
 * ```
 */
export const tanh = call('tanh');
/**
 * 1/(1 + e⁻ˣ), the logistic function, within 2 ulp.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.sigmoid(0))({}) // => 0.5
 * ```
 */
export const sigmoid = call('sigmoid');
/**
 * log(1 + eˣ), within 2 ulp.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.softplus(1000))({}) // => 1000
 * ```
 */
export const softplus = call('softplus');
/**
 * The error function 2/√π·∫₀ˣ e^(−t²) dt, within 2 ulp.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.erf(1))({}) // ≈ 0.8427008
 * ```
 */
export const erf = call('erf');
/**
 * The sine, within 2 ulp where |x| is at most 12867 (f32) or 1647099 (f64); NaN beyond.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.sin(0))({}) // => 0
 * ```
 */
export const sin = call('sin');
/**
 * The cosine, within 2 ulp where |x| is at most 12867 (f32) or 1647099 (f64); NaN beyond.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.cos(0))({}) // => 1
 * ```
 */
export const cos = call('cos');
/**
 * x to the power y, within 2 ulp; special values as C99 says (1 to any power is 1, x⁰ is 1).
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.pow(2, 10))({}) // => 1024
 * ```
 */
export const pow = <A extends string = never, B extends string = never>(x: Operand<A>, y: Operand<B>): Expr<A | B> =>
  Object.freeze({ kind: 'call', name: 'pow', args: Object.freeze([lift<A | B>(x), lift<A | B>(y)]) });
