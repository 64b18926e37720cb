/** Mutants of `src/layer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const layer: readonly Survivor[] = [
  {
    file: 'src/layer/parallel.ts',
    from: "'parallel: a branch without a gradient'",
    to: '""',
    reason:
      'never said: the gradients are cut from the output, one for each branch, and the check is there for the compiler',
  },
];
