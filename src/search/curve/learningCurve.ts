/**
 * A learning curve: the error against the number of rows that were learnt from.
 *
 * Laws: what a fold validates it never trains on; a larger set holds the smaller ones; the whole set is the fold itself.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { foldIn, type Key, permutation } from '../../tensor/key.ts';
import type { Fold } from '../fold/fold.ts';
import { countFrom, knownFields } from '../fold/refuse.ts';
import { levelOf } from '../interval/interval.ts';
import { foldMean } from '../interval/mean.ts';
import { type Errors, finiteErrors, type Point, placed, pointOf } from './point.ts';

export interface LearningOptions {
  /** The numbers of rows to learn from, ascending. */
  readonly sizes: readonly number[];
  /** The level of the intervals, for example 0.95. */
  readonly level: number;
}

const where = 'Curve.learningCurve';

const sizesOf =
  (folds: readonly Fold[]) =>
  (sizes: readonly number[]): E.Either<Failure, readonly number[]> => {
    const least = folds.reduce((count, { train }) => Math.min(count, train.length), Number.POSITIVE_INFINITY);
    const falling = sizes.findIndex((size, i) => i > 0 && !(size > (sizes[i - 1] ?? 0)));
    const last = sizes[sizes.length - 1] ?? 0;
    return pipe(
      countFrom(where, 'sizes', 1)(sizes.length),
      E.chain(() => E.traverseArray(countFrom(where, 'rows of a size', 1))(sizes)),
      E.filterOrElse(
        () => falling < 0,
        () => failure('config', where, 'sizes that ascend', `${sizes.join(', ')}`),
      ),
      E.filterOrElse(
        () => last <= least,
        () => failure('shape', where, `at most as many rows as every fold trains on, ${least}`, `${last}`),
      ),
    );
  };

/**
 * The errors of trainings on more and more rows. Each fold's training rows are put in an order of their own by the key, and
 * each size takes the first ones of it, so that a larger set holds the smaller; what is validated stays the same. `fit`
 * trains on a fold that is so cut and answers with its errors. The intervals are those of `Interval.foldMean` for the folds
 * before they were cut (what correlates their scores is the rows that they share, of all there are).
 *
 * Fails on fewer than two folds, on sizes that do not ascend or are more than a fold has, on an error that is not finite,
 * and as `fit` does, naming the size and the fold.
 *
 * @example
 * ```ts
 * import { Curve, Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const [first = Key.fromSeed(1), second = first] = Key.split(2)(Key.fromSeed(1));
 * pipe(
 *   Fold.kFold(5)(first)(100),
 *   E.chain(
 *     Curve.learningCurve({ sizes: [20, 40, 80], level: 0.95 })(({ train }) =>
 *       E.right({ train: 0, validation: 1 / train.length }),
 *     )(second),
 *   ),
 *   E.map((points) => points.map(({ at, validation }) => [at, validation.estimate])),
 * ) // => E.right([[20, 0.05], [40, 0.025], [80, 0.0125]])
 * ```
 */
export const learningCurve =
  (options: LearningOptions) =>
  <F extends Fold>(fit: (fold: F, index: number) => E.Either<Failure, Errors>) =>
  (key: Key) =>
  (folds: readonly F[]): E.Either<Failure, readonly Point<number>[]> =>
    pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['sizes', 'level'])(options)),
      E.chainFirst(() => countFrom(where, 'folds', 2)(folds.length)),
      E.chainFirst(() => levelOf(where)(options.level)),
      E.chain(() => sizesOf(folds)(options.sizes)),
      E.chain((sizes) => {
        const orders = folds.map(({ train }, index) =>
          permutation(train.length)(foldIn(index)(key)).flatMap((at) => train.slice(at, at + 1)),
        );
        const cut = (index: number, size: number): readonly number[] =>
          (orders[index] ?? []).slice(0, size).sort((a, b) => a - b);
        return E.traverseArray((size: number) =>
          pipe(
            folds,
            E.traverseArrayWithIndex((index, fold) =>
              pipe(
                fit({ ...fold, train: cut(index, size) }, index),
                E.chain(finiteErrors(where)),
                placed(`${size} rows, fold ${index}`),
              ),
            ),
            E.chain((errors) => pointOf(foldMean(options.level)(folds))(size, errors)),
          ),
        )(sizes);
      }),
    );
