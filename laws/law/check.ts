/** Trying the laws of a set without a test runner. */
import { asked } from './asked.ts';
import type { Law, Outcome } from './law.ts';
import type { RunOptions } from './options.ts';
import { type LawSet, lawsOf } from './set.ts';

/** A law's outcome, and where in its set it stands. */
export interface Result {
  /** The names of the sets around it, and its own. */
  readonly path: readonly string[];
  readonly law: Law;
  readonly outcome: Outcome;
}

/**
 * Tries every law of a set, or the one that `only` names: the outcomes, in order, without a test runner. A failure is tried
 * again by its law, seed and path, which its message tells. Throws where a number of samples, seed or path is none.
 *
 * @example
 * ```ts
 * import { check, holds, lawOf, lawSet } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'is odd', [1, 3], (n) => holds(n % 2 === 1, 'odd', `${n}`));
 * check(lawSet('numbers', [odd]), { seed: 7 }).every(({ outcome }) => outcome.tag === 'held') // => true
 * check(lawSet('numbers', [odd]), { seed: 7, only: 'odd', path: 'case 1' }).length // => 1
 * ```
 */
export const check = (set: LawSet, options: RunOptions = {}): readonly Result[] =>
  lawsOf(asked(options, set)).map(({ path, law }) => ({ path, law, outcome: law.check(options) }));
