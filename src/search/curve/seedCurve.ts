/**
 * A curve over seeds: the error against anything, each of its points measured by runs that have nothing in common.
 *
 * Laws: run i has the same key at every value, so that two points can be compared pair by pair.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, quote } from '../../tensor/failure.ts';
import { type Key, split } from '../../tensor/key.ts';
import { countFrom, knownFields } from '../fold/refuse.ts';
import { levelOf } from '../interval/interval.ts';
import { mean } from '../interval/mean.ts';
import { type Errors, finiteErrors, type Point, placed, pointOf } from './point.ts';

export interface SeedOptions<out A> {
  /** What is changed along the curve. */
  readonly values: readonly A[];
  /** How many runs each value gets. */
  readonly runs: number;
  /** The level of the intervals, for example 0.95. */
  readonly level: number;
}

const where = 'Curve.seedCurve';

/**
 * The errors of `runs` runs at each value, run i with the i-th key split from the key at all of them. Intervals are
 * Student's (`Interval.mean`), which is right where runs are independent: where each draws data of its own. Where they share
 * data, what varies is the drawing of seeds alone, and the interval says nothing of other data. Fails on fewer than two
 * runs, on no value, on an error that is not finite, and as `measure` does, naming the value and the run.
 *
 * @example
 * ```ts
 * import { Curve, Key, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * // The mean of n normal numbers is off by 1/n in the square.
 * const offBy = (n: number, key: Key.Key) =>
 *   (Tensor.toArray(Key.normal([n], 'f64')(key)).reduce((sum, x) => sum + x, 0) / n) ** 2;
 * pipe(
 *   Key.fromSeed(2),
 *   Curve.seedCurve({ values: [4, 16], runs: 400, level: 0.99 })((n, key) => E.right({ train: 0, validation: offBy(n, key) })),
 *   E.map((points) => points.map(({ at, validation: { low, high } }) => low < 1 / at && 1 / at < high)),
 * ) // => E.right([true, true])
 * ```
 */
export const seedCurve =
  <A>(options: SeedOptions<A>) =>
  (measure: (value: A, key: Key, run: number) => E.Either<Failure, Errors>) =>
  (key: Key): E.Either<Failure, readonly Point<A>[]> =>
    pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['values', 'runs', 'level'])(options)),
      E.chainFirst(() => countFrom(where, 'values', 1)(options.values.length)),
      E.chainFirst(() => levelOf(where)(options.level)),
      E.chain(() => countFrom(where, 'runs', 2)(options.runs)),
      E.map((runs) => split(runs)(key)),
      E.chain((keys) =>
        E.traverseArray((value: A) =>
          pipe(
            keys,
            E.traverseArrayWithIndex((run, own) =>
              pipe(measure(value, own, run), E.chain(finiteErrors(where)), placed(`value ${quote(value)}, run ${run}`)),
            ),
            E.chain((errors) => pointOf(mean(options.level))(value, errors)),
          ),
        )(options.values),
      ),
    );
