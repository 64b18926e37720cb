/** The laws that every transform obeys, for anybody's. */
import * as fc from 'fast-check';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { roundNumbers } from '../arbitrary/rounded.ts';
import { code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { decodes, filed } from './description.ts';
import { drawn } from './drawn.ts';
import { courses, samplesOf as optimizerSamples, run, sameRuns } from './optimizer/run.ts';
import { stateLaws } from './optimizer/state.ts';
import { dtypesOf, packed, runsOf } from './options.ts';
import { constraintLaws } from './transform/constraints.ts';
import { gradientLaws, samplesOf, showSample, type TransformSample } from './transform/gradients.ts';
import type { TransformOptions } from './transform/options.ts';
import { halfway, resting, rolling } from './transform/probes.ts';
import { stepLaws } from './transform/steps.ts';

export type { PlainLeaf, TransformOptions } from './transform/options.ts';

const described =
  (decode: TransformOptions['decode']) =>
  ({ transform, dtype, ...course }: TransformSample): Verdict => {
    const around = transform(rolling);
    const { optimizer: inner, ...own } = around.description;
    return (
      filed(around) ??
      holds(
        own.kind === rolling.description.kind || code(inner) === code(rolling.description),
        code(rolling.description),
        code(inner),
        'description.optimizer',
      ) ??
      (decode === undefined
        ? undefined
        : decodes('a transform', own, decode, around, (again) => ({
            described: again(rolling),
            verdicts: [sameRuns(run(dtype, around, course), run(dtype, again(rolling), course))],
          })))
    );
  };

/** An optimizer inside is run by no other than the phases and numbers that are its own. */
const inside: fc.Arbitrary<Optimizer> = fc.constantFrom(rolling, halfway, resting);

/**
 * The laws of a transform, or of every transform that an arbitrary draws. Around an optimizer it must make an optimizer:
 * nothing written, shared or lost. What it is for is said in the options: that it clips, gathers, averages, decays; or,
 * with `expected`, what gradient the optimizer inside is given.
 *
 * @example
 * ```ts
 * import { Transform } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.transform(Transform.clipByGlobalNorm(2), {
 *   runs: 3,
 *   clips: { limit: 2, by: 'globalNorm' },
 *   decode: Transform.decode(),
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const transform = (value: Transform | fc.Arbitrary<Transform>, options: TransformOptions = {}): LawSet => {
  // A transform is a function: one that draws is told from one that transforms by its class alone.
  const transforms = drawn(value);
  const optimizers = fc.tuple(transforms, inside).map(([around, optimizer]) => around(optimizer));
  const { name: _, except: __, tolerance: ___, ...usual } = options;
  return packed('transform', options, [
    ...gradientLaws(transforms, options),
    ...constraintLaws(transforms, options),
    ...stepLaws(transforms, options),
    ...stateLaws(
      optimizerSamples(optimizers, options.parameters),
      courses(4, roundNumbers(4), { parameters: options.parameters }),
      {
        ...(usual.runs === undefined ? {} : { runs: usual.runs }),
        dtypes: dtypesOf(usual),
      },
    ),
    law(
      'description',
      'the description of an optimizer in a transform is JSON and holds that of the optimizer inside; decoded, the transform is the same, and an unknown field is refused',
      samplesOf(transforms, options, 4),
      described(options.decode),
      { runs: runsOf(options, 15), show: showSample, formula: 'decode(JSON(description)) = transform' },
    ),
  ]);
};
