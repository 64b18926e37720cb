/** What a step learns from in the place of its batch. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Loss } from '../loss/loss.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import type { Key } from '../tensor/key.ts';
import { type Shape, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { augmentKey } from './batches.ts';
import { checkExamples } from './evaluate.ts';
import type { Examples } from './examples.ts';

/** Makes other examples of a batch, as many and of the same shapes and formats: a pure function of a key and the batch. */
export type Augment = (key: Key) => (batch: Examples) => Examples;

type Sized = { readonly input: Shape; readonly output: Shape };

const like = (where: string, wanted: Tensor | undefined, made: Tensor | undefined): E.Either<Failure, void> => {
  const [expected, received] = [wanted, made].map((x) => (x === undefined ? 'none' : `${x.dtype}${show(x.shape)}`));
  return expected === received
    ? E.right(undefined)
    : E.left(failure('shape', where, `${expected}, as in the batch`, `${received}`));
};

/** What the augmentation of a step makes of its batch. Fails where that has another shape or format, or where the loss
 * cannot be told of it: a number that is not finite, a target that is none. */
export const augmented =
  ({ layer, loss }: { readonly layer: Sized; readonly loss: Loss }, augment: Augment, step: number) =>
  (key: Key, batch: Examples): E.Either<Failure, Examples> => {
    const where = `step ${step + 1}, config.augment`;
    const made = augment(augmentKey(step)(key))(batch);
    return pipe(
      (['inputs', 'targets', 'weights'] as const)
        .map((name) => like(`${where}.${name}`, batch[name], made[name]))
        .find(E.isLeft) ?? E.right(undefined),
      E.chain(() => checkExamples(where, layer.input, layer.output, loss)(made)),
    );
  };
