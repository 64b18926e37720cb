/**
 * k-fold cross-validation: rows are dealt to k folds, and each fold is validated once by what is trained on the others.
 *
 * Laws: every row is validated exactly once; sizes differ by at most one (stratified: those of each class too; grouped: by
 * at most the largest group, and no group is cut).
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Key, permutation, split } from '../../tensor/key.ts';
import { type Fold, without } from './fold.ts';
import { classesOf, countFrom, fitting, foldsOf, groupsOf } from './refuse.ts';

/** What there is for more. */
const FEWER = 'are fewer folds, or Fold.shuffleSplit';

const shuffled =
  (key: Key) =>
  <A>(values: readonly A[]): readonly A[] =>
    permutation(values.length)(key).flatMap((i) => values.slice(i, i + 1));

/** Rows dealt one by one to `folds` folds. */
const deal =
  (folds: number) =>
  (order: readonly number[]): readonly Fold[] =>
    Array.from({ length: folds }, (_, fold) => without(order.filter((_row, i) => i % folds === fold))(order.length));

/**
 * Deals `rows` rows at random to `folds` folds. Fails on fewer than two folds, on more folds than rows, and where folds ×
 * rows is more than 10⁸, which would not fit in memory.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.kFold(3)(Key.fromSeed(1))(10),
 *   E.map((folds) => folds.map(({ train, validation }) => [train.length, validation.length])),
 * ) // => E.right([[6, 4], [7, 3], [7, 3]])
 * ```
 */
export const kFold =
  (folds: number) =>
  (key: Key) =>
  (rows: number): E.Either<Failure, readonly Fold[]> =>
    pipe(
      countFrom('Fold.kFold', 'rows', 0)(rows),
      E.chain((available) => foldsOf('Fold.kFold', available, 'rows')(folds)),
      E.chain(() => fitting('Fold.kFold', FEWER)(folds, rows)),
      E.map(() => deal(folds)(permutation(rows)(key))),
    );

/**
 * Deals the rows of each label at random, so that each fold has the labels in the same proportions, within one row of each
 * label. Fails as `kFold` does, on a label that is not a whole number from 0, and on one with fewer rows than folds.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const labels = [0, 0, 0, 0, 1, 1];
 * pipe(
 *   Fold.stratifiedKFold(2)(Key.fromSeed(1))(labels),
 *   E.map((folds) => folds.map(({ validation }) => validation.map((row) => labels[row]))),
 * ) // => E.right([[0, 0, 1], [0, 0, 1]])
 * ```
 */
export const stratifiedKFold =
  (folds: number) =>
  (key: Key) =>
  (labels: ArrayLike<number>): E.Either<Failure, readonly Fold[]> =>
    pipe(
      foldsOf('Fold.stratifiedKFold', labels.length, 'rows')(folds),
      E.chain(() => fitting('Fold.stratifiedKFold', FEWER)(folds, labels.length)),
      E.chain(() => classesOf('Fold.stratifiedKFold')(labels)),
      E.chain((classes) => {
        const [label, few] = classes.find(([, rows]) => rows.length < folds) ?? [];
        if (few !== undefined)
          return E.left(
            failure('shape', 'Fold.stratifiedKFold', `at least ${folds} rows of label ${label}`, `${few.length}`),
          );
        const keys = split(classes.length)(key);
        // Each class goes on where the one before ended: so all rows are dealt as evenly as those of a class are.
        // never: there are as many keys as classes
        return E.right(deal(folds)(classes.flatMap(([, rows], i) => shuffled(keys[i] ?? key)(rows))));
      }),
    );

/**
 * Gives whole groups (patients, documents, places) to folds, so that no group is both trained and validated on: the
 * largest first, each to the fold that has the fewest rows; the key orders groups of one size. Fails on fewer than two
 * folds, on fewer groups than folds, on a group that is NaN or undefined, and on as many rows as `kFold` does.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.groupedKFold(2)(Key.fromSeed(1))(['Ann', 'Bob', 'Ann', 'Ann', 'Eve']),
 *   E.map((folds) => folds.map(({ validation }) => validation)),
 * ) // => E.right([[0, 2, 3], [1, 4]])
 * ```
 */
export const groupedKFold =
  (folds: number) =>
  (key: Key) =>
  (groups: ArrayLike<number | string>): E.Either<Failure, readonly Fold[]> =>
    pipe(
      groupsOf('Fold.groupedKFold')(groups),
      E.chainFirst((found) => foldsOf('Fold.groupedKFold', found.length, 'groups')(folds)),
      E.chainFirst(() => fitting('Fold.groupedKFold', FEWER)(folds, groups.length)),
      E.map((found) => {
        const validated: number[][] = Array.from({ length: folds }, () => []);
        for (const group of [...shuffled(key)(found)].sort((a, b) => b.length - a.length)) {
          const least = validated.reduce((one, other) => (other.length < one.length ? other : one));
          for (const row of group) least.push(row);
        }
        return validated.map((rows) => without(rows)(groups.length));
      }),
    );

/** How many rows the first of folds has. */
const rowsOf = ([first]: readonly Fold[]): number =>
  first === undefined ? 0 : first.train.length + first.validation.length;

/**
 * A random folding made `times` times, each with a key of its own, and all its folds in one list: every row is validated
 * `times` times. Fails as the folding does, on fewer than one time, and on more than 10⁸ rows in all folds together.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.repeated(3)((key) => Fold.kFold(2)(key)(8))(Key.fromSeed(1)),
 *   E.map((folds) => folds.length),
 * ) // => E.right(6)
 * ```
 */
export const repeated =
  (times: number) =>
  <F extends Fold>(folding: (key: Key) => E.Either<Failure, readonly F[]>) =>
  (key: Key): E.Either<Failure, readonly F[]> =>
    pipe(
      countFrom('Fold.repeated', 'times', 1)(times),
      // One folding says how large all will be.
      E.chainFirst((count) =>
        pipe(
          E.traverseArray(folding)(split(1)(key)),
          E.map(([first = []]) => first),
          E.chain((first) => fitting('Fold.repeated', 'are fewer times')(count * first.length, rowsOf(first))),
        ),
      ),
      E.chain((count) => E.traverseArray(folding)(split(count)(key))),
      E.map((foldings) => foldings.flat()),
    );
