/** Asynchronous halving: as successive halving, but nobody waits for a rung to be full. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { fieldsOf } from '../../optimizer/config.ts';
import type { Failure } from '../../tensor/failure.ts';
import type { Space } from '../space/space.ts';
import { makesSearch } from './config.ts';
import {
  defaults,
  describedHalving,
  type HalvingConfig,
  halvingFields,
  type Rungs,
  reducedByFactor,
} from './halving.ts';
import { type Known, leading, type Measured, type Trial } from './history.ts';
import { drawn } from './random.ts';
import { rungsOf } from './rungs.ts';
import { type Decide, type Search, searchOf } from './search.ts';

/** How many trials rank before one of them. */
const before = <A>({ trial, value }: Measured<A>, known: ReadonlyArray<Known<A>>): number =>
  known.filter(
    ({ trial: { number }, result }) =>
      result?.tag === 'finished' && (result.value < value || (result.value === value && number < trial.number)),
  ).length;

/** Promotes from the highest rung down whoever is among the best ⌊n ÷ reduction⌋ of the n that have ended there. */
const decideAsynchronously =
  <A>(
    { trials, reduction }: HalvingConfig,
    budgets: readonly number[],
    fresh: (i: number) => E.Either<Failure, A>,
  ): Decide<A> =>
  (known) => {
    const promoted = new Set(known.map(({ trial }) => trial.from));
    const rungs = budgets.map((budget) => known.filter(({ trial }) => trial.budget === budget));
    const number = known.length;
    for (let rung = budgets.length - 2; rung >= 0; rung--) {
      const ended = (rungs[rung] ?? []).filter(({ result }) => result !== undefined);
      const best = leading(ended.filter(({ trial }) => !promoted.has(trial.number)));
      const budget = budgets[rung + 1];
      // Whoever is before the best of the others is promoted.
      if (best !== undefined && budget !== undefined && before(best, ended) < Math.floor(ended.length / reduction))
        return E.right({ number, point: best.trial.point, budget, from: best.trial.number });
    }
    const begun = known.filter(({ trial }) => trial.from === undefined).length;
    if (begun < trials)
      return pipe(
        fresh(begun),
        E.map((point): Trial<A> => ({ number, point, budget: budgets[0] ?? 0 })), // never 0: there is a rung
      );
    const underWay = rungs.slice(0, -1).some((rung) => rung.some(({ result }) => result === undefined));
    return E.right(underWay ? 'wait' : 'done');
  };

const asynchronousHalvings = makesSearch(
  fieldsOf<HalvingConfig>()('asynchronousHalving', halvingFields, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.asynchronousHalving', config),
        E.map((budgets) =>
          searchOf<A>(
            describedHalving('asynchronousHalving', config),
            space,
            decideAsynchronously(config, budgets, drawn(space, config.key)),
          ),
        ),
      ),
  reducedByFactor,
);

/**
 * Asynchronous halving (ASHA: Li and others 2020, algorithm 2): nobody waits for a rung. Whenever there is room, the best trial
 * that is among the first ⌊n ÷ reduction⌋ of the n ended so far in its rung goes on, in the highest rung that has one; else a
 * new point is begun. What it does depends on the order in which results arrive. Fails as `successiveHalving` does.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const budgets = pipe(
 *   Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Search.asynchronousHalving({ trials: 4, maximum: 2, factor: 2, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)(() => E.right(1))(Search.begin)),
 *   E.map((history) => Search.trials(history).map(({ trial }) => trial.budget)),
 * );
 * budgets // => E.right([1, 1, 2, 1, 1, 2])
 * ```
 */
export const asynchronousHalving = (
  config: Rungs & Pick<HalvingConfig, 'trials'>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => asynchronousHalvings.make(config);
export const asynchronousHalvingKind = asynchronousHalvings;
