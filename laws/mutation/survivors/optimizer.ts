/** Mutants of `src/optimizer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const file = 'src/optimizer/elementary.ts';
const spared =
  'from there on a power is below 2⁻⁵⁴, and 1 less it is 1 whether it is computed or not: the limit saves the power, and one that is later, or none (NaN), changes no number';

export const optimizer: readonly Survivor[] = [
  { file, from: "'base'", to: '""', reason: spared },
  { file, from: '-60 * Math.LN2', to: '-60 / Math.LN2', reason: spared },
  { file, from: '60', to: '61', reason: spared },
  { file, from: '{ base }', to: '{}', reason: spared },
  { file, from: 'y > vanishes', to: 'false', reason: spared },
  { file, from: 'y > vanishes', to: 'y >= vanishes', reason: spared },
  {
    file,
    from: 'before !== undefined',
    to: 'false',
    reason: 'the base is then prepared anew, to the same powers: that it is kept saves time',
  },
];
