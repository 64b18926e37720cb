/** log(1 + x). */
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
