/** Mutants of `src/ops` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const ops: readonly Survivor[] = [];
