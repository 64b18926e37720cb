/** eˣ. */

import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { atLeast, atMost } from './pieces.ts';

export const exp: UnaryDefinition = both((dtype): UnaryBody => {
  const [low, high] = expRange[dtype];
  const core = boundedExp(dtype);
  return (x) => core(atLeast(low)(atMost(high)(x)));
});
