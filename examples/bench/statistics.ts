/** What is said of the times of several rounds. */

/** The middle of the values, or the mean of the two in the middle; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  const at = (i: number): number => sorted[i] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(upper) : (at(upper - 1) + at(upper)) / 2;
};

/** The least value: what the machine can do when nothing disturbs it; NaN of none. */
export const minimum = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => Math.min(a, b));

export interface Summary {
  readonly minimum: number;
  readonly median: number;
  readonly rounds: number;
}

export const summarise = (values: readonly number[]): Summary => ({
  minimum: minimum(values),
  median: median(values),
  rounds: values.length,
});
