/** The natural logarithm. */
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
