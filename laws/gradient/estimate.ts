/** A derivative estimated from values of a function of one number, and what its error is thought to be. */

/** A value of the function, and the size of the terms that were added up to it (rounding is relative to that). */
export interface Sample {
  readonly value: number;
  readonly magnitude: number;
}

/** A derivative by differences. */
export interface Estimate {
  readonly derivative: number;
  /** An estimate of the absolute error, not a bound: what the step leaves out, and `noise`. */
  readonly error: number;
  /** What rounding alone may have done: u·|F|/h at the steps that were used. No difference over them can do better. */
  readonly noise: number;
}

/** A way to the derivative at 0 from samples at some t with |t| ≤ h. */
export type Method = (sample: (t: number) => Sample, h: number) => Estimate;

/** The unit roundoff of f64. */
export const U = 2 ** -53;

/** What is known before anything is. */
export const UNKNOWN: Estimate = { derivative: NaN, error: Number.POSITIVE_INFINITY, noise: Number.POSITIVE_INFINITY };

/** The estimate with the smaller error. */
export const better = (a: Estimate, b: Estimate): Estimate => (b.error < a.error ? b : a);

/** (F(h) − F(−h))/2h, and what rounding may have done to it. */
export const slope = (
  sample: (t: number) => Sample,
  h: number,
): { readonly derivative: number; readonly noise: number } => {
  const [after, before] = [sample(h), sample(-h)];
  return {
    derivative: (after.value - before.value) / (2 * h),
    noise: (U * Math.max(after.magnitude, before.magnitude)) / h,
  };
};
