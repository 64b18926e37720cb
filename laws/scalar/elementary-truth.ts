/**
 * The elementary functions to 60 digits by decimal.js, from their power series where it offers none or loses digits. Shares
 * nothing with `src/scalar/elementary`.
 */
import { Decimal } from 'decimal.js';
import type { ElementaryUnary } from '../../src/scalar/expr.ts';

const D = Decimal.clone({ precision: 60, minE: -9e15, maxE: 9e15 });
type Real = Decimal;

const one = new D(1);
const two = new D(2);
/** π to 110 digits: sin and cos subtract multiples of it from numbers up to 2²¹ and may lose 40 digits. */
const pi =
  '3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679821480865132823';

/** A finite number exactly (to 60 digits): decimal.js itself would take the shortest decimal that rounds to it. */
export const exactly = (x: number): Real => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const field = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const [integer, power] = field === 0 ? [fraction, -1074] : [fraction | (1n << 52n), field - 1075];
  const magnitude = new D(integer.toString()).times(two.pow(power));
  return x < 0 ? magnitude.negated() : magnitude;
};

/** Σ terms from a first one and the ratio of each to the one before, until they no longer matter. */
const series = (first: Real, ratio: (n: number) => Real): Real => {
  let sum = new D(0);
  let term = first;
  for (let n = 1; !term.isZero() && (sum.isZero() || term.abs().gt(sum.abs().times('1e-62'))); n += 1) {
    sum = sum.plus(term);
    term = term.times(ratio(n));
  }
  return sum;
};

const expm1 = (x: Real): Real => (x.abs().lt(0.1) ? series(x, (n) => x.div(n + 1)) : x.exp().minus(1));
/** log(1 + x) = 2·atanh(x/(2 + x)), by series where 1 + x would lose digits. */
const log1p = (x: Real): Real => {
  if (x.abs().gt(0.1)) return x.plus(1).ln();
  const s = x.div(x.plus(2));
  const z = s.times(s);
  return series(s.times(2), (n) => z.times(2 * n - 1).div(2 * n + 1));
};
const tanh = (x: Real): Real => {
  if (x.abs().gt(100)) return x.isNegative() ? one.negated() : one;
  const e = expm1(x.times(2));
  return e.div(e.plus(2));
};
const softplus = (x: Real): Real => D.max(x, 0).plus(log1p(x.abs().negated().exp()));
/** erf x = 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n + 1)), all terms of one sign; beyond 7 it is 1 to 22 digits. */
const erf = (x: Real): Real => {
  if (x.abs().gt(7)) return x.isNegative() ? one.negated() : one;
  const z = x.times(x);
  const sum = series(x, (n) => z.times(2).div(2 * n + 1));
  return sum.times(z.negated().exp()).times(2).div(new D(pi).sqrt());
};
/** The sine of x + turns·π/2. */
const sine =
  (turns: number) =>
  (x: Real): Real => {
    const Wide = Decimal.clone({ precision: 120 });
    const half = new Wide(pi).div(2);
    const quarters = new Wide(x).div(half).round();
    const r = new D(new Wide(x).minus(quarters.times(half)));
    const z = r.times(r).negated();
    const n = quarters.plus(turns).mod(4).plus(4).mod(4).toNumber();
    const value =
      n % 2 === 0 ? series(r, (k) => z.div(2 * k * (2 * k + 1))) : series(one, (k) => z.div((2 * k - 1) * (2 * k)));
    return n < 2 ? value : value.negated();
  };

/** The functions of one number, where they are finite. */
export const truth: Readonly<Record<ElementaryUnary, (x: Real) => Real>> = {
  exp: (x) => x.exp(),
  expm1,
  log: (x) => x.ln(),
  log1p,
  tanh,
  sigmoid: (x) => one.div(x.negated().exp().plus(1)),
  softplus,
  erf,
  sin: sine(0),
  cos: sine(1),
};

/** |x|^y for x ≠ 0. */
export const powerOf = (x: Real, y: Real): Real => x.abs().ln().times(y).exp();

const greatest = exactly(Number.MAX_VALUE);

/** How far a result in f64 is from a real number, in units in the last place of the latter. An infinite result stands for
 * 2¹⁰²⁴ and all beyond. */
export const errorInUlps = (received: number, real: Real): number => {
  if (!real.isFinite()) return Object.is(received, real.toNumber()) ? 0 : Number.POSITIVE_INFINITY;
  const size = real.abs();
  const rounded = size.gt(greatest) ? Number.MAX_VALUE : size.toNumber();
  const exponent = rounded < 2 ** -1022 ? -1022 : Math.floor(Math.log2(rounded));
  // Math.log2 may be one off beside a power of two; 2^exponent must be at most the number.
  const floor = two.pow(exponent).gt(size) && exponent > -1022 ? exponent - 1 : exponent;
  const value = Number.isFinite(received) ? exactly(received) : D.max(two.pow(1024), size).times(Math.sign(received));
  return value
    .minus(real)
    .abs()
    .div(two.pow(floor - 52))
    .toNumber();
};
