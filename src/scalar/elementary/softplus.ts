/**
 * log(1 + eˣ).
 *
 * Formula: max(x, 0) + log(1 + e^−|x|); where |x| < ½, where two roundings of one size would meet, ln 2 + x/2 + x²·P(x²), which
 * is ln 2 + x/2 + log cosh(x/2) (P fitted here, relative error 2⁻²⁹ and 2⁻⁵⁹). Domain: every number; subnormal results are
 * right. Measured error: 1.76 ulp in f32, 1.68 ulp in f64.
 */
import { abs, add, ifLess, multiply } from '../expr.ts';
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { boundedExp, expRange } from './exponential.ts';
import { log1pOfFraction } from './logarithm.ts';
import { atLeast, negativeAbs, polynomial } from './pieces.ts';

/** (log(2·cosh(x/2)) − ln 2)/x² in x², for |x| < ½. */
const evenPart = {
  f32: polynomial([0.12499992549419403, -0.005206532310694456, 0.0003347948950249702]),
  f64: polynomial([
    0.12499999999999979, -0.0052083333333120515, 0.000347222221486043, -2.6351674424520678e-5, 2.135585995009694e-6,
    -1.7980783198372886e-7, 1.4354461831476349e-8,
  ]),
};
const ln2 = { f32: 0.6931471824645996, f64: Math.LN2 };
const ln2Tail = { f32: -1.9046542121259336e-9, f64: 2.3190468138462996e-17 };

export const softplus: UnaryDefinition = both((dtype): UnaryBody => {
  const core = boundedExp(dtype);
  return (x) => {
    const z = multiply(x, x);
    const near = add(ln2[dtype], add(multiply(0.5, x), add(ln2Tail[dtype], multiply(z, evenPart[dtype](z)))));
    const e = core(atLeast(expRange[dtype][0])(negativeAbs(x)));
    return ifLess(abs(x), 0.5, near, add(ifLess(x, 0, 0, x), log1pOfFraction(dtype)(e)));
  };
});
