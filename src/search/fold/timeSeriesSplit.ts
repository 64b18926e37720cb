/**
 * Time-series folds: what is validated comes after all that is trained on, as it will where the network is used.
 *
 * Laws: the last row trained on is before the first row validated, by more than the gap; no row is validated twice.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Fold } from './fold.ts';
import { countFrom, fitting, knownFields } from './refuse.ts';

export interface TimeSeriesOptions {
  /** How many folds. */
  readonly folds: number;
  /** Rows that each fold validates: a (folds + 1)-th of all but the gap, rounded down, unless given. */
  readonly validation?: number;
  /** Rows left out between training and validation, where a row says something of those just before it: 0 unless given. */
  readonly gap?: number;
  /** The most rows trained on, the last ones before the gap: all of them unless given. */
  readonly window?: number;
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

/**
 * Folds of `rows` rows that stand in the order of time: the last rows are validated, fold after fold, each by what is
 * trained on the rows before it. Nothing in it is random. Fails on fewer than two folds, on counts that are not whole
 * numbers, where the first fold would have no row to train on, and on more than 10⁸ rows in all folds together.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Fold.timeSeriesSplit({ folds: 2, validation: 1, gap: 1 })(5)
 * // => E.right([{ train: [0, 1], validation: [3] }, { train: [0, 1, 2], validation: [4] }])
 * ```
 */
export const timeSeriesSplit =
  (options: TimeSeriesOptions) =>
  (rows: number): E.Either<Failure, readonly Fold[]> => {
    const where = 'Fold.timeSeriesSplit';
    return pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['folds', 'validation', 'gap', 'window'])(options)),
      E.chainFirst(() => countFrom(where, 'rows', 0)(rows)),
      E.bind('folds', () => countFrom(where, 'folds', 2)(options.folds)),
      E.bind('gap', () => countFrom(where, 'rows of the gap', 0)(options.gap ?? 0)),
      E.bind('validation', ({ folds, gap }) =>
        options.validation === undefined
          ? E.right(Math.max(1, Math.floor((rows - gap) / (folds + 1))))
          : countFrom(where, 'rows to validate', 1)(options.validation),
      ),
      E.bind('window', () =>
        options.window === undefined ? E.right(rows) : countFrom(where, 'rows of the window', 1)(options.window),
      ),
      E.chainFirst(({ folds, validation, window }) =>
        fitting(where, 'are fewer folds, or a window')(folds, Math.min(rows, window + validation)),
      ),
      E.chain(({ folds, validation, gap, window }) => {
        const first = rows - folds * validation;
        if (first - gap < 1)
          return E.left(
            failure(
              'shape',
              where,
              `more than ${folds * validation + gap} rows (${folds} folds of ${validation}, after a gap of ${gap})`,
              `${rows}`,
            ),
          );
        return E.right(
          Array.from({ length: folds }, (_, fold) => {
            const from = first + fold * validation;
            return {
              train: range(Math.max(0, from - gap - window), from - gap),
              validation: range(from, from + validation),
            };
          }),
        );
      }),
    );
  };
