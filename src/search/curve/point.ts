/**
 * A point of a curve: what is changed, and the errors that were measured there again and again.
 *
 * Laws: the estimate is the mean of the errors; as many errors as folds or runs; the same key gives the same curve.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Interval } from '../interval/interval.ts';

/** The errors of one training: on the rows that it learnt from, and on others. */
export interface Errors {
  readonly train: number;
  readonly validation: number;
}

/** A point of a curve. */
export interface Point<out A> {
  /** What is changed along the curve: a number of rows, the value of a hyperparameter. */
  readonly at: A;
  /** The mean error on the rows that were learnt from. */
  readonly train: Interval;
  /** The mean error on others. */
  readonly validation: Interval;
  /** The errors of each fold or run, in their order: those of two points belong together pair by pair. */
  readonly errors: readonly Errors[];
}

/** The place of a failure under the value and the fold or run that it came from. */
export const placed =
  (place: string) =>
  <A>(result: E.Either<Failure, A>): E.Either<Failure, A> =>
    E.mapLeft((wrong: Failure) => failure(wrong.tag, `${place}: ${wrong.where}`, wrong.expected, wrong.received))(
      result,
    );

/** Errors that are numbers. */
export const finiteErrors =
  (where: string) =>
  (errors: Errors): E.Either<Failure, Errors> => {
    const wrong = (['train', 'validation'] as const).find((part) => !Number.isFinite(errors[part]));
    return wrong === undefined
      ? E.right(errors)
      : E.left(failure('value', `${where}, ${wrong}`, 'a finite error', `${errors[wrong]}`));
  };

/** The point of errors, told how an interval of their mean is made. */
export const pointOf =
  (interval: (values: readonly number[]) => E.Either<Failure, Interval>) =>
  <A>(at: A, errors: readonly Errors[]): E.Either<Failure, Point<A>> =>
    pipe(
      E.Do,
      E.bind('train', () => interval(errors.map(({ train }) => train))),
      E.bind('validation', () => interval(errors.map(({ validation }) => validation))),
      E.map(({ train, validation }) => ({ at, train, validation, errors })),
    );

/**
 * The point of a curve whose mean validation error is the least, the first of several. Its error is the least of many and
 * therefore too good: what is chosen by it is judged by other rows (`Fold.nested`). Fails where there is no point.
 *
 * @example
 * ```ts
 * import { Curve } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const folds = [{ train: [0], validation: [1] }, { train: [1], validation: [0] }];
 * pipe(
 *   folds,
 *   Curve.validationCurve({ values: [1, 2, 3], level: 0.95 })((value) => E.right({ train: 0, validation: Math.abs(value - 2) })),
 *   E.chain(Curve.lowest),
 *   E.map(({ at }) => at),
 * ) // => E.right(2)
 * ```
 */
export const lowest = <A>(points: readonly Point<A>[]): E.Either<Failure, Point<A>> => {
  const [first, ...others] = points;
  return first === undefined
    ? E.left(failure('shape', 'Curve.lowest', 'at least one point', 'none'))
    : E.right(
        others.reduce((least, point) => (point.validation.estimate < least.validation.estimate ? point : least), first),
      );
};
