/** The laws of a training loop. */
import type { LawSet } from '../law.ts';
import { type PackOptions, packed } from './options.ts';
import { epochLaws } from './training/epochs.ts';
import type { Training } from './training/problem.ts';
import { stateLaws } from './training/states.ts';
import { stepLaws } from './training/steps.ts';

export type { Problem, Rule, Training } from './training/problem.ts';

/**
 * The laws of anybody's training loop, which is asked to train small linear networks. All that a loop does is read from
 * the weights that it gives: that an epoch sees every example once, the last partial batch too; that the order of examples
 * is the seed's and the epoch's; that a step is the rule applied to the averaged gradient, at once in all layers; that the
 * rule's state lives on and counts steps; that a state is a value: not written to, good for the same end twice, and through
 * text.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // A loop that does nothing is found to do nothing.
 * const idle = laws.training({
 *   start: (problem) => problem,
 *   epoch: () => (state) => state,
 *   weights: (state) => state.weights.flat(2),
 * });
 * check(idle).filter(({ outcome }) => outcome.tag === 'failed')[0]?.law.name // => 'every example once an epoch'
 * ```
 */
export const training = <S>(loop: Training<S>, options: PackOptions = {}): LawSet =>
  packed('training', options, [...epochLaws(loop, options), ...stepLaws(loop, options), ...stateLaws(loop, options)]);
