/** Mutants of `src/layer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const unread = 'of the empty list alone, whose description nobody reads: that of a list is made of its layers’';

const unfanned = 'a constant initialiser does not ask how many inputs and outputs there are';

export const layer: readonly Survivor[] = [
  {
    file: 'src/layer/activations.ts',
    from: '10',
    to: '11',
    reason: 'tanh is ±1 from 10 on in either format, and at 11',
  },
  {
    file: 'src/layer/activations.ts',
    from: '30',
    to: '31',
    reason: 'exp(−x²) is 0 from 30 on in either format, and at 31',
  },
  {
    file: 'src/layer/summary.ts',
    from: 'line[column]?.length ?? «0»',
    to: '1',
    reason: 'never read: every line has a cell in each column',
  },
  { file: 'src/layer/prelu.ts', from: 'fanIn: «1»', to: '2', reason: unfanned },
  { file: 'src/layer/prelu.ts', from: 'fanOut: «1»', to: '2', reason: unfanned },
  { file: 'src/layer/sequential.ts', from: "kind: «'sequential'», layers: []", to: '""', reason: unread },
  {
    file: 'src/layer/sequential.ts',
    from: "kind: 'sequential', layers: «[]»",
    to: '["Stryker was here"]',
    reason: unread,
  },
  {
    file: 'src/layer/parallel.ts',
    from: "'parallel: a branch without a gradient'",
    to: '""',
    reason:
      'never said: the gradients are cut from the output, one for each branch, and the check is there for the compiler',
  },
];
