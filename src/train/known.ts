/** A compiled plan, or why there is none, under what it was recorded with. */
import type { Either } from 'fp-ts/lib/Either.js';
import type { Compiled } from '../engine/run/machine.ts';
import type { Numbers } from '../optimizer/numbers.ts';

/** A plan, and the scalars that it was recorded with: a phase may be given others in another step. */
export interface Known {
  readonly made: Either<string, Compiled>;
  readonly scalars: readonly string[];
}

/** Whether a record's names are these, in this order. */
export const areNames = (names: readonly string[], record: Numbers): boolean => {
  let i = 0;
  for (const name in record) if (names[i++] !== name) return false;
  return i === names.length;
};
