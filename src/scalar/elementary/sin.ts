/** The sine of an angle in radians. */
import { ifEqual } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { sineFromQuarter } from './trigonometric.ts';

export const sin: UnaryDefinition = both((dtype): UnaryBody => {
  const body = sineFromQuarter(dtype, 0);
  // r + r³… would turn −0 into +0.
  return (x) => ifEqual(x, 0, x, body(x));
});
