/**
 * The common part of the logarithms: x = 2ᵏ(1 + f) with 1 + f in (√½, √2], and
 * log(1 + f) = f − (h − s(h + R(s²))), s = f/(2 + f), h = f²/2, R(z) = log((1 + s)/(1 − s))/s − 2 = ⅔z + ⅖z² + ….
 *
 * Source of the arrangement and of the f64 coefficients: fdlibm's e_log.c (Sun Microsystems, 1993). The f32 coefficients
 * are fitted here (relative error 2⁻³⁰).
 */
import type { Dtype } from '../dtype.ts';
import { add, divide, type Expr, exponent, ifLess, multiply, significand, subtract } from '../expr.ts';
import { ln2High, ln2Low } from './exponential.ts';
import { polynomial } from './pieces.ts';

const coefficients = {
  f32: [0.6666677594184875, 0.39977577328681946, 0.2987106144428253],
  f64: [
    0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
    0.15313837699209373, 0.14798198605116586,
  ],
};

/** h − s(h + R) − tail and f, the two addends of log(1 + f): f less the first. */
const lack =
  (terms: readonly number[]) =>
  <N extends string>(f: Expr<N>, tail: (x: Expr<N>) => Expr<N>): Expr<N> => {
    const s = divide(f, add(2, f));
    const z = multiply(s, s);
    const half = multiply(multiply(0.5, f), f);
    return subtract(half, tail(multiply(s, add(half, multiply(z, polynomial(terms)(z))))));
  };

/** log(2ᵏ(1 + f)) for whole k and 1 + f in (√½, √2]. */
export const logOfReduced =
  (dtype: Dtype) =>
  <N extends string>(k: Expr<N>, f: Expr<N>): Expr<N> =>
    subtract(
      multiply(k, ln2High[dtype]),
      subtract(
        lack(coefficients[dtype])(f, (x) => add(x, multiply(k, ln2Low[dtype]))),
        f,
      ),
    );

/** R for |s| ≤ 0.233, fitted here (relative error 2⁻³³ and 2⁻⁵⁹). */
const widerCoefficients = {
  f32: [0.666666567325592, 0.4000197947025299, 0.2845648527145386, 0.24761705100536346],
  f64: [
    0.6666666666666582, 0.4000000000050338, 0.2857142846929408, 0.22222232231438657, 0.18181276737605964,
    0.15401612867798598, 0.13026406017781916, 0.14681297314190112,
  ],
};

/** log(1 + f) for f in [0, 0.607], where it is not worth taking ln 2 off. */
export const log1pOfFraction =
  (dtype: Dtype) =>
  <N extends string>(f: Expr<N>): Expr<N> =>
    subtract(
      f,
      lack(widerCoefficients[dtype])(f, (x) => x),
    );

/** x as 2ᵏ·m with m in (√½, √2]; k from `of`, m from `bounded`, which is x but where x is ∞. */
export const binaryParts = <N extends string>(
  of: Expr<N>,
  bounded: Expr<N> = of,
): { readonly k: Expr<N>; readonly m: Expr<N> } => {
  const e = exponent(of);
  const m = significand(bounded);
  return { k: ifLess(Math.SQRT2, m, add(e, 1), e), m: ifLess(Math.SQRT2, m, multiply(0.5, m), m) };
};

/** The greatest finite number of each format. */
export const greatest = { f32: 3.4028234663852886e38, f64: Number.MAX_VALUE };
