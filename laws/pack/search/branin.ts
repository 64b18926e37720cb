/** Branin's function with noise, on which a search that learns is told from chance. */
import * as E from 'fp-ts/lib/Either.js';
import type { History } from '../../../src/search/search/history.ts';
import type { Search } from '../../../src/search/search/search.ts';
import { make, type Space, sample } from '../../../src/search/space/index.ts';
import { show } from '../../../src/tensor/failure.ts';
import { foldIn, fromSeed, type Key, normal } from '../../../src/tensor/key.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Branin's function (Dixon and Szegő 1978): three minima of 0.397887. */
export const branin = ({ x, y }: Place): number =>
  (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
  10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
  10;

const square: Space<Place> = (() => {
  const made = make({
    x: { kind: 'uniform', low: -5, high: 10 },
    y: { kind: 'uniform', low: 0, high: 15 },
  });
  if (E.isLeft(made)) throw new Error(show(made.left));
  return made.right;
})();

const TRIALS = 40;
const NOISE = 1;

/** Of points with noisy values, Branin at that of the least. */
const chosen = (points: readonly Place[], noise: readonly number[]): number => {
  const values = points.map((point, i) => branin(point) + NOISE * (noise[i] ?? 0));
  const best = points[values.indexOf(Math.min(...values))];
  return best === undefined ? Number.POSITIVE_INFINITY : branin(best);
};

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`a refusal: ${JSON.stringify(either.left)}`);
  return either.right;
};

type Searching = <A>(space: Space<A>, key: Key, trials: number) => E.Either<unknown, Search<A>>;

/** The points of a search and as many independent ones, with the same noise. */
interface Race {
  readonly searched: readonly Place[];
  readonly independent: readonly Place[];
  readonly noise: readonly number[];
}

const race = (searching: Searching, seed: number): Race => {
  const key = fromSeed(seed);
  const noise = Array.from(normal([TRIALS], 'f64')(foldIn(1)(key)).data);
  const independent = Array.from({ length: TRIALS }, (_, i) => right(sample(square)(foldIn(i)(foldIn(2)(key)))));
  const one = right(searching(square, foldIn(3)(key), TRIALS));
  const searched: Place[] = [];
  let history: History<Place> = { events: [] };
  for (;;) {
    const next = right(one.suggest(history));
    if (typeof next !== 'object' || searched.length === TRIALS) break;
    searched.push(next.point);
    const value = branin(next.point) + NOISE * (noise[next.number] ?? 0);
    history = {
      events: [...history.events, { tag: 'started', trial: next }, { tag: 'finished', trial: next.number, value }],
    };
  }
  return { searched, independent, noise };
};

/** Whether a search's choice after 40 trials is better than that of 40 independent points with the same noise. */
export const beats = (searching: Searching, seed: number): boolean => {
  const { searched, independent, noise } = race(searching, seed);
  return chosen(searched, noise) < chosen(independent, noise);
};

/** The value in the middle of those of trials 21 to 40, without noise. */
const later = (points: readonly Place[]): number => {
  const values = points
    .slice(TRIALS / 2)
    .map(branin)
    .toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
};

/** The logarithm of what a search tries in its second half by what independent points are worth: 0 is chance. */
export const gain = (searching: Searching, seed: number): number => {
  const { searched, independent } = race(searching, seed);
  return Math.log(later(searched) / later(independent));
};
