/** The laws that every loss obeys, for anybody's. */
import type * as fc from 'fast-check';
import type { Loss } from '../../src/loss/loss.ts';
import type { LawSet } from '../law.ts';
import { batchLaws } from './loss/batch.ts';
import { gradientLaws, linearLaw } from './loss/gradient.ts';
import { type LossOptions, samples as samplesFor } from './loss/sample.ts';
import { valueLaws } from './loss/values.ts';
import { packed } from './options.ts';

export type { Domain, Numbers } from './loss/domains.ts';
export type { LossOptions, LossSample, PlainExample } from './loss/sample.ts';

/**
 * The laws of a loss, or of every loss that an arbitrary draws. Its gradient is held against dual numbers and extrapolated
 * differences of its own costs; its examples, against each alone; what it costs, where the options say `expected`, against
 * a transcription in plain numbers. Say what predictions and targets hold: a loss of probabilities is not asked about 2.
 *
 * @example
 * ```ts
 * import { Loss } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.loss(Loss.halfSquaredError(), {
 *   runs: 3,
 *   expected: ({ prediction, target }) => prediction.reduce((sum, p, i) => sum + (p - (target[i] ?? 0)) ** 2 / 2, 0),
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const loss = (value: Loss | fc.Arbitrary<Loss>, options: LossOptions = {}): LawSet => {
  const samples = samplesFor(value, options);
  return packed('loss', options, [
    ...gradientLaws(samples, options),
    linearLaw(samples, options),
    ...batchLaws(samples, options),
    ...valueLaws(value, samples, options),
  ]);
};
