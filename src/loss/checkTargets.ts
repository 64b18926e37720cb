/** Targets, held to what a loss can be told. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Loss } from './loss.ts';

const positionOf = (shape: Shape, index: number): readonly number[] =>
  shape.reduceRight<{ readonly rest: number; readonly at: readonly number[] }>(
    ({ rest, at }, length) => ({ rest: Math.floor(rest / length), at: [rest % length, ...at] }),
    { rest: index, at: [] },
  ).at;

/**
 * The targets, or why a loss cannot take them for predictions whose examples have a shape: a wrong shape, or the first
 * element that means nothing to it, such as a probability of 2. Throws where the loss takes no predictions of that shape.
 *
 * @example
 * ```ts
 * import { Failure, Loss, Tensor } from 'nabla-ts';
 * const labels = Tensor.generate('f32', [2], (i) => 3 * i);
 * const checked = Loss.checkTargets(Loss.fromLabels(Loss.softmaxCrossEntropy()), [3])(labels);
 * checked._tag === 'Left' && Failure.show(checked.left)
 * // => 'target [1]: expected whole numbers from 0 to 2, received 3'
 * ```
 */
export const checkTargets =
  (loss: Loss, example: Shape) =>
  (targets: Tensor): E.Either<Failure, Tensor> => {
    const expected = loss.expected([targets.shape[0] ?? 0, ...example]);
    if (!equals(expected.shape, targets.shape))
      return E.left(
        failure(
          'shape',
          'targets',
          `[${['batch', ...expected.shape.slice(1)].join(',')}] for ${loss.description.kind}`,
          show(targets.shape),
        ),
      );
    for (let i = 0; i < targets.data.length; i++) {
      const element = targets.data[i] ?? Number.NaN;
      if (!expected.holds(element))
        return E.left(failure('value', `target [${positionOf(targets.shape, i)}]`, expected.values, `${element}`));
    }
    return E.right(targets);
  };
