/** Mutants of `src/optimizer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const optimizer: readonly Survivor[] = [];
