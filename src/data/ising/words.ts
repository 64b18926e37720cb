/** The random words of a key as a stream, for samplers that do not know beforehand how many of them they need. */
import type { Key } from '../../tensor/key.ts';
import { encipher } from '../../tensor/threefry.ts';

/**
 * A source of a key's words in order, those of `Key`'s draws, each a whole number in [0, 2³²): word i is word i mod 2 of
 * Threefry's block ⌊i/2⌋ of the counter (⌊i/2⌋, 0), as a law checks. It counts for itself, so it must not leave the
 * function that makes it.
 */
export const wordStream = ({ words: [first, second] }: Key): (() => number) => {
  const block = new Int32Array(2);
  let used = 0;
  return () => {
    const word = used & 1;
    if (word === 0) encipher(first, second, used / 2, 0, block);
    used += 1;
    return (block[word] ?? 0) >>> 0;
  };
};
