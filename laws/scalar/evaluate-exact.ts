/** Numbers as quotients of whole numbers, and their rounding to a format by whole-number arithmetic alone. */
import type { Dtype } from '../../src/scalar/dtype.ts';

/** top/bottom, bottom > 0. */
export interface Exact {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A finite number. */
export const exact = (x: number): Exact => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const field = bits >> 52n;
  const fraction = bits & ((1n << 52n) - 1n);
  // Over 2¹⁰⁷⁴ every number is whole.
  const scaled = field === 0n ? fraction : (fraction | (1n << 52n)) << (field - 1n);
  return { top: x < 0 ? -scaled : scaled, bottom: 1n << 1074n };
};

/** a/b for b ≠ 0. */
export const quotient = (a: Exact, b: Exact): Exact => {
  const top = a.top * b.bottom;
  const bottom = a.bottom * b.top;
  return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };
};

const bitLength = (n: bigint): number => n.toString(2).length;

/** ⌊log₂|x|⌋ for x ≠ 0. */
export const exponentOfExact = ({ top, bottom }: Exact): number => {
  const size = top < 0n ? -top : top;
  const guess = bitLength(size) - bitLength(bottom);
  const below = guess >= 0 ? size < bottom << BigInt(guess) : size << BigInt(-guess) < bottom;
  return below ? guess - 1 : guess;
};

const formats = {
  f32: { places: 23, lowest: -126, highest: 127 },
  f64: { places: 52, lowest: -1022, highest: 1023 },
};

/** A number other than 0 rounded to the nearest of a format, ties to even (IEEE 754-2019 4.3.1). */
export const roundExact =
  (dtype: Dtype) =>
  (x: Exact): number => {
    const { places, lowest, highest } = formats[dtype];
    const size = x.top < 0n ? -x.top : x.top;
    const sign = x.top < 0n ? -1 : 1;
    // The weight of the last place.
    const unit = Math.max(exponentOfExact(x), lowest) - places;
    const [top, bottom] = unit > 0 ? [size, x.bottom << BigInt(unit)] : [size << BigInt(-unit), x.bottom];
    const whole = top / bottom;
    const twice = 2n * (top - whole * bottom);
    const rounded = twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
    if (rounded === 0n) return sign * 0;
    if (unit + bitLength(rounded) - 1 > highest) return sign * Number.POSITIVE_INFINITY;
    // Exact: at most 53 bits, at places that f64 has; two factors since 2^unit alone may not be a number.
    const half = Math.trunc(unit / 2);
    return sign * Number(rounded) * 2 ** half * 2 ** (unit - half);
  };
