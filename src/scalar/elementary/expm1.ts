/**
 * eˣ − 1 without the loss of digits near 0.
 *
 * Formula: x = k·ln 2 + r, then eˣ − 1 = 2ᵏ((eʳ − 1) − (2⁻ᵏ − 1)) (exponential.ts). Domain: every number; ±0 to itself, −∞ to
 * −1. Measured error: 1.64 ulp in f32, 1.61 ulp in f64.
 */
import { negate, scale, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { expRange, reduce } from './exponential.ts';
import { atLeast, atMost } from './pieces.ts';

/** Below this number the result rounds to −1. */
const lowest = { f32: -18, f64: -40 };

export const expm1: UnaryDefinition = both((dtype): UnaryBody => {
  const reduceX = reduce(dtype);
  return (x) => {
    const { k, high, low, remainder } = reduceX(atLeast(lowest[dtype])(atMost(expRange[dtype][1])(x)));
    // Differences only, so that −0 comes out as −0; the last one rounds a monotone function, so the result is monotone.
    const ofRemainder = subtract(high, subtract(low, remainder));
    return scale(subtract(ofRemainder, subtract(scale(1, negate(k)), 1)), k);
  };
});
