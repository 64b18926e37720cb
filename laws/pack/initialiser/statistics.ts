/**
 * Sizes of samples for laws about chance. A law that looks at n draws raises a false alarm with probability at most 1e-9,
 * and misses a fault of the stated size with probability at most 1e-6.
 */

/** Two sides, 1e-9 together. */
const ALARM = Math.log(2 / 1e-9);
/** One side, 1e-6. */
const MISS = Math.log(1 / 1e-6);

/** How far the mean of n independent numbers in an interval of a width may stray (Hoeffding 1963):
 * P(|mean − expected| ≥ t) ≤ 2·exp(−2n·t²/width²). */
export const strayOfBounded = (n: number, width: number): number => width * Math.sqrt(ALARM / (2 * n));

/** How many such numbers show an expectation that is off by `effect`: stray + the same bound for a miss. */
export const drawsForBounded = (effect: number, width: number): number =>
  Math.ceil(((width / effect) * (Math.sqrt(ALARM / 2) + Math.sqrt(MISS / 2))) ** 2);

/** How far the mean of n independent normal numbers may stray, in deviations: the normal tail at most exp(−z²/2). */
export const strayOfNormal = (n: number): number => Math.sqrt((2 * ALARM) / n);

/** How many normal numbers show a mean that is off by `effect` deviations. */
export const drawsForNormal = (effect: number): number =>
  Math.ceil(((Math.sqrt(2 * ALARM) + Math.sqrt(2 * MISS)) / effect) ** 2);

/** How far, relatively, the mean of the squares of n independent normal numbers may stray from the variance (Laurent and
 * Massart 2000, lemma 1): above by at most 2√(x/n) + 2x/n, below by at most 2√(x/n), each but for probability e⁻ˣ. */
export const strayOfVariance = (n: number): number => 2 * Math.sqrt(ALARM / n) + (2 * ALARM) / n;

/** How many normal numbers show a variance that is off by the relative `effect`, upwards or downwards: what strays, and a
 * miss, which is relative to the faulty variance, at most 1 + effect. */
export const drawsForVariance = (effect: number): number => {
  let n = 1;
  while (strayOfVariance(n) + (1 + effect) * (2 * Math.sqrt(MISS / n) + (2 * MISS) / n) > effect)
    n = Math.ceil(n * 1.02);
  return n;
};
