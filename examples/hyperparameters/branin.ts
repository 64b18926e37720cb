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

/** The points of a search in order, and the values measured there. */
interface Tried {
  readonly point: Point;
  readonly value: number;
}

/** After each trial: how far above the least value the function is, without noise, where the best value was measured. */
const regrets = (tried: readonly Tried[]): readonly number[] => {
  let [least, regret] = [Number.POSITIVE_INFINITY, Number.NaN];
  return tried.map(({ point, value }) => {
    if (value < least) {
      least = value;
      regret = branin(point.x, point.y) - LEAST;
    }
    return regret;
  });
};

/** The key of a search of a seed, and its noise by the number of the trial: the same for every method. */
const drawsOf = (seed: number, trials: number) => {
  const [key, noises] = Key.split(2)(Key.fromSeed(seed));
  const draws = Key.normal([trials], 'f64')(noises ?? Key.fromSeed(seed));
  return { key: key ?? Key.fromSeed(seed), noise: (number: number): number => draws.data[number] ?? Number.NaN };
};

/** The regrets of a search. */
const searched =
  (method: Method, trials: number) =>
  (seed: number): E.Either<Failure.Failure, readonly number[]> => {
    const { key, noise } = drawsOf(seed, trials);
    return pipe(
      Space.make(dimensions),
      E.chain(Search[method]({ trials, key })),
      E.chain((search) =>
        Search.run(search)(({ x, y }, { number }) => E.right(branin(x, y) + noise(number)))(Search.begin),
      ),
      E.map((history) =>
        regrets(
          Search.trials(history).flatMap(({ trial: { point }, result }) =>
            result?.tag === 'finished' ? [{ point, value: result.value }] : [],
          ),
        ),
      ),
    );
  };

/** Trials before somebody tells where a minimum is. */
const UNTOLD = 5;

/**
 * No search, but a bound on what any can come to: the regrets of somebody who is told where a minimum is after five random
 * trials, and draws all others from a normal around it, `spread` of the range wide and cut off at the ends.
 */
export const told =
  (spread: number, trials: number) =>
  (seed: number): E.Either<Failure.Failure, readonly number[]> => {
    const { key, noise } = drawsOf(seed, trials);
    const steps = Key.normal([4 * trials, 2], 'f64')(Key.foldIn(1)(key)).data;
    return pipe(
      Space.make(dimensions),
      E.chain((space) =>
        pipe(
          Array.from({ length: UNTOLD }, (_, i) => i),
          E.traverseArray((i) => Space.sample(space)(Key.foldIn(i)(key))),
          E.map((first) => {
            // What falls outside is left out: less than half, and there are four times as many as are needed.
            const around = Array.from({ length: 4 * trials }, (_, i) => ({
              x: Math.PI + spread * 15 * (steps[2 * i] ?? Number.NaN),
              y: 2.275 + spread * 15 * (steps[2 * i + 1] ?? Number.NaN),
            })).filter(space.is);
            return [...first, ...around].slice(0, trials);
          }),
        ),
      ),
      E.map((points) =>
        regrets(points.map((point, number) => ({ point, value: branin(point.x, point.y) + noise(number) }))),
      ),
    );
  };

/** Of each method, the regrets of each seed after each trial. */
export interface Compared {
  readonly method: string;
  readonly runs: ReadonlyArray<readonly number[]>;
}

export const compared = (
  seeds: number,
  trials: number,
  methods: readonly Method[] = METHODS,
): E.Either<Failure.Failure, readonly Compared[]> =>
  pipe(
    methods,
    E.traverseArray((method) =>
      pipe(
        seedsTo(seeds),
        E.traverseArray(searched(method, trials)),
        E.map((runs) => ({ method, runs })),
      ),
    ),
  );

/** How widely those that are told spread their points, in parts of the range. */
export const SPREADS = [0.02, 0.05, 0.1] as const;

/** The same of random search, and of those that are told. */
export const bounds = (seeds: number, trials: number): E.Either<Failure.Failure, readonly Compared[]> =>
  pipe(
    E.Do,
    E.apS('random', compared(seeds, trials, ['random'])),
    E.apS(
      'told',
      pipe(
        SPREADS,
        E.traverseArray((spread) =>
          pipe(
            seedsTo(seeds),
            E.traverseArray(told(spread, trials)),
            E.map((runs) => ({ method: `told, spread ${spread}`, runs })),
          ),
        ),
      ),
    ),
    E.map(({ random, told }) => [...random, ...told]),
  );
