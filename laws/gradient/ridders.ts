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

/** The unit roundoff of f64. */
const U = 2 ** -53;

const UNKNOWN: Estimate = { derivative: Number.NaN, error: Number.POSITIVE_INFINITY };

/** Of a difference or an extrapolation, `error` being what rounding may have done to it. */
type Entry = Estimate;

/** Removes the leading error term of two differences, whose steps are in a ratio with square `factor`; each was rounded. */
const extrapolate = (factor: number, finer: Entry, coarser: Entry): Entry => {
  const rounding = ({ derivative, error }: Entry): number => error + 4 * U * Math.abs(derivative);
  return {
    derivative: (factor * finer.derivative - coarser.derivative) / (factor - 1),
    error: (factor * rounding(finer) + rounding(coarser)) / (factor - 1),
  };
};

/**
 * The best extrapolation to step 0 of differences over steps h, h/ratio, h/ratio², …: `difference` says what each of them
 * is, and what rounding may have done to it. The error is the change that the extrapolation made, and the rounding in it.
 */
export const extrapolated = (
  difference: (step: number) => Estimate,
  h: number,
  { ratio, levels }: { readonly ratio: number; readonly levels: number },
): Estimate => {
  const rows: Entry[][] = [];
  for (let level = 0; level < levels; level++) {
    const row = [difference(h / ratio ** level)];
    for (const [order, coarser] of (rows[level - 1] ?? []).entries())
      row.push(extrapolate(ratio ** (2 * (order + 1)), row[order] ?? UNKNOWN, coarser));
    rows.push(row);
  }
  return rows
    .flatMap((row, level) =>
      row.slice(1).map(({ derivative, error }, order): Estimate => {
        const [finer, coarser] = [row[order] ?? UNKNOWN, rows[level - 1]?.[order] ?? UNKNOWN];
        const changes = [finer, coarser].map((from) => Math.abs(derivative - from.derivative));
        return { derivative, error: Math.max(...changes) + error };
      }),
    )
    .reduce((best, entry) => (entry.error < best.error ? entry : best), UNKNOWN);
};

/** The derivative at 0 from central differences at steps h, h/2, h/4, …; `sample` is asked at ± each of them. */
export const ridders = (sample: (t: number) => Sample, h: number, levels = 8): Estimate =>
  extrapolated(
    (step) => {
      const [plus, minus] = [sample(step), sample(-step)];
      return {
        derivative: (plus.value - minus.value) / (2 * step),
        error: (U * Math.max(plus.magnitude, minus.magnitude)) / step,
      };
    },
    h,
    { ratio: 2, levels },
  );
