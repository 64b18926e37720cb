/**
 * The hyperbolic tangent.
 *
 * Formula: 1 − 2/(e^(2|x|) + 1) with the sign of x, or x + x³·P(x²)/Q(x²) where |x| < 0.625 (P, Q fitted here, relative error
 * 2⁻²⁸ and 2⁻⁶⁰); one division serves both. Domain: every number; ±0 to itself, ±∞ to ±1. Measured error: 1.33 ulp in f32,
 * 1.30 ulp in f64.
 */
import { abs, add, divide, ifEqual, ifLess, multiply } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp } from './exponential.ts';
import { atMost, monic, polynomial, signOf } from './pieces.ts';

/** Above it |tanh x| rounds to 1. */
const saturation = { f32: 10, f64: 20 };
/** tanh x = x + x³·P(x²)/Q(x²), Q monic, for |x| < 0.625. */
const numerator = {
  f32: polynomial([-0.8238333530881375, -0.0038099878720237704]),
  f64: polynomial([-1614.6876779168547, -99.28772278525533, -0.9643991793010617]),
};
const denominator = {
  f32: monic([2.471501937025187]),
  f64: monic([4844.063033750565, 2235.488381855919, 112.8116781504813]),
};

export const tanh: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  return (x) => {
    const a = abs(x);
    const z = multiply(x, x);
    const one = signOf(x);
    const e = core(multiply(2, atMost(saturation[dtype])(a)));
    const small = <A extends string>(then: Parameters<typeof ifLess<never, never, A, A>>[2], otherwise: typeof then) =>
      ifLess(a, 0.625, then, otherwise);
    const top = small(multiply(multiply(x, z), numerator[dtype](z)), multiply(-2, one));
    const bottom = small(denominator[dtype](z), add(e, 1));
    // x + x³… would turn −0 into +0.
    return ifEqual(x, 0, x, add(small(x, one), divide(top, bottom)));
  };
});
