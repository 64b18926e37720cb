/**
 * eˣ.
 *
 * Formula: x = k·ln 2 + r with |r| ≤ ½ ln 2, then eˣ = 2ᵏ·eʳ (exponential.ts). Domain: every number; subnormal results are
 * right, above the range ∞, below it 0. Measured error: 0.90 ulp in f32, 0.91 ulp in f64.
 */
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { atLeast, atMost } from './pieces.ts';

export const exp: UnaryDefinition = both((dtype): UnaryBody => {
  const [low, high] = expRange[dtype];
  const core = boundedExp(dtype);
  return (x) => core(atLeast(low)(atMost(high)(x)));
});
