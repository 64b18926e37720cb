/** Binnings: which probabilities are taken together, where it is asked what came of them. */

/** Which bin each probability goes to, of those of all rows. */
export type Binning = (probabilities: readonly number[]) => readonly number[];

const binsOf = (what: string, bins: number): number => {
  if (!(Number.isSafeInteger(bins) && bins >= 1))
    throw new RangeError(`Metric.${what}: ${bins} is not a number of bins`);
  return bins;
};

/**
 * Bins of equal width: of m, the i-th holds the probabilities in (i/m, (i + 1)/m], the first one 0 too (M. P. Naeini, G. F.
 * Cooper and M. Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning*, AAAI 2015; C. Guo and others, *On
 * calibration of modern neural networks*, ICML 2017). Throws unless m is a whole number from 1.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.equalWidth(4)([0, 0.25, 0.3, 1]) // => [0, 0, 1, 3]
 * ```
 */
export const equalWidth = (bins: number): Binning => {
  const count = binsOf('equalWidth', bins);
  return (values) => values.map((p) => Math.max(0, Math.ceil(p * count) - 1));
};

/**
 * Bins of equal mass: rows in the order of their probabilities, cut into m parts whose sizes differ by at most one, but equal
 * probabilities go together, to the part of the first of them (K. Nguyen and B. O'Connor, *Posterior calibration and exploratory
 * analysis for natural language processing models*, EMNLP 2015). Throws unless m is a whole number from 1.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.equalMass(2)([0.9, 0.8, 0.95, 0.7]) // => [1, 0, 1, 0]
 * Metric.equalMass(2)([0.9, 0.9, 0.9, 0.7]) // => [0, 0, 0, 0]
 * ```
 */
export const equalMass = (bins: number): Binning => {
  const count = binsOf('equalMass', bins);
  return (values) => {
    const first = new Map<number, number>();
    for (const [rank, p] of [...values].sort((a, b) => a - b).entries()) if (!first.has(p)) first.set(p, rank);
    return values.map((p) => Math.floor(((first.get(p) ?? Number.NaN) * count) / values.length));
  };
};
