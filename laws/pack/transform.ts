/** The laws that every transform obeys, for anybody's. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import { roundNumbers } from '../arbitrary/rounded.ts';
import { all, code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { drawn } from './drawn.ts';
import { courses, samplesOf as optimizerSamples, run, sameRuns } from './optimizer/run.ts';
import { stateLaws } from './optimizer/state.ts';
import { dtypesOf, packed, runsOf } from './options.ts';
import { gradientLaws, samplesOf, showSample, type TransformSample } from './transform/gradients.ts';
import type { TransformOptions } from './transform/options.ts';
import { halfway, resting, rolling } from './transform/probes.ts';
import { stepLaws } from './transform/steps.ts';

export type { PlainLeaf, TransformOptions } from './transform/options.ts';

const described =
  (decode: TransformOptions['decode']) =>
  ({ transform, dtype, ...course }: TransformSample): Verdict => {
    const { description } = transform(rolling);
    const filed: unknown = JSON.parse(JSON.stringify(description));
    const json = all(
      holds(code(filed) === code(description), code(description), code(filed), 'the description, through JSON'),
      holds(
        description.kind === rolling.description.kind || code(description.optimizer) === code(rolling.description),
        code(rolling.description),
        code(description.optimizer),
        'description.optimizer',
      ),
    );
    if (json !== undefined || decode === undefined) return json;
    const { optimizer: _, ...own } = description;
    const decoded = decode(own);
    if (E.isLeft(decoded)) return { expected: 'a transform', received: showFailure(decoded.left) };
    const again = decoded.right(rolling);
    return all(
      holds(
        code(again.description) === code(description),
        code(description),
        code(again.description),
        'the description, decoded',
      ),
      sameRuns(run(dtype, transform(rolling), course), run(dtype, again, course)),
      holds(E.isLeft(decode({ ...own, limti: 1 })), 'an unknown field to be refused', 'it passed'),
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
