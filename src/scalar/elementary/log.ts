/**
 * The natural logarithm.
 *
 * Formula: x = 2ᵏ(1 + f), then log x = k·ln 2 + log(1 + f) (logarithm.ts, after fdlibm's e_log.c). Domain: x ≥ 0, subnormal
 * numbers included; ±0 gives −∞, a negative number NaN. Measured error: 0.84 ulp in f32, 0.85 ulp in f64.
 */
import { ifLess, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { binaryParts, greatest, logOfReduced } from './logarithm.ts';
import { atMost } from './pieces.ts';

export const log: UnaryDefinition = both(
  (dtype): UnaryBody =>
    (x) => {
      const { k, m } = binaryParts(x, atMost(greatest[dtype])(x));
      return ifLess(x, 0, Number.NaN, logOfReduced(dtype)(k, subtract(m, 1)));
    },
);
