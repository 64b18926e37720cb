/** 1/(1 + e⁻ˣ). */
import { add, divide, ifLess } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { atLeast, negativeAbs } from './pieces.ts';

export const sigmoid: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  return (x) => {
    const e = core(atLeast(expRange[dtype][0])(negativeAbs(x)));
    return divide(ifLess(x, 0, e, 1), add(1, e));
  };
});
