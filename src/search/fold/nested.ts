/**
 * Nested folds: within what an outer fold trains on, inner folds to choose by, so that what is chosen is judged by rows
 * that had no part in the choice.
 *
 * Laws: inner folds are folds of the outer fold's training rows; no row that the outer fold validates is in them.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Fold } from './fold.ts';

/** A fold, and folds of its training rows (the indices are those of all rows). */
export interface NestedFold extends Fold {
  readonly inner: readonly Fold[];
}

/**
 * Folds of positions as folds of the rows that stand there. Fails on a position where there is no row.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Fold.within([3, 5, 8])([{ train: [0, 2], validation: [1] }]) // => E.right([{ train: [3, 8], validation: [5] }])
 * ```
 */
export const within =
  (rows: readonly number[]) =>
  (folds: readonly Fold[]): E.Either<Failure, readonly Fold[]> => {
    const rowsAt = E.traverseArray((position: number): E.Either<Failure, number> => {
      const row = rows[position];
      return row === undefined
        ? E.left(failure('shape', 'Fold.within', `positions below ${rows.length}`, `${position}`))
        : E.right(row);
    });
    return pipe(
      folds,
      E.traverseArray(({ train, validation }) =>
        pipe(
          E.Do,
          E.bind('train', () => rowsAt(train)),
          E.bind('validation', () => rowsAt(validation)),
        ),
      ),
    );
  };

/**
 * Gives each outer fold inner folds: `inner` is told the outer fold's training rows and its number, and answers with folds
 * of their positions (from 0), which become rows. Fails as `inner` does, naming the outer fold.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const [outer, inner] = Key.split(2)(Key.fromSeed(1));
 * const folds =
 *   outer && inner
 *     ? pipe(
 *         Fold.kFold(4)(outer)(12),
 *         E.chain(Fold.nested((rows, fold) => Fold.kFold(3)(Key.foldIn(fold)(inner))(rows.length))),
 *       )
 *     : E.right([]);
 * pipe(folds, E.map((nested) => nested.map(({ train, inner }) => [train.length, inner.length])))
 * // => E.right([[9, 3], [9, 3], [9, 3], [9, 3]])
 * ```
 */
export const nested =
  (inner: (rows: readonly number[], fold: number) => E.Either<Failure, readonly Fold[]>) =>
  (outer: readonly Fold[]): E.Either<Failure, readonly NestedFold[]> =>
    pipe(
      outer,
      E.traverseArrayWithIndex((index, fold) =>
        pipe(
          inner(fold.train, index),
          E.chain(within(fold.train)),
          E.bimap(
            (wrong) => failure(wrong.tag, `outer fold ${index}: ${wrong.where}`, wrong.expected, wrong.received),
            (folds): NestedFold => ({ ...fold, inner: folds }),
          ),
        ),
      ),
    );
