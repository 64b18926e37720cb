/** Mutants of `src/scalar` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const scalar: readonly Survivor[] = [];
