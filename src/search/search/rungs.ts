/** The budgets of rungs: from the least to the greatest, each a factor times the one before. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';

/** How much training the rungs have. */
export interface RungConfig {
  /** The least budget: 1 unless told. */
  readonly minimum: number;
  /** The greatest: minimum·factorᵏ for a whole k. */
  readonly maximum: number;
  /** What the budget is multiplied by from rung to rung, and the number of trials divided by unless a reduction is told: 3
   * unless told. */
  readonly factor: number;
}

/** The budgets; fails where the greatest is not reached exactly, so that no trial has a budget that nobody asked for. */
export const rungsOf = (
  where: string,
  { minimum, maximum, factor }: RungConfig,
): E.Either<Failure, readonly number[]> => {
  const budgets: number[] = [];
  let budget = minimum;
  while (budget <= maximum) {
    budgets.push(budget);
    budget *= factor;
  }
  const last = budgets[budgets.length - 1];
  return last === maximum
    ? E.right(budgets)
    : E.left(
        failure(
          'config',
          `${where}.maximum`,
          `${minimum} times a power of ${factor}, such as ${last === undefined ? minimum : `${last} or ${budget}`}`,
          `${maximum}`,
        ),
      );
};
