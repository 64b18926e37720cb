/** What runs with different seeds come to: a mean with its interval. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, Interval } from 'nabla-ts';

/** Student's 95 % interval of a mean over seeds; of one seed only the number itself. */
export const over = (values: readonly number[]): E.Either<Failure.Failure, Interval.Interval> => {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? E.right({ estimate: only, low: only, high: only, level: 0.95 })
    : Interval.mean(0.95)(values);
};

/** A mean and its interval as text. */
export const shown =
  (digits: number, scale = 1) =>
  ({ estimate, low, high }: Interval.Interval): string =>
    `${(scale * estimate).toFixed(digits)} [${(scale * low).toFixed(digits)}, ${(scale * high).toFixed(digits)}]`;

/** The interval of numbers as text. */
export const told =
  (digits: number, scale = 1) =>
  (values: readonly number[]): E.Either<Failure.Failure, string> =>
    pipe(over(values), E.map(shown(digits, scale)));

/** The whole numbers from 1. */
export const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);
