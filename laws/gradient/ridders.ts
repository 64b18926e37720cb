/**
 * The derivative of a function of one number by differences, extrapolated to step 0: Ridders, *Accurate computation of
 * F′(x) and F′(x) F″(x)*, Advances in Engineering Software 4, 1982.
 *
 * The textbook form believes an entry of its table when it agrees with its neighbours, and by chance two entries that are
 * both wrong may agree. Here the error of an entry is at least what rounding alone makes of it, u·|F|/h at its smallest
 * step h, so a table that rounding dominates is not believed.
 */

/** A value of the function, and the size of the terms that were added up to it (rounding is relative to that). */
export interface Sample {
  readonly value: number;
  readonly magnitude: number;
}

export interface Estimate {
  readonly derivative: number;
  /** An estimate of the absolute error, not a bound. */
  readonly error: number;
}

const U = 2 ** -53;
const RATIO = 2;

interface Entry extends Estimate {
  /** What rounding may have done to the entry. */
  readonly rounding: number;
}

/** The next entry of a row: extrapolates from `above` (the larger step) and `left`, `weight` being ratio^(2·order). */
const extrapolate = (left: Entry, above: Entry, weight: number): Entry => {
  const derivative = (weight * left.derivative - above.derivative) / (weight - 1);
  const rounding = (weight * left.rounding + above.rounding) / (weight - 1);
  const spread = Math.max(Math.abs(derivative - left.derivative), Math.abs(derivative - above.derivative));
  return { derivative, rounding, error: spread + rounding };
};

/** The derivative at 0 from central differences at steps h, h/2, h/4, …; `sample` is asked at ± each of them. */
export const ridders = (sample: (t: number) => Sample, h: number, levels = 8): Estimate => {
  const rows: Entry[][] = [];
  for (let level = 0; level < levels; level++) {
    const step = h / RATIO ** level;
    const [plus, minus] = [sample(step), sample(-step)];
    const rounding = (U * Math.max(plus.magnitude, minus.magnitude)) / step;
    const above = rows[level - 1] ?? [];
    const row: Entry[] = [
      { derivative: (plus.value - minus.value) / (2 * step), rounding, error: Number.POSITIVE_INFINITY },
    ];
    for (const [order, entry] of above.entries()) {
      const left = row[order];
      if (left !== undefined) row.push(extrapolate(left, entry, RATIO ** (2 * (order + 1))));
    }
    rows.push(row);
  }
  return rows.flat().reduce((best, entry) => (entry.error < best.error ? entry : best));
};
