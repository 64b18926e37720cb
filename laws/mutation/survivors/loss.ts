/** Mutants of `src/loss` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const loss: readonly Survivor[] = [
  {
    file: 'src/loss/classes.ts',
    from: 'count === 1',
    to: 'false',
    reason: 'the costs are then divided by 1, which changes no number: the choice saves an operation',
  },
  {
    file: 'src/loss/logCosh.ts',
    from: '1',
    to: '2',
    reason: 'between 1 and 2 both formulas keep the stated bound: where one takes over from the other is not promised',
  },
];
