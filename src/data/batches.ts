/** The rows of a table in batches, for loops that are not a run of `Train`; cut as its epochs are. */
import { type Key, permutation } from '../tensor/key.ts';
import { type Batches, cut, inOrder } from '../train/batches.ts';

/**
 * The rows below `rows`, in an order shuffled by the key, in batches of `size`; the last batch is what is left. Throws
 * unless the size is a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 *
 * Data.batches(2)(Key.fromSeed(1))(5).map((batch) => batch.length) // => [2, 2, 1]
 * ```
 */
export const batches =
  (size: number) =>
  (key: Key) =>
  (rows: number): Batches =>
    cut(size)(permutation(rows)(key));

/**
 * The rows below `rows` in ascending order, in batches of `size`. Throws as `batches` does.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.batchesInOrder(2)(3) // => [[0, 1], [2]]
 * ```
 */
export const batchesInOrder =
  (size: number) =>
  (rows: number): Batches =>
    cut(size)(inOrder(rows));
