/** Mutants of `src/data` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const data: readonly Survivor[] = [
  {
    file: 'src/data/csv.ts',
    from: 'twice >= 0',
    to: 'twice > 0',
    reason: 'the first of two columns of one name is never found: the second is, which is not column 0',
  },
  {
    file: 'src/data/encodeTable.ts',
    from: 'column < target.column',
    to: 'column <= target.column',
    reason: 'asked only of columns that are not the target’s',
  },
  {
    file: 'src/data/table.ts',
    from: 'ragged >= 0',
    to: 'ragged > 0',
    reason: 'row 0 has as many cells as row 0: the first of another length is never that',
  },
  {
    file: 'src/data/table.ts',
    from: 'position < 0',
    to: 'position <= 0',
    reason:
      'position 0 is then one beyond the last column, which is refused as the one before the first is, in the same words',
  },
  {
    file: 'src/data/franke.ts',
    from: 'noise === 0',
    to: 'false',
    reason: 'noise is then drawn, and added 0 times: not to draw it saves time',
  },
  {
    file: 'src/data/spirals.ts',
    from: 'noise === 0',
    to: 'false',
    reason: 'noise is then drawn, and added 0 times: not to draw it saves time',
  },
  {
    file: 'src/data/mixup.ts',
    from: 'logarithm({ x: 1 - u }) < (x * x) / 2 + d - d * root * root * root + d * logCube',
    to: 'logarithm({ x: 1 - u }) <= x * x / 2 + d - d * root * root * root + d * logCube',
    reason:
      'another draw only where the two numbers are equal, of 2⁵³ that u is drawn from: no key is known, nor will be met, whose are',
  },
  {
    file: 'src/data/ising/configurations.ts',
    from: 'row < count',
    to: 'row <= count',
    reason: 'the row too many is written beyond the end of an array, which drops it',
  },
  {
    file: 'src/data/ising/wolff.ts',
    from: 'next() < joins',
    to: 'next() <= joins',
    reason:
      'another bond only where p·2³² is a whole number and a word is that: where exp(−2/T) is 0 it is 2³², above all words, and no other such temperature is known',
  },
  {
    file: 'src/data/ising/wolff.ts',
    from: 'c < perTemperature',
    to: 'c <= perTemperature',
    reason:
      'the configuration too many is the last of its chain: the next temperature’s first is written over it, or it is beyond the end, which drops it',
  },
  {
    file: 'src/data/ising/wolff.ts',
    from: 'site < sites',
    to: 'site <= sites',
    reason: 'the spin too many is overwritten by the next configuration’s first, or beyond the end, which drops it',
  },
  {
    file: 'src/data/ising/wolff.ts',
    from: 'sign * (spins[site] ?? 0)',
    to: 'sign / (spins[site] ?? 0)',
    reason: 'a spin is 1 or −1, which is its own inverse',
  },
  {
    file: 'src/data/ising/words.ts',
    from: 'word === 0',
    to: 'true',
    reason:
      'the block is then computed again for its second word, from its number and a half, which whole numbers drop',
  },
];
