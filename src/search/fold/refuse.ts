/** What foldings refuse, in the words that they share. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';

/** More rows than an index of 32 bits can name are no data of anybody's. */
const MOST = 2 ** 31 - 1;

/** A count that is a whole number from `least`; `what` is what is counted. */
export const countFrom =
  (where: string, what: string, least: number) =>
  (count: number): E.Either<Failure, number> =>
    Number.isInteger(count) && count >= least && count <= MOST
      ? E.right(count)
      : E.left(failure('config', where, `${what}: a whole number from ${least} to ${MOST}`, quote(count)));

/** Folds name every row, those to train on and those to validate on: more than this are gigabytes. */
const MOST_NAMED = 100_000_000;

/** A number of folds that fit in memory; `instead` is what there is for more. */
export const fitting =
  (where: string, instead: string) =>
  (folds: number, rows: number): E.Either<Failure, number> =>
    folds * rows <= MOST_NAMED
      ? E.right(folds)
      : E.left(
          failure(
            'config',
            where,
            `at most ${MOST_NAMED} rows in all folds together (for more there ${instead})`,
            `${folds} folds of ${rows} rows`,
          ),
        );

/** A number of folds that `available` rows (or groups, as `what` says) are enough for. */
export const foldsOf =
  (where: string, available: number, what: string) =>
  (folds: number): E.Either<Failure, number> =>
    E.Monad.chain(countFrom(where, 'folds', 2)(folds), () =>
      available >= folds
        ? E.right(folds)
        : E.left(failure('shape', where, `at least as many ${what} as folds, ${folds}`, `${available}`)),
    );

/** Options without a field that means nothing: a misspelt one must not pass for a default. */
export const knownFields =
  (where: string, fields: readonly string[]) =>
  <A extends object>(options: A): E.Either<Failure, A> => {
    const unknown = Object.keys(options).find((field) => !fields.includes(field));
    return unknown === undefined
      ? E.right(options)
      : E.left(failure('config', where, `no field but ${fields.join(', ')}`, quote(unknown)));
  };

/** The rows of each class in the order of the labels, which must be whole numbers from 0. */
export const classesOf =
  (where: string) =>
  (labels: ArrayLike<number>): E.Either<Failure, ReadonlyArray<readonly [label: number, rows: readonly number[]]>> => {
    const classes = new Map<number, number[]>();
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row] ?? Number.NaN;
      if (!(Number.isSafeInteger(label) && label >= 0))
        return E.left(failure('value', `${where}, row ${row}`, 'a label that is a whole number from 0', quote(label)));
      const rows = classes.get(label);
      if (rows === undefined) classes.set(label, [row]);
      else rows.push(row);
    }
    return E.right([...classes].sort(([a], [b]) => a - b));
  };

/** The rows of each group, groups in the order in which they come; a group is a number or a text. */
export const groupsOf =
  (where: string) =>
  (groups: ArrayLike<number | string>): E.Either<Failure, ReadonlyArray<readonly number[]>> => {
    const found = new Map<number | string, number[]>();
    for (let row = 0; row < groups.length; row++) {
      const group = groups[row];
      if (group === undefined || Number.isNaN(group))
        return E.left(failure('value', `${where}, row ${row}`, 'the number or text of a group', quote(group)));
      const rows = found.get(group);
      if (rows === undefined) found.set(group, [row]);
      else rows.push(row);
    }
    return E.right([...found.values()]);
  };
