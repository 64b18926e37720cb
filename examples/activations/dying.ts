/** Units that die: how many, by activation and learning rate. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Failure, Interval, type Train } from 'nabla-ts';
import { firstRows } from '../digits.ts';
import { hidden } from './initial.ts';
import { type ActivationName, fitting } from './networks.ts';
import { watched } from './run.ts';

/** The share of dead units among all hidden ones after training, over seeds, and how many runs left the finite numbers. */
export interface Dying {
  readonly activation: ActivationName;
  readonly learningRate: number;
  readonly dead: Interval.Interval;
  readonly diverged: number;
}

export interface DyingSizes {
  readonly seeds: number;
  readonly depth: number;
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRates: readonly number[];
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** What became of the units of an activation at a learning rate. A run that left the finite numbers has no units left: it
 * is counted apart. */
export const dying =
  (data: Train.Examples, { seeds, depth, width, epochs, batchSize }: DyingSizes) =>
  (activation: ActivationName, learningRate: number): E.Either<Failure.Failure, Dying> => {
    const of = { activation, beginning: fitting[activation], depth, width };
    const run = watched(of, { data, learningRate, batchSize, epochs }, firstRows(300)(data), epochs);
    const runs = RA.makeBy(
      seeds,
      (seed) => run(seed + 1).at(-1) ?? E.left(Failure.failure('value', 'dying', 'an inspection', 'none')),
    );
    const finite = pipe(runs, RA.separate).right;
    const shares = finite.map((inspection) => mean(hidden(inspection).map(({ dead = Number.NaN }) => dead)));
    const diverged = seeds - finite.length;
    return pipe(
      // Of a single run there is no interval; of none, no share.
      shares.length < 2
        ? E.right({ estimate: shares[0] ?? 1, low: 0, high: 1, level: 0.95 })
        : Interval.mean(0.95)(shares),
      E.map((dead) => ({ activation, learningRate, dead, diverged })),
    );
  };
