/**
 * The cipher that random numbers are made of: Threefry-2x32 with 20 rounds, of J. Salmon, M. Moraes, R. Dror and D. Shaw,
 * Parallel random numbers: as easy as 1, 2, 3, SC 2011.
 */

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

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
  const schedule = [k0, k1, 0x1bd11bda ^ k0 ^ k1] as const;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  for (let r = 0; r < 20; r++) {
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, ROTATIONS[r % 8] ?? 0) ^ x0;
    if (r % 4 === 3) {
      const injection = (r + 1) / 4;
      x0 = (x0 + (schedule[injection % 3] ?? 0)) | 0;
      x1 = (x1 + (schedule[(injection + 1) % 3] ?? 0) + injection) | 0;
    }
  }
  return [x0 >>> 0, x1 >>> 0];
};
