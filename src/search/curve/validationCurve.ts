/**
 * A validation curve: the error against a hyperparameter.
 *
 * Laws: every value is tried on every fold, once; the folds are the same for all.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, quote } from '../../tensor/failure.ts';
import type { Fold } from '../fold/fold.ts';
import { countFrom, knownFields } from '../fold/refuse.ts';
import { levelOf } from '../interval/interval.ts';
import { foldMean } from '../interval/mean.ts';
import { type Errors, finiteErrors, type Point, placed, pointOf } from './point.ts';

export interface ValidationOptions<out A> {
  /** What the hyperparameter is set to. */
  readonly values: readonly A[];
  /** The level of the intervals, for example 0.95. */
  readonly level: number;
}

const where = 'Curve.validationCurve';

/**
 * The errors of trainings with one value of a hyperparameter after another, on the same folds; intervals are those of
 * `Interval.foldMean`. Where the training error falls and the validation error rises, the network has begun to learn by
 * heart. Fails on fewer than two folds, on no value, on an error that is not finite, and as `fit` does, naming the value and the fold.
 *
 * @example
 * ```ts
 * import { Curve, Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.kFold(4)(Key.fromSeed(1))(40),
 *   E.chain(
 *     Curve.validationCurve({ values: [1, 2, 4], level: 0.95 })((width) =>
 *       E.right({ train: 1 / width, validation: 1 / width + width / 4 }),
 *     ),
 *   ),
 *   E.map((points) => points.map(({ train, validation }) => [train.estimate, validation.estimate])),
 * ) // => E.right([[1, 1.25], [0.5, 1], [0.25, 1.25]])
 * ```
 */
export const validationCurve =
  <A>(options: ValidationOptions<A>) =>
  <F extends Fold>(fit: (value: A, fold: F, index: number) => E.Either<Failure, Errors>) =>
  (folds: readonly F[]): E.Either<Failure, readonly Point<A>[]> =>
    pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['values', 'level'])(options)),
      E.chainFirst(() => countFrom(where, 'folds', 2)(folds.length)),
      E.chainFirst(() => countFrom(where, 'values', 1)(options.values.length)),
      E.chainFirst(() => levelOf(where)(options.level)),
      E.chain(() =>
        E.traverseArray((value: A) =>
          pipe(
            folds,
            E.traverseArrayWithIndex((index, fold) =>
              pipe(
                fit(value, fold, index),
                E.chain(finiteErrors(where)),
                placed(`value ${quote(value)}, fold ${index}`),
              ),
            ),
            E.chain((errors) => pointOf(foldMean(options.level)(folds))(value, errors)),
          ),
        )(options.values),
      ),
    );
