/**
 * Branin's function, with noise: a cheap stand-in for a training whose result depends on the seed. It has three minima, and its
 * least value is known, so that what a search found can be told from what it believes to have found.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Expr, type Failure, Key, Search, Space } from 'nabla-ts';
import { seedsTo } from './statistics.ts';

const cosine = Expr.evaluate('f64')(Expr.cos(Expr.input('x')));

/** (y − 5.1x²/4π² + 5x/π − 6)² + 10(1 − 1/8π)·cos x + 10 (L. C. W. Dixon and G. P. Szegő, 1978). */
export const branin = (x: number, y: number): number => {
  const curve = y - (5.1 * x * x) / (4 * Math.PI * Math.PI) + (5 * x) / Math.PI - 6;
  return curve * curve + 10 * (1 - 1 / (8 * Math.PI)) * cosine({ x }) + 10;
};

/** 10·(1/8π): at (−π, 12.275), (π, 2.275) and (9.42478, 2.475). */
export const LEAST = 0.39788735772973816;
const dimensions = { x: Space.uniform({ low: -5, high: 10 }), y: Space.uniform({ low: 0, high: 15 }) };
type Point = Space.PointOf<typeof dimensions>;

export const METHODS = ['random', 'quasiRandom', 'treeParzen'] as const;
export type Method = (typeof METHODS)[number];

/** After each trial: how far above the least value the function is, without noise, where the best value was measured. */
const regrets = (history: Search.History<Point>): readonly number[] => {
  let [least, regret] = [Number.POSITIVE_INFINITY, Number.NaN];
  return Search.trials(history).map(({ trial, result }) => {
    if (result?.tag === 'finished' && result.value < least) {
      least = result.value;
      regret = branin(trial.point.x, trial.point.y) - LEAST;
    }
    return regret;
  });
};

/** The regrets of a search. Noise is drawn by the number of the trial: the same for every method. */
const searched =
  (method: Method, trials: number, noise: number) =>
  (seed: number): E.Either<Failure.Failure, readonly number[]> => {
    const [key, noises] = Key.split(2)(Key.fromSeed(seed));
    const draws = Key.normal([trials], 'f64')(noises ?? Key.fromSeed(seed));
    return pipe(
      Space.make(dimensions),
      E.chain(Search[method]({ trials, key: key ?? Key.fromSeed(seed) })),
      E.chain((search) =>
        Search.run(search)(({ x, y }, { number }) =>
          E.right(branin(x, y) + noise * (draws.data[number] ?? Number.NaN)),
        )(Search.begin),
      ),
      E.map(regrets),
    );
  };

/** Of each method, the regrets of each seed after each trial. */
export interface Compared {
  readonly method: Method;
  readonly runs: ReadonlyArray<readonly number[]>;
}

export const compared = (seeds: number, trials: number, noise = 1): E.Either<Failure.Failure, readonly Compared[]> =>
  pipe(
    METHODS,
    E.traverseArray((method) =>
      pipe(
        seedsTo(seeds),
        E.traverseArray(searched(method, trials, noise)),
        E.map((runs) => ({ method, runs })),
      ),
    ),
  );
