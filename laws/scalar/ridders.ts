/**
 * Ridders' extrapolated central differences (C. J. F. Ridders, Advances in Engineering Software 4, 1982), with the
 * error that rounding makes: a difference over ±h cannot be better than the noise of the function over h, which the
 * textbook's estimate, the change by the last extrapolation alone, does not see.
 */

/** A number and a bound on its error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

const SHRINK = 1.4;
const STEPS = 10;
/** Twice the unit roundoff of f64. */
const EPSILON = 2 ** -52;

const UNKNOWN: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };

/** Divided by the distance of the two numbers that f was given, which differs from 2h by rounding. */
const central = (f: (x: number) => Estimate, x: number, h: number): Estimate => {
  const [above, below] = [x + h, x - h];
  const [a, b] = [f(above), f(below)];
  const value = (a.value - b.value) / (above - below);
  return { value, error: (a.error + b.error) / (above - below) + 2 * EPSILON * Math.abs(value) };
};

/** Removes the leading error term of two differences, whose steps are in a ratio with square `factor`. */
const extrapolated = (factor: number, finer: Estimate, coarser: Estimate): Estimate => ({
  value: (factor * finer.value - coarser.value) / (factor - 1),
  error:
    (factor * (finer.error + 2 * EPSILON * Math.abs(finer.value)) +
      (coarser.error + 2 * EPSILON * Math.abs(coarser.value))) /
    (factor - 1),
});

/**
 * The derivative of a function at a point from differences over ±h and smaller steps. The error is the change that the
 * best extrapolation made plus the rounding in it, for which f gives a bound on the error of each of its values.
 */
export const ridders = (f: (x: number) => Estimate, x: number, h: number): Estimate => {
  const rows: Estimate[][] = [];
  for (let i = 0; i < STEPS; i++) {
    const row = [central(f, x, h / SHRINK ** i)];
    for (const [j, coarser] of (rows[i - 1] ?? []).entries())
      row.push(extrapolated(SHRINK ** (2 * j + 2), row[j] ?? UNKNOWN, coarser));
    rows.push(row);
  }
  return rows
    .flatMap((row, i) =>
      row.slice(1).map((entry, j): Estimate => {
        const [finer, coarser] = [row[j] ?? UNKNOWN, rows[i - 1]?.[j] ?? UNKNOWN];
        const change = Math.max(Math.abs(entry.value - finer.value), Math.abs(entry.value - coarser.value));
        return { value: entry.value, error: change + entry.error };
      }),
    )
    .reduce((best, entry) => (entry.error < best.error ? entry : best), UNKNOWN);
};
