/** Mutants of `src/loss` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const loss: readonly Survivor[] = [
  {
    file: 'src/loss/classes.ts',
    from: 'count === 1',
    to: 'false',
    reason: 'the costs are then divided by 1, which changes no number: the choice saves an operation',
  },
];
