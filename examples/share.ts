/** What share of runs did something. */
import type { Interval } from 'nabla-ts';

/** A share with Wilson's 95 % interval (E. B. Wilson 1927), which holds near 0 and 1, too: of the runs that did something. */
export const shareOf = (did: number, of: number): Interval.Interval => {
  const z2 = 1.959963984540054 ** 2;
  const middle = (did + z2 / 2) / (of + z2);
  const half = Math.sqrt((z2 * did * (1 - did / of) + z2 ** 2 / 4) / (of + z2) ** 2);
  return { estimate: did / of, low: Math.max(0, middle - half), high: Math.min(1, middle + half), level: 0.95 };
};
