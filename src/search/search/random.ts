/** Searches whose trials are known beforehand, by their numbers: grid, random, quasi-random. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { fieldsOf, positive } from '../../optimizer/config.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import { foldIn, type Key } from '../../tensor/key.ts';
import { grid as gridOf, type Levels } from '../space/grid.ts';
import { coordinates, fromUnit, sample } from '../space/sample.ts';
import type { Space } from '../space/space.ts';
import { keyCodec, MOST, makesSearch, trialCount } from './config.ts';
import { halton } from './halton.ts';
import type { Trial } from './history.ts';
import { type Decide, type Search, searchOf } from './search.ts';

/** Trials of points by number, all of one budget. */
const listed =
  <A>(count: number, budget: number, at: (number: number) => E.Either<Failure, A>): Decide<A> =>
  (known) =>
    known.length >= count
      ? E.right('done')
      : pipe(
          at(known.length),
          E.map((point): Trial<A> => ({ number: known.length, point, budget })),
        );

export interface GridConfig {
  /** How many values of each number, see `Space.grid`; none need be said where all dimensions have finitely many. */
  readonly levels: Levels;
  /** Of each trial; 1 unless told. */
  readonly budget: number;
}

const grids = makesSearch(
  fieldsOf<GridConfig>()(
    'grid',
    { levels: t.union([t.number, t.readonly(t.record(t.string, t.number))]), budget: positive },
    { levels: {}, budget: 1 },
  ),
  ({ levels, budget }) =>
    (space) =>
      pipe(
        gridOf(levels)(space),
        E.filterOrElse(
          ({ count }) => count <= MOST,
          ({ count }) => failure('config', 'Search.grid.levels', `a grid of at most ${MOST} points`, `one of ${count}`),
        ),
        E.map(({ count, at }) =>
          searchOf(
            {
              kind: 'grid',
              levels: typeof levels === 'number' ? levels : Object.fromEntries(Object.entries(levels)),
              budget,
            },
            space,
            listed(count, budget, at),
          ),
        ),
      ),
);

/**
 * Every point of the grid of a space, in its order. Fails where `Space.grid` does, and on more than a million points.
 *
 * @example
 * ```ts
 * import { Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ rate: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Search.grid({ levels: 3 })),
 *   E.chain(({ suggest }) => suggest(Search.begin)),
 * ) // => E.right({ number: 0, point: { rate: 0 }, budget: 1 })
 * ```
 */
export const grid = (config: Partial<GridConfig> = {}): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) =>
  grids.make(config);
export const gridKind = grids;

export interface RandomConfig {
  readonly trials: number;
  /** Of each trial; 1 unless told. */
  readonly budget: number;
  readonly key: Key;
}

const fields = { trials: trialCount, budget: positive, key: keyCodec };
const described = (kind: string, { trials, budget, key }: RandomConfig): Search<never>['description'] => ({
  kind,
  trials,
  budget,
  key: { words: [...key.words] },
});

/** The point drawn for a number. */
export const drawn =
  <A>(space: Space<A>, key: Key) =>
  (number: number): E.Either<Failure, A> =>
    sample(space)(foldIn(number)(key));

const randoms = makesSearch(
  fieldsOf<RandomConfig>()('random', fields, { budget: 1 }),
  (config) =>
    <A>(space: Space<A>) =>
      E.right(
        searchOf<A>(described('random', config), space, listed(config.trials, config.budget, drawn(space, config.key))),
      ),
);

/**
 * Points drawn independently (Bergstra and Bengio 2012): the first n trials are those of a search of n trials. Fails on
 * settings out of their range.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ layers: Space.fixed(2) }),
 *   E.chain(Search.random({ trials: 27, key: Key.fromSeed(1) })),
 *   E.chain(({ suggest }) => suggest(Search.begin)),
 * ) // => E.right({ number: 0, point: { layers: 2 }, budget: 1 })
 * ```
 */
export const random = (
  config: Omit<RandomConfig, 'budget'> & Partial<RandomConfig>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => randoms.make(config);
export const randomKind = randoms;

const quasiRandoms = makesSearch(
  fieldsOf<RandomConfig>()('quasiRandom', fields, { budget: 1 }),
  (config) =>
    <A>(space: Space<A>) => {
      const place = halton(coordinates(space).length, config.key);
      const at = fromUnit(space);
      return E.right(
        searchOf<A>(
          described('quasiRandom', config),
          space,
          listed(config.trials, config.budget, (number) => at(place(number))),
        ),
      );
    },
);

/**
 * Points that fill the space evenly: a Halton sequence in the unit cube, its digits scrambled by the key, so that each
 * point by itself is uniform and the first n together leave smaller holes than n independent ones. The first n trials
 * are those of a search of n trials. Fails on settings out of their range.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const halves = pipe(
 *   Space.make({ x: Space.choice('low', 'high') }),
 *   E.chain(Search.quasiRandom({ trials: 2, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)((point) => E.right(point.x === 'low' ? 0 : 1))(Search.begin)),
 *   E.map((history) => Search.trials(history).map(({ trial }) => trial.point.x).toSorted()),
 * );
 * halves // => E.right(['high', 'low'])
 * ```
 */
export const quasiRandom = (
  config: Omit<RandomConfig, 'budget'> & Partial<RandomConfig>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => quasiRandoms.make(config);
export const quasiRandomKind = quasiRandoms;
