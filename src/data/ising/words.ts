/**
 * The random words of a key as a stream, for samplers that need hundreds of millions of them. They are the words of
 * `Key`'s draws: word i is word i mod 2 of Threefry's block ⌊i/2⌋ of the counter (⌊i/2⌋, 0), as a law checks.
 */
import type { Key } from '../../tensor/key.ts';

const BLOCKS = 256;

/**
 * A source of a key's words in order, each a whole number in [0, 2³²). It counts for itself, so it must not leave the
 * function that makes it.
 */
export const wordStream = ({ words: [first, second] }: Key): (() => number) => {
  const k0 = first | 0;
  const k1 = second | 0;
  const k2 = 0x1bd11bda ^ k0 ^ k1;
  const buffer = new Uint32Array(2 * BLOCKS);
  let block = 0;
  let at = buffer.length;

  // Twenty rounds of Threefry-2x32, written out: a loop over a table of rotations takes four times as long.
  const refill = (): void => {
    for (let i = 0; i < BLOCKS; i++, block++) {
      let a = (block + k0) | 0;
      let b = k1;
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      a = (a + b) | 0;
      b = ((b << 15) | (b >>> 17)) ^ a;
      a = (a + b) | 0;
      b = ((b << 26) | (b >>> 6)) ^ a;
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
      a = (a + k1) | 0;
      b = (b + k2 + 1) | 0;
      a = (a + b) | 0;
      b = ((b << 17) | (b >>> 15)) ^ a;
      a = (a + b) | 0;
      b = ((b << 29) | (b >>> 3)) ^ a;
      a = (a + b) | 0;
      b = ((b << 16) | (b >>> 16)) ^ a;
      a = (a + b) | 0;
      b = ((b << 24) | (b >>> 8)) ^ a;
      a = (a + k2) | 0;
      b = (b + k0 + 2) | 0;
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      a = (a + b) | 0;
      b = ((b << 15) | (b >>> 17)) ^ a;
      a = (a + b) | 0;
      b = ((b << 26) | (b >>> 6)) ^ a;
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
      a = (a + k0) | 0;
      b = (b + k1 + 3) | 0;
      a = (a + b) | 0;
      b = ((b << 17) | (b >>> 15)) ^ a;
      a = (a + b) | 0;
      b = ((b << 29) | (b >>> 3)) ^ a;
      a = (a + b) | 0;
      b = ((b << 16) | (b >>> 16)) ^ a;
      a = (a + b) | 0;
      b = ((b << 24) | (b >>> 8)) ^ a;
      a = (a + k1) | 0;
      b = (b + k2 + 4) | 0;
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      a = (a + b) | 0;
      b = ((b << 15) | (b >>> 17)) ^ a;
      a = (a + b) | 0;
      b = ((b << 26) | (b >>> 6)) ^ a;
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
      a = (a + k2) | 0;
      b = (b + k0 + 5) | 0;
      buffer[2 * i] = a;
      buffer[2 * i + 1] = b;
    }
    at = 0;
  };

  return () => {
    if (at === buffer.length) refill();
    const word = buffer[at] ?? 0;
    at += 1;
    return word;
  };
};
