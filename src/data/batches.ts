/** The minibatches of an epoch, as lists of row indices that are made when they are asked for. */
import { type Key, permutation } from '../tensor/key.ts';

const chunks = (size: number, rows: number, order: () => ArrayLike<number>): Iterable<readonly number[]> => {
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`Data.batches: ${size} is not a batch size`);
  return {
    *[Symbol.iterator]() {
      const all = order();
      for (let start = 0; start < rows; start += size)
        yield Array.from({ length: Math.min(size, rows - start) }, (_, i) => all[start + i] ?? -1);
    },
  };
};

/**
 * The rows below `rows`, in an order shuffled by the key, in batches of `size`; the last batch is what is left. Throws
 * unless the size is a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 *
 * [...Data.batches(2)(Key.fromSeed(1))(5)].map((batch) => batch.length) // => [2, 2, 1]
 * ```
 */
export const batches =
  (size: number) =>
  (key: Key) =>
  (rows: number): Iterable<readonly number[]> =>
    chunks(size, rows, () => permutation(rows)(key));

/**
 * The rows below `rows` in ascending order, in batches of `size`. Throws as `batches` does.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * [...Data.batchesInOrder(2)(3)] // => [[0, 1], [2]]
 * ```
 */
export const batchesInOrder =
  (size: number) =>
  (rows: number): Iterable<readonly number[]> =>
    chunks(size, rows, () => Array.from({ length: rows }, (_, row) => row));
