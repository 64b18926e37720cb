/** log(1 + eˣ). */
import { add, type Expr, ifLess, multiply, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { log1pOfUnitF32, logOfReduced } from './logarithm.ts';
import { atLeast, negativeAbs } from './pieces.ts';

/** log(1 + f) for f in [0, 1]: halved where 1 + f > √2. */
const log1pOfUnitF64 = <N extends string>(f: Expr<N>): Expr<N> => {
  const bound = Math.SQRT2 - 1;
  return logOfReduced('f64')(ifLess(bound, f, 1, 0), ifLess(bound, f, subtract(multiply(0.5, f), 0.5), f));
};

export const softplus: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  const log1pOfUnit = dtype === 'f32' ? log1pOfUnitF32 : log1pOfUnitF64;
  return (x) => add(ifLess(x, 0, 0, x), log1pOfUnit(core(atLeast(expRange[dtype][0])(negativeAbs(x)))));
});
