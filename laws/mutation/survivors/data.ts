/** Mutants of `src/data` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const data: readonly Survivor[] = [];
