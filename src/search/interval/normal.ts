/** The standard normal distribution: its distribution function and its quantiles. */
import { evaluate } from '../../scalar/evaluate.ts';
import { add, input, multiply } from '../../scalar/expr.ts';
import { erf, log } from '../../scalar/functions.ts';

const distribution = evaluate('f64')(multiply(0.5, add(1, erf(multiply(Math.SQRT1_2, input('x'))))));

/**
 * Φ(x) = ½·(1 + erf(x/√2)), the probability that a standard normal number is at most x, with an absolute error below 2⁻⁵²
 * (far to the left it is relative no more: it is 0 below −8.5).
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 *
 * Interval.normalDistribution(1.96) // ≈ 0.9750
 * ```
 */
export const normalDistribution = (x: number): number => distribution({ x });

/** P(x)/Q(x), coefficients from the constant one. */
const ratio =
  (numerator: readonly number[], denominator: readonly number[]) =>
  (x: number): number => {
    const value = (of: readonly number[]): number => of.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
    return value(numerator) / value(denominator);
  };

/** Of 0.180625 − q², for |q| = |p − ½| ≤ 0.425. */
const middle = ratio(
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
);

/** Of √(−log p) − 1.6, for √(−log p) ≤ 5, p the smaller tail. */
const outer = ratio(
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
);

/** Of √(−log p) − 5 beyond. */
const far = ratio(
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
);

const logarithm = evaluate('f64')(log(input('p')));

/**
 * Φ⁻¹(p): what a standard normal number is below with probability p; −∞ for 0, ∞ for 1. Throws on what is no probability.
 *
 * Formula: rational functions of degree 7 (M. J. Wichura, *Algorithm AS 241: the percentage points of the normal
 * distribution*, Applied Statistics 37, 1988, routine PPND16, relative error about 10⁻¹⁶ before rounding; measured here, 4·10⁻¹⁶
 * to 10⁻³⁰⁰; near 1 the last bits of p decide).
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 *
 * Interval.normalQuantile(0.975) // ≈ 1.959963984540
 * ```
 */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Interval.normalQuantile: ${p} is not a probability`);
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * middle(0.180625 - q * q);
  const r = Math.sqrt(-logarithm({ p: Math.min(p, 1 - p) }));
  const size = r <= 5 ? outer(r - 1.6) : far(r - 5);
  return q < 0 ? -size : size;
};
