/** Mutants of `src/optimizer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const file = 'src/optimizer/elementary.ts';
const spared =
  'from there on a power is below 2⁻⁵⁴, and 1 less it is 1 whether it is computed or not: the limit saves the power, and one that is later, or none (NaN), changes no number';

const rule = 'src/optimizer/rule.ts';
const copied =
  'a count of steps alone is then copied as numbers that hold more are, to the same numbers: the shorter way saves time';

const named = 'asked once, when the optimizer is made, for the names of the scalars alone: each step has the same ones';

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
  {
    file: 'src/optimizer/schedule/cosine.ts',
    from: 'factor === 1',
    to: 'false',
    reason: 'cycles of one length are then passed one by one, to the same place in the last: to divide saves time',
  },
  {
    file: 'src/optimizer/schedule/warmup.ts',
    from: 't < top',
    to: 't <= top',
    reason: 'at the top the way up and the way down are both the peak, exactly',
  },
  {
    file: 'src/optimizer/schedule/join.ts',
    from: "'Schedule.join: one boundary fewer than schedules was checked'",
    to: '""',
    reason: 'never said: it was checked, and the case is there for the compiler',
  },
  {
    file: 'src/optimizer/transform/average.ts',
    from: 'divisor.value === 1',
    to: 'false',
    reason: 'the average is then divided by 1, which changes no number: the choice saves an operation',
  },
  {
    file: 'src/optimizer/transform/scaleRates.ts',
    from: 'next[0].length > best[0].length',
    to: 'next[0].length >= best[0].length',
    reason: 'of one length that lead to the same place there is but one, as none stands there twice',
  },
  { file: rule, from: "name !== 'steps'", to: "name === 'steps'", reason: copied },
  { file: rule, from: "name !== «'steps'»", to: '""', reason: copied },
  { file: rule, from: 'true', to: 'false', reason: copied },
  { file: rule, from: 'scalarsAt({ step: «1»,', to: '2', reason: named },
  { file: rule, from: 'rate.at(«0», numbers), numbers: nextOf(', to: '1', reason: named },
  { file: rule, from: 'nextOf(numbers, «1»)', to: '2', reason: named },
  {
    file: 'src/optimizer/transform/average.ts',
    from: 'divisor.value === «1»',
    to: '2',
    reason: 'there is none of 2: what divides is 1, or 1 less a power of what is below 1',
  },
  {
    file: 'src/optimizer/transform/norm.ts',
    from: 'S.ifEqual(x, 0, «0»,',
    to: '1',
    reason: 'of zeros alone, which are zeros after any scaling',
  },
];
