/** Quantiles of Student's t distribution. */
import { evaluate } from '../../scalar/evaluate.ts';
import { input } from '../../scalar/expr.ts';
import { cos, sin } from '../../scalar/functions.ts';
import { normalQuantile } from './normal.ts';

const sine = evaluate('f64')(sin(input('x')));
const cosine = evaluate('f64')(cos(input('x')));

/** ∫₀^θ cosᵐ, from ∫cosᵐ = cosᵐ⁻¹·sin/m + (m − 1)/m·∫cosᵐ⁻², and cosᵐ θ itself. */
const powerIntegral = (m: number, theta: number): readonly [integral: number, slope: number] => {
  const [s, c] = [sine({ x: theta }), cosine({ x: theta })];
  let integral = m % 2 === 0 ? theta : s;
  // cosᵏ⁻¹ of the k that comes next.
  let power = m % 2 === 0 ? c : c * c;
  for (let k = m % 2 === 0 ? 2 : 3; k <= m; k += 2) {
    integral = (power * s + (k - 1) * integral) / k;
    power *= c * c;
  }
  return [integral, power / c];
};

/** From here on the expansion is as good, and does not take longer the more degrees of freedom there are. */
const MANY = 1000;

/** z + g₁/n + g₂/n² + g₃/n³ (Abramowitz and Stegun 26.7.5); the next term is below 10⁻¹⁰ for n > 1000 and |z| < 3.3. */
const expansion = (n: number, z: number): number => {
  const s = z * z;
  const g1 = ((s + 1) * z) / 4;
  const g2 = (((5 * s + 16) * s + 3) * z) / 96;
  const g3 = ((((3 * s + 19) * s + 17) * s - 15) * z) / 384;
  return z + (g1 + (g2 + g3 / n) / n) / n;
};

/** Newton's method has long met the root after so many steps: from the left of a concave function it never oversteps. */
const STEPS = 200;

/** The t above 0 that a number is within, to either side, with probability `share`. */
const solved = (n: number, share: number): number => {
  const target = share * powerIntegral(n - 1, Math.PI / 2)[0];
  let theta = 0;
  for (let i = 0; i < STEPS; i++) {
    const [integral, slope] = powerIntegral(n - 1, theta);
    const next = Math.min(theta + (target - integral) / slope, Math.PI / 2);
    // Not above: what is left is rounding.
    if (!(next > theta)) break;
    theta = next;
  }
  return (Math.sqrt(n) * sine({ x: theta })) / cosine({ x: theta });
};

/**
 * What a number of Student's t distribution is below with probability p, for a whole number of degrees of freedom from 1.
 * With t = √n·tan θ the probability is ½ + ½·∫₀^θ cosⁿ⁻¹ / ∫₀^(π/2) cosⁿ⁻¹ (Abramowitz and Stegun 26.7.3–4), solved for θ by
 * Newton's method, or for n > 1000 by the expansion about the normal quantile; the relative error is below 10⁻⁹ for p from 0.0005
 * to 0.9995. Throws on other degrees of freedom and where p is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 *
 * Interval.studentQuantile(4)(0.975) // ≈ 2.776445105
 * ```
 */
export const studentQuantile = (degreesOfFreedom: number): ((p: number) => number) => {
  if (!(Number.isSafeInteger(degreesOfFreedom) && degreesOfFreedom >= 1))
    throw new RangeError(`Interval.studentQuantile: ${degreesOfFreedom} degrees of freedom`);
  return (p) => {
    if (!(p > 0 && p < 1)) throw new RangeError(`Interval.studentQuantile: ${p} is not between 0 and 1`);
    if (p === 0.5) return 0;
    const tail = Math.min(p, 1 - p);
    const size =
      degreesOfFreedom > MANY
        ? expansion(degreesOfFreedom, -normalQuantile(tail))
        : solved(degreesOfFreedom, 1 - 2 * tail);
    return p < 0.5 ? -size : size;
  };
};
