/**
 * Which rows a step sees. The order is a function of a key, the epoch and the number of rows: nothing else can change it.
 */
import { foldIn, type Key, permutation, split } from '../tensor/key.ts';

/** The rows of each batch of an epoch. */
export type Batches = readonly (readonly number[])[];

/** Rows in a given order, cut into batches of `size`; the last batch is what is left. Throws unless the size is a whole
 * number of at least 1. */
export const cut =
  (size: number) =>
  (order: readonly number[]): Batches => {
    if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`batches: ${size} is not a batch size`);
    return Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
  };

/** The whole numbers below n, in their own order. */
export const inOrder = (rows: number): readonly number[] => Array.from({ length: rows }, (_, row) => row);

/** The keys that a run draws from, beside the initial parameters (leaf i of these draws from `foldIn(i)` of the run's
 * own key, which is independent of what is split from it). */
const streams = (key: Key): { readonly order: Key; readonly draws: Key; readonly augmentation: Key } => {
  const [order = key, draws = key, augmentation = key] = split(3)(key);
  return { order, draws, augmentation };
};

/** The key of a step: what dropout and noise draw from. */
export const stepKey =
  (step: number) =>
  (key: Key): Key =>
    foldIn(step)(streams(key).draws);

/** The key of a step's augmentation. */
export const augmentKey =
  (step: number) =>
  (key: Key): Key =>
    foldIn(step)(streams(key).augmentation);

/**
 * The batches of an epoch: every row once, `size` rows a batch and what is left in the last. Rows are in an order drawn
 * from the key and the epoch; where one batch holds all of them, in their own order, because a sum of all has no other.
 * Throws unless the size is a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { Key, Train } from 'nabla-ts';
 * const batches = Train.batches(5, 2)(Key.fromSeed(1), 0);
 * batches.map((rows) => rows.length) // => [2, 2, 1]
 * batches.flat().sort() // => [0, 1, 2, 3, 4]
 * Train.batches(3, 3)(Key.fromSeed(1), 0) // => [[0, 1, 2]]
 * ```
 */
export const batches =
  (rows: number, size: number) =>
  (key: Key, epoch: number): Batches =>
    cut(size)(size >= rows ? inOrder(rows) : permutation(rows)(foldIn(epoch)(streams(key).order)));
