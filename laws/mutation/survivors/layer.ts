/** Mutants of `src/layer` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const layer: readonly Survivor[] = [];
