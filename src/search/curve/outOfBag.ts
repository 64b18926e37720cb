/** What is predicted for each row by the trainings that have not seen it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Fold } from '../fold/fold.ts';
import { countFrom } from '../fold/refuse.ts';
import { placed } from './point.ts';

const where = 'Curve.outOfBag';

/** The fewest predictions of a row that can tell how much they vary. */
const FEWEST = 2;

/**
 * For each of `rows` rows the predictions of the trainings that left it out, in the order of the resamples, of which row i
 * gets about 0.368 of the number from `Fold.bootstrap`. `predict` trains on rows (one that stands there twice counts twice)
 * and predicts for others in their order; `index` is the number of the resample. Fails as `predict` does, on another number
 * of predictions than rows, on resamples of other rows, and where a row is left out fewer than two times.
 *
 * @example
 * ```ts
 * import { Curve, Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const targets = [1, 2, 3, 6];
 * // A rule that says the mean of what it was taught, whatever it is asked.
 * const predict = (train: readonly number[], rows: readonly number[]) =>
 *   E.right(rows.map(() => train.reduce((sum, row) => sum + (targets[row] ?? 0), 0) / train.length));
 * pipe(
 *   [{ train: [0, 1], validation: [2, 3] }, { train: [2, 3], validation: [0, 1] }, { train: [2, 2], validation: [0, 1, 3] }, { train: [0, 0], validation: [2] }],
 *   Curve.outOfBag(predict)(4),
 * ) // => E.right([[4.5, 3], [4.5, 3], [1.5, 1], [1.5, 3]])
 * ```
 */
export const outOfBag =
  <Y>(predict: (train: readonly number[], rows: readonly number[], index: number) => E.Either<Failure, readonly Y[]>) =>
  (rows: number) =>
  (resamples: readonly Fold[]): E.Either<Failure, ReadonlyArray<readonly Y[]>> =>
    pipe(
      countFrom(where, 'rows', 1)(rows),
      E.chain(() => {
        const beyond = resamples
          .flatMap(({ train, validation }) => [...train, ...validation])
          .find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
        return beyond === undefined
          ? E.right(resamples)
          : E.left(failure('shape', where, `resamples of ${rows} rows`, `row ${beyond}`));
      }),
      E.chain(
        E.traverseArrayWithIndex((index, { train, validation }) =>
          pipe(
            predict(train, validation, index),
            E.filterOrElse(
              (predictions) => predictions.length === validation.length,
              ({ length }) => failure('shape', where, `${validation.length} predictions`, `${length}`),
            ),
            placed(`resample ${index}`),
            E.map((predictions) => validation.map((row, i) => [row, predictions.slice(i, i + 1)] as const)),
          ),
        ),
      ),
      E.chain((answers) => {
        const found: Y[][] = Array.from({ length: rows }, () => []);
        for (const [row, predictions] of answers.flat()) found[row]?.push(...predictions);
        const few = found.findIndex(({ length }) => length < FEWEST);
        return few < 0
          ? E.right(found)
          : E.left(
              failure(
                'shape',
                where,
                `resamples enough that each row is left out of at least ${FEWEST}`,
                `${resamples.length} resamples, of which ${found[few]?.length} leave out row ${few}`,
              ),
            );
      }),
    );
