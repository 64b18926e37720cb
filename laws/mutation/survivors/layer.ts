/** Mutants of `src/layer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const unread = 'of the empty list alone, whose description nobody reads: that of a list is made of its layers’';

export const layer: readonly Survivor[] = [
  { file: 'src/layer/sequential.ts', from: "'sequential'", to: '""', reason: unread },
  { file: 'src/layer/sequential.ts', from: '[]', to: '["Stryker was here"]', reason: unread },
  {
    file: 'src/layer/parallel.ts',
    from: "'parallel: a branch without a gradient'",
    to: '""',
    reason:
      'never said: the gradients are cut from the output, one for each branch, and the check is there for the compiler',
  },
];
