/** 1/(1 + e⁻ˣ). */
import { add, divide, ifLess, multiply, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { atLeast, negativeAbs } from './pieces.ts';

export const sigmoid: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  return (x) => {
    const e = core(atLeast(expRange[dtype][0])(negativeAbs(x)));
    // e/(1 + e) loses 2.3 ulp to three roundings where e is small; e − e·(e/(1 + e)) hides two of them.
    const base = ifLess(x, 0, e, 1);
    return subtract(base, multiply(base, divide(e, add(1, e))));
  };
});
