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
];
