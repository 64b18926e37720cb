/** Mutants of `src/data` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const prefix = 'one draw more, which nobody reads: the first ones do not depend on how many there are';
const another = 'a key more, which nobody uses: the first ones do not depend on how many there are';

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
  ...[
    [
      'csv.ts',
      'twice >= «0»',
      '1',
      'the first of two columns of one name is never found: the second is, which is not column 0',
    ],
    [
      'csv.ts',
      "skipLines = «0», delimiter = ',' }: CsvOptions): E.Either<Failure, null>",
      '1',
      'asked only whether it is a whole number of lines, as 1 is',
    ],
    ['fitScaler.ts', 'width = «0»', '1', 'a shape of one axis is refused before its width is read'],
    ['franke.ts', '(noises?.[row] ?? «0»)', '1', 'there are no noises where the noise is 0: it is added 0 times'],
    ['spirals.ts', '(noises?.[i] ?? «0»)', '1', 'there are no noises where the noise is 0: it is added 0 times'],
    ['spirals.ts', 'normal([count, «2»],', '3', prefix],
    ['mixup.ts', 'uniform([«2»],', '3', prefix],
    ['franke.ts', 'split(«2»)', '3', another],
    ['spirals.ts', 'split(«2»)', '3', another],
    ['mixup.ts', '[forNormal = key, forUniform = key] = split(«2»)', '3', another],
    ['mixup.ts', '[first = key, second = key] = split(«2»)', '3', another],
    ['mixup.ts', '[forPart = key, forOrder = key] = split(«2»)', '3', another],
    ['gunzip.ts', '{ length: «256» }', '257', 'a byte is never the 257th'],
    ['gunzip.ts', 'length: «20»', '21', 'a byte behind the file of nothing, where nothing is looked for any more'],
    ['gunzip.ts', 'let end = «0»', '1', 'what begins as gzip does is longer than one byte: neither is its end'],
    [
      'ising/configurations.ts',
      '[count = 0, sites = «0»]',
      '1',
      'a shape of one axis is refused, whatever its number of sites',
    ],
    [
      'ising/wolff.ts',
      'length: «4» * size * size',
      '5',
      'neighbours behind those of the last site, which are nobody’s',
    ],
    ['ising/wolff.ts', 'split(«2»)', '3', another],
    ['ising/words.ts', 'new Int32Array(«2»)', '3', 'room for a word that nobody writes or reads'],
    ['idx.ts', 'bytes[2] ?? «0»', '1', 'of fewer than four bytes, which are refused: neither is a type'],
    ['idx.ts', 'bytes[3] ?? «0»', '1', 'of fewer than four bytes, which are refused before their axes are asked for'],
    [
      'inferSchema.ts',
      "cells.findIndex(({ kind }) => kind !== 'number') : -«1»",
      '2',
      'none either: asked only whether it is at least 0',
    ],
    ['table.ts', 'ragged >= «0»', '1', 'row 0 has as many cells as row 0: the first of another length is never that'],
    ['table.ts', 'rows[0]?.length ?? «0»', '1', 'of no rows, which are refused before their width is asked for'],
    [
      'table.ts',
      'position < «0»',
      '1',
      'position 0 is then one beyond the last column, which is refused as the one before the first is, in the same words',
    ],
  ].map(([name = '', from = '', to = '', reason = '']): Survivor => ({ file: `src/data/${name}`, from, to, reason })),
];
