/** The mean and the deviation of numbers. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';

export interface Moments {
  readonly mean: number;
  /** The sample's standard deviation √(Σ(x − x̄)²/(n − 1)). */
  readonly deviation: number;
}

/** The numbers themselves, where all are finite and there are at least `least`. */
export const finiteOf =
  (where: string, least: number) =>
  (values: ArrayLike<number>): E.Either<Failure, readonly number[]> => {
    const numbers = Array.from(values);
    const wrong = numbers.findIndex((x) => !Number.isFinite(x));
    if (wrong >= 0)
      return E.left(failure('value', `${where}, number ${wrong}`, 'a finite number', `${numbers[wrong]}`));
    return numbers.length >= least
      ? E.right(numbers)
      : E.left(failure('shape', where, `at least ${least} numbers`, `${numbers.length}`));
  };

/** Σx/n. */
export const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * The mean and the sample's standard deviation of at least two finite numbers. Fails on fewer, on one that is not finite,
 * and where f64 cannot hold the squares.
 *
 * @example
 * ```ts
 * import { Interval } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Interval.moments([1, 2, 3]) // => E.right({ mean: 2, deviation: 1 })
 * ```
 */
export const moments = (values: ArrayLike<number>): E.Either<Failure, Moments> =>
  E.Monad.chain(finiteOf('moments', 2)(values), (numbers) => {
    const mean = meanOf(numbers);
    const squares = numbers.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
    const deviation = Math.sqrt(squares / (numbers.length - 1));
    return Number.isFinite(deviation)
      ? E.right({ mean, deviation })
      : E.left(failure('value', 'moments', 'numbers whose squares f64 can hold', 'larger ones'));
  });
