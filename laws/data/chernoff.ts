/**
 * How surprising a mean is. For n independent draws of X, a mean of at least m > E X has probability at most
 * exp(−n·I(m)), I(m) = sup over s of s·m − log E exp(sX) (Chernoff), and so on the other side. The bound holds as well
 * when each draw is itself a mean of several dependent ones of that distribution, for exp is convex.
 */

/** I(m), given log E exp(sX) as a function of s; any s in place of the best makes it smaller, never larger. */
export const surprise = (logMoment: (s: number) => number, mean: number, limit: number): number => {
  const exponent = (s: number): number => s * mean - logMoment(s);
  let [low, high] = [-limit, limit];
  // The exponent is concave in s.
  for (let i = 0; i < 80; i++) {
    const third = (high - low) / 3;
    if (exponent(low + third) < exponent(high - third)) low += third;
    else high -= third;
  }
  return Math.max(0, exponent((low + high) / 2));
};

/** log Σ exp(x). */
export const logSum = (terms: readonly number[]): number => {
  const top = terms.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return top + Math.log(terms.reduce((sum, x) => sum + Math.exp(x - top), 0));
};
