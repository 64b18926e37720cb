/**
 * log(1 + x) without the loss of digits near 0.
 *
 * Formula: 1 + x as an exact sum of two numbers (Knuth), of which the first is reduced to 2ᵏ·m as in `log` and the second
 * scaled and added to m − 1. Domain: x ≥ −1; −1 gives −∞, less NaN, ±0 itself. Measured error: 1.40 ulp in f32, 1.39 ulp in f64.
 */
import { add, ifEqual, ifLess, negate, scale, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { binaryParts, logOfReduced } from './logarithm.ts';
import { twoSum } from './twofold.ts';

export const log1p: UnaryDefinition = both(
  (dtype): UnaryBody =>
    (x) => {
      const sum = twoSum(1, x);
      const { k, m } = binaryParts(sum.high);
      // What 1 + x lost in rounding comes back here; where k = 0 this is x itself.
      const f = add(subtract(m, 1), scale(sum.low, negate(k)));
      const value = logOfReduced(dtype)(k, f);
      // x + x = x for ±0 and ∞, which are their own logarithms here.
      return ifLess(-1, x, ifEqual(add(x, x), x, x, value), ifEqual(x, -1, Number.NEGATIVE_INFINITY, Number.NaN));
    },
);
