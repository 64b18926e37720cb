/**
 * The cipher that random numbers are made of: Threefry-2x32 with 20 rounds, of J. Salmon, M. Moraes, R. Dror and D. Shaw,
 * Parallel random numbers: as easy as 1, 2, 3, SC 2011.
 */

/** The words of a counter under a key, written to `to` as bits; what many blocks are made with, one after another. */
export const encipher = (k0: number, k1: number, c0: number, c1: number, to: Int32Array): void => {
  // Two sets of rotations and three words of the key take turns, four rounds each.
  let [a, b, c, d] = [13, 15, 26, 6];
  let [nextA, nextB, nextC, nextD] = [17, 29, 16, 24];
  let [s0, s1, s2] = [k1 | 0, 0x1bd11bda ^ k0 ^ k1, k0 | 0];
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  for (let injection = 1; injection <= 5; injection++) {
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << a) | (x1 >>> (32 - a))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << b) | (x1 >>> (32 - b))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << c) | (x1 >>> (32 - c))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << d) | (x1 >>> (32 - d))) ^ x0;
    x0 = (x0 + s0) | 0;
    x1 = (x1 + s1 + injection) | 0;
    [a, b, c, d, nextA, nextB, nextC, nextD] = [nextA, nextB, nextC, nextD, a, b, c, d];
    [s0, s1, s2] = [s1, s2, s0];
  }
  to[0] = x0;
  to[1] = x1;
};

/**
 * Threefry-2x32-20: the two words that a key makes of a counter, each in [0, 2³²).
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * Key.threefry([0, 0], [0, 0]) // => [0x6b200159, 0x99ba4efe]
 * ```
 */
export const threefry = (
  [k0, k1]: readonly [number, number],
  [c0, c1]: readonly [number, number],
): readonly [number, number] => {
  const words = new Int32Array(2);
  encipher(k0, k1, c0, c1, words);
  return [(words[0] ?? 0) >>> 0, (words[1] ?? 0) >>> 0];
};
