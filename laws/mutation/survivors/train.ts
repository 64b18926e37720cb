/** Mutants of `src/train` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const train: readonly Survivor[] = [
  {
    file: 'src/train/metrics/logLoss.ts',
    from: 'Math.abs(sum - 1) > 0.01',
    to: 'Math.abs(sum - 1) >= 0.01',
    reason:
      'the two are never equal: sum − 1 is exact where sum is from ½ to 2, so a multiple of 2⁻⁵³, and the number nearest 0.01 is an odd multiple of 2⁻⁵⁹',
  },
];
