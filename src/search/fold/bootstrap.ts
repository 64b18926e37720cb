/**
 * The bootstrap: as many rows as there are, drawn one by one with replacement, and the rows that were not drawn.
 *
 * Laws: a resample trains on as many rows as there are, some of them several times, and validates exactly those that it
 * has not drawn (out of bag): each row with probability (1 − 1/n)ⁿ, about 0.368.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import { type Key, split, uniform } from '../../tensor/key.ts';
import type { Fold } from './fold.ts';
import { countFrom, fitting } from './refuse.ts';

const resample =
  (rows: number) =>
  (key: Key): Fold => {
    const draws = uniform([rows], 'f64')(key).data;
    const counts = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) {
      const row = Math.floor((draws[i] ?? 0) * rows);
      counts[row] = (counts[row] ?? 0) + 1;
    }
    const train: number[] = [];
    const validation: number[] = [];
    counts.forEach((count, row) => {
      if (count === 0) validation.push(row);
      else for (let i = 0; i < count; i++) train.push(row);
    });
    return { train, validation };
  };

/**
 * `resamples` bootstrap samples of `rows` rows (Efron 1979): each trains on `rows` rows drawn with replacement (ascending,
 * one that is drawn twice stands there twice) and validates the rows that were not drawn; of very few rows these may be
 * none. Fails on fewer than one resample, on fewer than two rows, and where resamples × rows is more than 10⁸.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.bootstrap(2)(Key.fromSeed(1))(100),
 *   E.map((resamples) => resamples.map(({ train, validation }) => [train.length, new Set(train).size + validation.length])),
 * ) // => E.right([[100, 100], [100, 100]])
 * ```
 */
export const bootstrap =
  (resamples: number) =>
  (key: Key) =>
  (rows: number): E.Either<Failure, readonly Fold[]> =>
    pipe(
      countFrom('Fold.bootstrap', 'resamples', 1)(resamples),
      E.chain(() => countFrom('Fold.bootstrap', 'rows', 2)(rows)),
      E.chain(() => fitting('Fold.bootstrap', 'are fewer resamples')(resamples, rows)),
      E.map(() => split(resamples)(key).map(resample(rows))),
    );
