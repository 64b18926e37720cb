/**
 * Synchronous halving in rungs: all trials of a rung have one budget, and when all have ended the best of them go on to the
 * next, so that what is done does not depend on the order in which results arrive.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import { type Known, leading, type Trial } from './history.ts';
import type { Decide } from './search.ts';

/** New points, and the budgets of the rungs. */
export interface Bracket {
  readonly trials: number;
  readonly budgets: readonly number[];
}

/** How much training brackets take where no trial fails. */
export const trainingOf = (brackets: readonly Bracket[], reduction: number): number =>
  brackets.reduce((sum, { trials, budgets }) => {
    let [count, before, more] = [trials, 0, 0];
    for (const budget of budgets) {
      more += count * (budget - before);
      before = budget;
      count = Math.floor(count / reduction);
    }
    return sum + more;
  }, 0);

/** Brackets one after another; `fresh` is the new point of a number. A rung of n keeps ⌊n ÷ reduction⌋; what failed is
 * not kept. */
export const decideBrackets =
  <A>(brackets: readonly Bracket[], reduction: number, fresh: (i: number) => E.Either<Failure, A>): Decide<A> =>
  (known) => {
    let [next, points] = [0, 0];
    for (const { trials, budgets } of brackets) {
      let [count, before]: [number, ReadonlyArray<Known<A>>] = [trials, []];
      for (const [rung, budget] of budgets.entries()) {
        const size = rung === 0 ? trials : Math.min(count, before.length);
        const begun: ReadonlyArray<Known<A>> = known.slice(next, next + size);
        if (begun.length < size) {
          const number = known.length;
          const gone = new Set(begun.map(({ trial }) => trial.from));
          const best = leading(before.filter(({ trial }) => !gone.has(trial.number)));
          return best === undefined
            ? pipe(
                fresh(points + begun.length),
                E.map((point): Trial<A> => ({ number, point, budget })),
              )
            : E.right({ number, point: best.trial.point, budget, from: best.trial.number });
        }
        if (begun.some(({ result }) => result === undefined)) return E.right('wait');
        count = Math.floor(count / reduction);
        before = begun.filter(({ result }) => result?.tag === 'finished');
        next += size;
      }
      points += trials;
    }
    return E.right('done');
  };
