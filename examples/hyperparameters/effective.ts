/** Four hyperparameters of which two matter: what a grid, random points and a sequence that fills the cube find of the optimum. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, Key, Search, Space } from 'nabla-ts';
import { seedsTo } from './statistics.ts';

const LEVELS = 3;
const part = Space.uniform({ low: 0, high: 1 });
const dimensions = { a: part, b: part, c: part, d: part };

/** The searches that are compared: as many trials each. */
export const WAYS = ['grid', 'random', 'quasiRandom'] as const;
type Way = (typeof WAYS)[number];
type Point = Space.PointOf<typeof dimensions>;

const TRIALS = LEVELS ** Object.keys(dimensions).length;

const searchOf = (way: Way, key: Key.Key) => (space: Space.Space<Point>) =>
  way === 'grid' ? Search.grid({ levels: LEVELS })(space) : Search[way]({ trials: TRIALS, key })(space);

/** How far from the optimum the best trial of a search is, in the two hyperparameters that matter. */
const distance =
  (way: Way) =>
  (seed: number): E.Either<Failure.Failure, number> => {
    const [place, key] = Key.split(2)(Key.fromSeed(seed));
    return pipe(
      E.Do,
      E.bind('space', () => Space.make(dimensions)),
      E.bind('optimum', ({ space }) => Space.sample(space)(place ?? Key.fromSeed(seed))),
      E.bind('search', ({ space }) => searchOf(way, key ?? Key.fromSeed(seed))(space)),
      E.bind('history', ({ search, optimum }) =>
        Search.run(search)(({ a, b }) => E.right((a - optimum.a) ** 2 + (b - optimum.b) ** 2))(Search.begin),
      ),
      E.map(({ history }) => Math.sqrt(Search.best(history)?.value ?? Number.NaN)),
    );
  };

/** Of each way, the distances over seeds. */
export const effective = (
  seeds: number,
): E.Either<Failure.Failure, readonly { way: Way; distances: readonly number[] }[]> =>
  pipe(
    WAYS,
    E.traverseArray((way) =>
      pipe(
        seedsTo(seeds),
        E.traverseArray(distance(way)),
        E.map((distances) => ({ way, distances })),
      ),
    ),
  );
