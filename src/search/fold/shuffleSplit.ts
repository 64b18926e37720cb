/** Shuffle-split: independent random divisions of the rows in two, as many as are asked for. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Key, permutation, split } from '../../tensor/key.ts';
import { type Fold, without } from './fold.ts';
import { countFrom, fitting, knownFields } from './refuse.ts';

/** How many divisions, and what fraction of the rows each of them validates. */
export interface ShuffleSplitOptions {
  readonly splits: number;
  readonly validation: number;
}

/**
 * `splits` independent random divisions of `rows` rows, each of which validates the fraction `validation` of them, rounded
 * to the nearest row. A row may be validated several times or never. Fails where a part would be empty, on a fraction
 * outside (0, 1), on fewer than one split, and where splits × rows is more than 10⁸.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.shuffleSplit({ splits: 2, validation: 0.2 })(Key.fromSeed(1))(10),
 *   E.map((folds) => folds.map(({ train, validation }) => [train.length, validation.length])),
 * ) // => E.right([[8, 2], [8, 2]])
 * ```
 */
export const shuffleSplit =
  (options: ShuffleSplitOptions) =>
  (key: Key) =>
  (rows: number): E.Either<Failure, readonly Fold[]> =>
    pipe(
      options,
      knownFields('Fold.shuffleSplit', ['splits', 'validation']),
      E.chain(({ splits }) => countFrom('Fold.shuffleSplit', 'splits', 1)(splits)),
      E.chain(() => countFrom('Fold.shuffleSplit', 'rows', 2)(rows)),
      E.chain(() => fitting('Fold.shuffleSplit', 'are fewer splits')(options.splits, rows)),
      E.chain(() => {
        const { splits, validation } = options;
        if (!(validation > 0 && validation < 1))
          return E.left(
            failure('config', 'Fold.shuffleSplit', 'a fraction to validate between 0 and 1', `${validation}`),
          );
        const validated = Math.floor(validation * rows + 0.5);
        if (validated < 1 || validated >= rows)
          return E.left(
            failure(
              'shape',
              'Fold.shuffleSplit',
              'at least one row to train and one to validate on',
              `${rows - validated} and ${validated} of ${rows} rows`,
            ),
          );
        return E.right(split(splits)(key).map((own) => without(permutation(rows)(own).slice(0, validated))(rows)));
      }),
    );
