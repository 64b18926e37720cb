/**
 * The sine of an angle in radians.
 *
 * Formula: reduction by multiples of π/2 in parts, then polynomials (trigonometric.ts, after Cody and Waite, and fdlibm).
 * Domain: |x| ≤ 12867 (2¹³·π/2) in f32, |x| ≤ 1647099 (2²⁰·π/2) in f64, NaN beyond; ±0 to itself. Measured error: 0.91 ulp in f32,
 * 0.87 ulp in f64.
 */
import { ifEqual } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { sineFromQuarter } from './trigonometric.ts';

export const sin: UnaryDefinition = both((dtype): UnaryBody => {
  const body = sineFromQuarter(dtype, 0);
  // r + r³… would turn −0 into +0.
  return (x) => ifEqual(x, 0, x, body(x));
});
