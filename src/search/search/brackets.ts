/**
 * Synchronous halving in rungs: all trials of a rung have one budget, and when all have ended the best of them go on to the
 * next, so that what is done does not depend on the order in which results arrive.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import { type Known, ranked, type Trial } from './history.ts';
import type { Decide } from './search.ts';

/** New points, and the budgets of the rungs. */
export interface Bracket {
  readonly trials: number;
  readonly budgets: readonly number[];
}

/** Brackets one after another; `fresh` is the new point of a number. A rung of n keeps ⌊n ÷ reduction⌋; what failed is
 * not kept. */
export const decideBrackets =
  <A>(brackets: readonly Bracket[], reduction: number, fresh: (i: number) => E.Either<Failure, A>): Decide<A> =>
  (known) => {
    let [next, points] = [0, 0];
    for (const { trials, budgets } of brackets) {
      let [count, kept]: [number, ReadonlyArray<Trial<A>>] = [trials, []];
      for (const [rung, budget] of budgets.entries()) {
        const size = rung === 0 ? trials : kept.length;
        const begun: ReadonlyArray<Known<A>> = known.slice(next, next + size);
        if (begun.length < size) {
          const number = known.length;
          const before = kept[begun.length];
          return before === undefined
            ? pipe(
                fresh(points + begun.length),
                E.map((point): Trial<A> => ({ number, point, budget })),
              )
            : E.right({ number, point: before.point, budget, from: before.number });
        }
        if (begun.some(({ result }) => result === undefined)) return E.right('wait');
        count = Math.floor(count / reduction);
        kept = ranked(begun)
          .slice(0, count)
          .map(({ trial }) => trial);
        next += size;
      }
      points += trials;
    }
    return E.right('done');
  };
