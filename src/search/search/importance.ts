/** How much each hyperparameter mattered in a history. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { simple } from '../space/dimension.ts';
import { coordinates, toUnit } from '../space/sample.ts';
import { dimensionOf, type Space } from '../space/space.ts';
import { countOf } from '../space/unit.ts';
import { type History, ranked, trials } from './history.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const groups = <A, K>(items: readonly A[], by: (item: A, i: number) => K): ReadonlyArray<readonly A[]> => {
  const found = new Map<K, A[]>();
  for (const [i, item] of items.entries()) {
    const group = found.get(by(item, i));
    if (group === undefined) found.set(by(item, i), [item]);
    else group.push(item);
  }
  return [...found.values()];
};
const squares = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, x) => sum + (x - middle) * (x - middle), 0);
};

/** The fewest values from which anything is said. */
const FEWEST = 4;

/**
 * How much each hyperparameter that varies matters by itself: the part of the variance of the values that the means over
 * its bins explain, corrected for the number of bins (ε² = 1 − (SSW ÷ (n − b)) ÷ (SST ÷ (n − 1)), Kelley 1935; 0 where the
 * correction leaves nothing). An option is a bin, and so is not being there; numbers have ⌊√n⌋ bins of equal width, of
 * the logarithm where that is uniform. From the values of different budgets the mean of each budget is taken first. What
 * hyperparameters do only together is not seen. Fails on fewer than 4 values and on points outside the space.
 *
 * @example
 * ```ts
 * import { Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ a: Space.choice(0, 1), b: Space.choice(0, 1, 2) }),
 *   E.chain((space) =>
 *     pipe(
 *       Search.grid()(space),
 *       E.chain((search) => Search.run(search)(({ a }) => E.right(a))(Search.begin)),
 *       E.chain(Search.importance(space)),
 *     ),
 *   ),
 * ) // => E.right({ a: 1, b: 0 })
 * ```
 */
export const importance =
  <A>(space: Space<A>) =>
  (history: History<A>): E.Either<Failure, Readonly<Record<string, number>>> => {
    const measured = ranked(trials(history));
    const n = measured.length;
    if (n < FEWEST)
      return E.left(failure('value', 'Search.importance', `at least ${FEWEST} trials with a value`, `${n}`));
    const centred = new Map(
      groups(measured, ({ trial }) => trial.budget).flatMap((group) => {
        const middle = mean(group.map(({ value }) => value));
        return group.map(({ trial, value }) => [trial.number, value - middle] as const);
      }),
    );
    const values = measured.map(({ trial }) => centred.get(trial.number) ?? 0);
    const places: Array<ReadonlyArray<number | null>> = [];
    for (const { trial } of measured) {
      const place = toUnit(space)(trial.point);
      if (E.isLeft(place)) return place;
      places.push(place.right);
    }
    const total = squares(values);
    const explained = (name: string, axis: number): number => {
      const dimension = simple(dimensionOf(space.dimensions, name));
      const count = countOf(dimension);
      const bins = dimension.kind === 'choice' ? count : Math.min(count, Math.floor(Math.sqrt(n)));
      const binned = groups(values, (_, i) => {
        const place = places[i]?.[axis] ?? null;
        return place === null ? null : Math.min(bins - 1, Math.floor(place * bins));
      });
      const freedom = n - binned.length;
      if (!(total > 0) || freedom === 0) return 0;
      const within = binned.reduce((sum, bin) => sum + squares(bin), 0);
      return Math.max(0, 1 - within / freedom / (total / (n - 1)));
    };
    return E.right(Object.fromEntries(coordinates(space).map((name, axis) => [name, explained(name, axis)])));
  };
