/** The laws that every optimizer obeys, for anybody's. */
import type * as fc from 'fast-check';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { roundNumbers } from '../arbitrary/rounded.ts';
import type { LawSet } from '../law.ts';
import { drawn } from './drawn.ts';
import { decayLaws } from './optimizer/decay.ts';
import { formulaLaws } from './optimizer/formula.ts';
import { independenceLaws } from './optimizer/independence.ts';
import { motionLaws } from './optimizer/motion.ts';
import type { OptimizerOptions } from './optimizer/options.ts';
import { courses, samplesOf } from './optimizer/run.ts';
import { stateLaws } from './optimizer/state.ts';
import { packed } from './options.ts';

export type { OptimizerOptions, PlainStep, Transcription } from './optimizer/options.ts';
export type { Leaf } from './optimizer/run.ts';

/**
 * The laws of an optimizer, or of every optimizer that an arbitrary draws: everything that it keeps is in its slots, it
 * writes to nothing, it goes downhill, what it does to a number does not depend on the others, and it does what the
 * options' `expected`, a transcription in plain numbers, says. Say what it is: whether it decays, how it scales.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.optimizer(Optimizer.gradientDescent({ learningRate: 0.1 }), {
 *   runs: 3,
 *   scale: 'linear',
 *   decode: Optimizer.decode(),
 *   expected: { start: null, step: (state, { parameter, gradient, rate }) => ({ state, parameter: parameter - rate * gradient }) },
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const optimizer = <S = never>(
  value: Optimizer | fc.Arbitrary<Optimizer>,
  options: OptimizerOptions<S> = {},
): LawSet => {
  const optimizers = drawn(value);
  const samples = samplesOf(optimizers, options.parameters);
  return packed('optimizer', options, [
    ...stateLaws(samples, courses(4, roundNumbers(4), { parameters: options.parameters }), options),
    ...(options.elementwise === false ? [] : independenceLaws(samples, options)),
    ...decayLaws(samples, options),
    ...motionLaws(optimizers, samples, options),
    ...formulaLaws(samples, options),
  ]);
};
