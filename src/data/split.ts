/**
 * Rows divided into those to train on, those to validate on and those to test on.
 *
 * Laws: the parts are disjoint and together all rows; the size of each part (in a stratified split: of each class in each
 * part) is its proportion rounded down or up.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { type Key, permutation, split as splitKey } from '../tensor/key.ts';
import { map, type Parts, type Split } from './parts.ts';

/** The fractions of rows to validate and to test on; the rest are to train on. */
export interface Proportions {
  readonly validation: number;
  readonly test: number;
}

const PARTS = ['train', 'validation', 'test'] as const;
type Part = (typeof PARTS)[number];

const fractions = ({ validation, test }: Proportions): E.Either<Failure, Parts<number>> =>
  validation >= 0 && test >= 0 && validation + test < 1
    ? E.right({ train: 1 - validation - test, validation, test })
    : E.left(
        failure('config', 'Split', 'fractions of at least 0 that leave rows to train on', `${validation} and ${test}`),
      );

/**
 * How many of a class's `count` rows go to each part: its fraction of them rounded down, and one more for the parts that
 * are furthest behind (`owed`, from the classes before), so that each is rounded down or up. The first row of a class is
 * for training.
 */
const sizes = (count: number, fraction: Parts<number>, owed: Parts<number>): Parts<number> => {
  const quota = (part: Part): number => fraction[part] * count;
  const floor = (part: Part): number => Math.floor(quota(part));
  const left = count - PARTS.reduce((sum, part) => sum + floor(part), 0);
  const behind = (part: Part): number =>
    part === 'train' && floor(part) === 0 ? Number.POSITIVE_INFINITY : owed[part] + quota(part) - floor(part);
  const rounded = PARTS.filter((part) => quota(part) > floor(part))
    .sort((a, b) => behind(b) - behind(a))
    .slice(0, left);
  const size = (part: Part): number => floor(part) + (rounded.includes(part) ? 1 : 0);
  return { train: size('train'), validation: size('validation'), test: size('test') };
};

const owedAfter = (
  count: number,
  fraction: Parts<number>,
  owed: Parts<number>,
  given: Parts<number>,
): Parts<number> => ({
  train: owed.train + fraction.train * count - given.train,
  validation: owed.validation + fraction.validation * count - given.validation,
  test: owed.test + fraction.test * count - given.test,
});

const ascending = (rows: readonly number[]): readonly number[] => [...rows].sort((a, b) => a - b);

/** Divides each group of rows, shuffled by its own key, in the same proportions. */
const divide =
  (proportions: Proportions, groups: ReadonlyArray<readonly number[]>) =>
  (key: Key): E.Either<Failure, Split> =>
    pipe(
      fractions(proportions),
      E.map((fraction) => {
        const keys = splitKey(groups.length)(key);
        let parts: Split = { train: [], validation: [], test: [] };
        let owed: Parts<number> = { train: 0, validation: 0, test: 0 };
        groups.forEach((group, g) => {
          // never: there are as many keys as groups
          const order = permutation(group.length)(keys[g] ?? key).map((i) => group[i] ?? -1);
          const size = sizes(group.length, fraction, owed);
          owed = owedAfter(group.length, fraction, owed, size);
          parts = {
            train: parts.train.concat(order.slice(0, size.train)),
            validation: parts.validation.concat(order.slice(size.train, size.train + size.validation)),
            test: parts.test.concat(order.slice(size.train + size.validation)),
          };
        });
        return map((rows: readonly number[]) => ascending(rows))(parts);
      }),
      E.chain((split) => {
        const empty = PARTS.find((part) => split[part].length === 0 && (part === 'train' || proportions[part] > 0));
        return empty === undefined
          ? E.right(split)
          : E.left(
              failure(
                'shape',
                'Split',
                `at least one row in the ${empty} part`,
                `${groups.reduce((rows, group) => rows + group.length, 0)} rows in all`,
              ),
            );
      }),
    );

/**
 * Divides `rows` rows at random: each part gets its fraction of them, rounded down or up (up where the remainder is
 * largest). Fails where a part with a fraction above 0 would be empty, and on fractions that leave nothing to train on.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Data.Split.random({ validation: 0.1, test: 0.2 })(Key.fromSeed(1))(10),
 *   E.map(Data.Parts.map((rows) => rows.length)),
 * ) // => E.right({ train: 7, validation: 1, test: 2 })
 * ```
 */
export const random =
  (proportions: Proportions) =>
  (key: Key) =>
  (rows: number): E.Either<Failure, Split> =>
    divide(proportions, [Array.from({ length: rows }, (_, row) => row)])(key);

/**
 * Divides the rows of each label as `random` would, so that each part has the labels in the same proportions; a label has
 * its first row in the training part. Fails as `random` does, and on labels that are not whole numbers from 0.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const labels = [0, 0, 0, 0, 1, 1, 1, 1];
 * pipe(
 *   Data.Split.stratified({ validation: 0, test: 0.5 })(Key.fromSeed(1))(labels),
 *   E.map(({ test }) => test.map((row) => labels[row])),
 * ) // => E.right([0, 0, 1, 1])
 * ```
 */
export const stratified =
  (proportions: Proportions) =>
  (key: Key) =>
  (labels: ArrayLike<number>): E.Either<Failure, Split> => {
    const groups = new Map<number, number[]>();
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row] ?? Number.NaN;
      if (!(Number.isSafeInteger(label) && label >= 0))
        return E.left(failure('value', `Split, row ${row}`, 'a label that is a whole number from 0', String(label)));
      const group = groups.get(label);
      if (group === undefined) groups.set(label, [row]);
      else group.push(row);
    }
    return divide(
      proportions,
      [...groups].sort(([a], [b]) => a - b).map(([, rows]) => rows),
    )(key);
  };
