/** Mutants of `src/train` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const train: readonly Survivor[] = [
  {
    file: 'src/train/inspect/pointwise.ts',
    from: '2',
    to: '3',
    reason:
      'a layer that treats two rows otherwise than three breaks the laws of layers: rows depend on one another or not, however many there are',
  },
  {
    file: 'src/train/metrics/logLoss.ts',
    from: 'Math.abs(sum - 1) > 0.01',
    to: 'Math.abs(sum - 1) >= 0.01',
    reason:
      'the two are never equal: sum − 1 is exact where sum is from ½ to 2, so a multiple of 2⁻⁵³, and the number nearest 0.01 is an odd multiple of 2⁻⁵⁹',
  },
];
