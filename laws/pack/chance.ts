/** How far a share of independent trials may be from its chance. */

/** The relative entropy of coins a and b. */
const divergence = (a: number, b: number): number =>
  (a === 0 ? 0 : a * Math.log(a / b)) + (a === 1 ? 0 : (1 - a) * Math.log((1 - a) / (1 - b)));

/**
 * The band in which the share of `trials` independent trials of chance `chance` lies but for a probability of `error`
 * (Chernoff: a share of at least s > p, and one of at most s < p, has a probability below exp(−n·D(s‖p))).
 */
export const bandOf = (chance: number, trials: number, error: number): readonly [low: number, high: number] => {
  const far = Math.log(2 / error) / trials;
  const search = (end: number): number => {
    let [inside, outside] = [chance, end];
    for (let i = 0; i < 60; i++) {
      const middle = (inside + outside) / 2;
      if (divergence(middle, chance) < far) inside = middle;
      else outside = middle;
    }
    return outside;
  };
  return [search(0), search(1)];
};
