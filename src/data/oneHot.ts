/** Labels as rows of 0s with one 1, and back. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import { labelsOf } from '../train/metrics/classes.ts';

/**
 * Labels, whole numbers in [0, classes), as a tensor [rows, classes] that is 1 at each row's label and 0 elsewhere. Fails
 * on a label that is not a class; throws unless classes is a whole number of at least 1. `Metric.predictedClasses` undoes
 * it, for two classes or more.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe([2, 0], Data.oneHot(3), E.map(Tensor.toRows)) // => E.right([[0, 0, 1], [1, 0, 0]])
 * ```
 */
export const oneHot = (classes: number, dtype: Dtype = 'f32') => {
  if (!(Number.isInteger(classes) && classes >= 1))
    throw new RangeError(`Data.oneHot: ${classes} is not a number of classes`);
  return (labels: ArrayLike<number>): E.Either<Failure, Tensor> =>
    pipe(
      labels,
      labelsOf('oneHot', labels.length, classes),
      E.map((rows) =>
        generate(dtype, [rows.length, classes], (i) => (rows[Math.floor(i / classes)] === i % classes ? 1 : 0)),
      ),
    );
};

/**
 * The names of labels. Fails on a label that has none.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Data.classNames(['cat', 'dog'])([1, 0, 1]) // => E.right(['dog', 'cat', 'dog'])
 * ```
 */
export const classNames =
  (classes: readonly string[]) =>
  (labels: ArrayLike<number>): E.Either<Failure, readonly string[]> => {
    const names = Array.from(labels, (label) => classes[label]);
    const unknown = names.indexOf(undefined);
    return unknown < 0
      ? E.right(names.filter((name) => name !== undefined))
      : E.left(
          failure(
            'value',
            `classNames, row ${unknown}`,
            `a label from 0 to ${classes.length - 1}`,
            `${labels[unknown]}`,
          ),
        );
  };
