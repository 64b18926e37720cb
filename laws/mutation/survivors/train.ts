/** Mutants of `src/train` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const train: readonly Survivor[] = [];
