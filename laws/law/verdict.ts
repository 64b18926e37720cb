/** What a predicate answers of a sample: that the law holds, what disagrees, or that the sample cannot be judged. */
import { code } from './code.ts';

/** Both sides of a law that does not hold, in words. */
export interface Disagreement {
  readonly expected: string;
  readonly received: string;
  /** Where the first difference is, for example `params[2].weight[0,3]`. */
  readonly where?: string;
  /** The tolerance and where it comes from. */
  readonly tolerance?: string;
}

/** Why a sample says nothing of the law, for example a kink between the points of a difference. It is counted. */
export interface Excluded {
  readonly excluded: string;
}

/** `undefined` when the law holds. */
export type Verdict = Disagreement | Excluded | undefined;

/**
 * Whether a sample could not be judged.
 *
 * @example
 * ```ts
 * import { isExcluded } from 'nabla-ts/laws';
 * isExcluded({ excluded: 'a kink' }) // => true
 * ```
 */
export const isExcluded = (verdict: Verdict): verdict is Excluded => verdict !== undefined && 'excluded' in verdict;

/**
 * Holds when two values are the same (`Object.is`, so +0 is not −0 and NaN is NaN).
 *
 * @example
 * ```ts
 * import { same } from 'nabla-ts/laws';
 * same(0, -0) // => { expected: '0', received: '-0' }
 * ```
 */
export const same = (expected: unknown, received: unknown, where?: string): Verdict =>
  Object.is(expected, received)
    ? undefined
    : { expected: code(expected), received: code(received), ...(where === undefined ? {} : { where }) };

/**
 * Holds when a condition does.
 *
 * @example
 * ```ts
 * import { holds } from 'nabla-ts/laws';
 * holds(1 < 2, 'less', 'not less') // => undefined
 * ```
 */
export const holds = (condition: boolean, expected: string, received: string, where?: string): Verdict =>
  condition ? undefined : { expected, received, ...(where === undefined ? {} : { where }) };

/**
 * The first disagreement of several; where there is none, the first reason not to judge.
 *
 * @example
 * ```ts
 * import { all, same } from 'nabla-ts/laws';
 * all(same(1, 1), same(1, 2)) // => { expected: '1', received: '2' }
 * ```
 */
export const all = (...verdicts: readonly Verdict[]): Verdict =>
  verdicts.find((v) => v !== undefined && !isExcluded(v)) ?? verdicts.find((v) => v !== undefined);
