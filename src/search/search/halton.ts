/**
 * Halton's sequence: coordinate j of point i is i written in the j-th prime base, mirrored at the point (Halton 1960). In
 * large bases its first points lie on lines; each digit is therefore put through a random permutation of its own (Owen
 * 2017, *A randomized Halton algorithm in R*), which makes every point uniform and keeps the first bᵏ of them one in
 * each of bᵏ equal intervals.
 */
import { foldIn, type Key, permutation, uniform } from '../../tensor/key.ts';

/** The first primes. */
const primes = (count: number): readonly number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
};

/** How many digits carry to the 2⁻³² of a place; what is behind them is one uniform number a point would not notice. */
const digitsOf = (base: number): number => {
  let digits = 0;
  for (let reach = 1; reach < 2 ** 32; reach *= base) digits += 1;
  return digits;
};

/** The coordinates of each point by its number from 0, in [0, 1). */
export const halton = (dimensions: number, key: Key): ((number: number) => readonly number[]) => {
  const axes = primes(dimensions).map((base, axis) => {
    const own = foldIn(axis)(key);
    const digits = digitsOf(base);
    return {
      base,
      permutations: Array.from({ length: digits }, (_, digit) => permutation(base)(foldIn(digit)(own))),
      // The digits behind: the same for all points.
      rest: uniform([1], 'f64')(foldIn(digits)(own)).data[0] ?? 0,
    };
  });
  return (number) =>
    axes.map(({ base, permutations, rest }) => {
      let [place, weight, left] = [0, 1 / base, number];
      for (const permuted of permutations) {
        place += (permuted[left % base] ?? 0) * weight;
        left = Math.floor(left / base);
        weight /= base;
      }
      // In exact arithmetic below 1.
      return Math.min(1 - 2 ** -53, place + rest * weight * base);
    });
};
