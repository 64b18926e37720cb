/** Exact exponent, significand and scaling by powers of two, in f64. */

const LOWEST = -1074;
const HIGHEST = 1023;

/** 2ⁿ for −1074 ≤ n ≤ 1023, made by doubling: `2 ** n` need not be exact in every engine. */
const powersOfTwo: Float64Array = (() => {
  const table = new Float64Array(HIGHEST - LOWEST + 1);
  table[0] = Number.MIN_VALUE;
  for (let i = 1; i < table.length; i += 1) table[i] = (table[i - 1] ?? Number.NaN) * 2;
  return table;
})();

const powerOfTwo = (n: number): number => powersOfTwo[n - LOWEST] ?? Number.NaN;

const LOWEST_NORMAL = powerOfTwo(-1022);

/** The upper word of a number. The view is a scratch word: written and read in one breath. */
const upperWord: (x: number) => number = (() => {
  const view = new DataView(new ArrayBuffer(8));
  return (x) => {
    view.setFloat64(0, x);
    return view.getUint32(0);
  };
})();

/** ⌊log₂|x|⌋, also of subnormals; −∞ of 0, ∞ of ±∞, NaN of NaN. */
export const exponentOf = (x: number): number => {
  const a = Math.abs(x);
  if (a >= LOWEST_NORMAL && a <= Number.MAX_VALUE) return (upperWord(a) >>> 20) - 1023;
  if (a === 0) return Number.NEGATIVE_INFINITY;
  return Number.isFinite(a) ? (upperWord(a * powerOfTwo(54)) >>> 20) - 1077 : a;
};

/** x·2⁻ᵉ for the exponent e of x: in [1, 2) with the sign of x; ±0, ±∞ and NaN to themselves. */
export const significandOf = (x: number): number => {
  const e = exponentOf(x);
  return e > Number.NEGATIVE_INFINITY && e < Number.POSITIVE_INFINITY ? scaleBy(x, -e) : x;
};

/** x·2ⁿ rounded once, for a whole number n; NaN for any other. */
export const scaleBy = (x: number, n: number): number => {
  if (!Number.isInteger(n)) return Number.NaN;
  if (n >= LOWEST && n <= HIGHEST) return x * powerOfTwo(n);
  if (n > HIGHEST) {
    // Each product is exact or overflows; 2098 steps lead from the least number past the greatest.
    const rest = Math.min(n, 2100) - HIGHEST;
    return x * powerOfTwo(HIGHEST) * powerOfTwo(Math.min(rest, HIGHEST)) * powerOfTwo(Math.max(rest - HIGHEST, 0));
  }
  // A product by 2^-1000 that rounds is below 2^-1022, and what is left to multiply by then takes it below half the least
  // number, to 0 in any case: so at most one rounding shows.
  const rest = Math.max(n, -3000) + 1000;
  return rest >= LOWEST
    ? x * powerOfTwo(-1000) * powerOfTwo(rest)
    : x * powerOfTwo(-1000) * powerOfTwo(-1000) * powerOfTwo(rest + 1000);
};
