/** The parts of a split, and what they are taken from. */
import { type Tensor, takeRows } from '../tensor/tensor.ts';

/** One thing for each part. */
export interface Parts<A> {
  readonly train: A;
  readonly validation: A;
  readonly test: A;
}

/** The indices of the rows of each part, ascending. */
export type Split = Parts<readonly number[]>;

/**
 * Applies a function to each part.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.Parts.map((rows: readonly number[]) => rows.length)({ train: [0, 2], validation: [], test: [1] }) // => { train: 2, validation: 0, test: 1 }
 * ```
 */
export const map =
  <A, B>(f: (part: A) => B) =>
  ({ train, validation, test }: Parts<A>): Parts<B> => ({
    train: f(train),
    validation: f(validation),
    test: f(test),
  });

/**
 * The rows of a tensor that belong to each part. Throws where the split names a row that the tensor has not.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 *
 * const x = Tensor.generate('f32', [3, 1], (i) => 10 * i);
 * Tensor.toArray(Data.Parts.take({ train: [0, 2], validation: [], test: [1] })(x).train) // => [0, 20]
 * ```
 */
export const take =
  (split: Split) =>
  (rows: Tensor): Parts<Tensor> =>
    map((part: readonly number[]) => takeRows(part)(rows))(split);

/**
 * The elements of an array that belong to each part. Throws where the split names an element that the array has not.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.Parts.takeFrom({ train: [0, 2], validation: [], test: [1] })(['a', 'b', 'c']).train // => ['a', 'c']
 * ```
 */
export const takeFrom =
  (split: Split) =>
  <A>(elements: readonly A[]): Parts<readonly A[]> =>
    map((part: readonly number[]) =>
      part.flatMap((row) => {
        if (!(row >= 0 && row < elements.length))
          throw new RangeError(`Parts.takeFrom: no row ${row} of ${elements.length}`);
        return elements.slice(row, row + 1);
      }),
    )(split);
