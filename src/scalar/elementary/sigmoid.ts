/**
 * The logistic function 1/(1 + e⁻ˣ).
 *
 * Formula: with e = e^−|x| the value left of 0 is e − e·(e/(1 + e)), and right of 0 what that lacks to 1; where |x| < ½ it is
 * ½ + x·P(x²) (P fitted here, error 2⁻³¹ and 2⁻⁶¹), which keeps neighbours in order. Domain: every number; subnormal results
 * are right. Measured error: 1.81 ulp in f32, 1.79 ulp in f64.
 */
import { abs, add, divide, ifLess, multiply, negate, subtract } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { atLeast, polynomial } from './pieces.ts';

/** (sigmoid(x) − ½)/x in x², for |x| < ½. */
const oddPart = {
  f32: polynomial([0.25, -0.020833253860473633, 0.002081667073071003, -0.00020024014520458877]),
  f64: polynomial([
    0.25, -0.020833333333332642, 0.00208333333327691, -0.00021081349038489693, 2.1356897689592708e-5,
    -2.1636758043983605e-6, 2.1833642512429402e-7, -2.002112109502889e-8,
  ]),
};

export const sigmoid: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  return (x) => {
    const a = abs(x);
    const e = core(atLeast(expRange[dtype][0])(negate(a)));
    // e/(1 + e) loses 2.3 ulp to three roundings where e is small; e − e·(e/(1 + e)) hides two of them.
    const left = subtract(e, multiply(e, divide(e, add(1, e))));
    const far = ifLess(x, 0, left, subtract(1, left));
    return ifLess(a, 0.5, add(0.5, multiply(x, oddPart[dtype](multiply(x, x)))), far);
  };
});
