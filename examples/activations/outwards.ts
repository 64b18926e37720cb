/** How far out tanh and softsign are after training (Glorot and Bengio 2010, figures 3 and 4). */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Failure, type Inspect, Interval, type Train } from 'nabla-ts';
import type { Parts } from './digits.ts';
import type { ActivationName, Deep } from './networks.ts';
import { type Passed, passes } from './run.ts';

export interface OutwardsSizes {
  readonly seeds: number;
  readonly depth: number;
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** With the old beginning, as in their figures. */
const deep = (activation: ActivationName, { depth, width }: OutwardsSizes): Deep => ({
  activation,
  beginning: 'old',
  depth,
  width,
});

/** What passes through the hidden layers, on some examples, after every so many epochs of a run of a seed. */
export const watchedPasses = (
  { train }: Parts,
  examples: Train.Examples,
  sizes: OutwardsSizes,
  every: number,
): ((activation: ActivationName) => (seed: number) => ReadonlyArray<E.Either<Failure.Failure, Passed>>) => {
  const { epochs, batchSize, learningRate } = sizes;
  return (activation) =>
    passes(deep(activation, sizes), { data: train, learningRate, batchSize, epochs }, examples, every);
};

/** The value below which a share of some values lies. */
export const percentile = (values: ArrayLike<number>, share: number): number => {
  const sorted = Array.from(values).sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
};

const shareWhere = (values: ArrayLike<number> | undefined, holds: (value: number) => boolean): number => {
  const all = Array.from(values ?? []);
  return all.filter(holds).length / all.length;
};

/** What is measured of one hidden layer after training, each with its interval over the seeds. */
export interface Outwards {
  /** The 98th percentile of the activations. */
  readonly far: Interval.Interval;
  /** The share of activations beyond ±0.95. */
  readonly ends: Interval.Interval;
  /** The share of those from 0.6 to 0.8 in size, the knees of softsign. */
  readonly knees: Interval.Interval;
  /** The share with |f′| < 0.01. */
  readonly flat: Interval.Interval;
}

const measures: Readonly<Record<keyof Outwards, (layer: Inspect.LayerPass) => number>> = {
  far: ({ output }) => percentile(output.data, 0.98),
  ends: ({ output }) => shareWhere(output.data, (h) => Math.abs(h) > 0.95),
  knees: ({ output }) => shareWhere(output.data, (h) => Math.abs(h) > 0.6 && Math.abs(h) < 0.8),
  flat: ({ slope }) => shareWhere(slope?.data, (f) => Math.abs(f) < 0.01),
};

/** The hidden layers, first to last, at the end of runs of seeds 1, 2, … */
export const outwards =
  (parts: Parts, examples: Train.Examples, sizes: OutwardsSizes) =>
  (activation: ActivationName): E.Either<Failure.Failure, readonly Outwards[]> => {
    const run = watchedPasses(parts, examples, sizes, sizes.epochs)(activation);
    return pipe(
      RA.makeBy(sizes.seeds, (seed) => seed + 1),
      RA.traverse(E.Applicative)((seed) =>
        pipe(
          RA.last(run(seed)),
          E.fromOption(() => Failure.failure('value', 'outwards', 'at least one epoch', 'none')),
          E.chain((last) => last),
        ),
      ),
      E.chain((ends) =>
        pipe(
          RA.makeBy(sizes.depth, (i) => i),
          RA.traverse(E.Applicative)((i) => {
            const layers = ends.flatMap(({ layers: all }) => all.slice(i, i + 1));
            const over = (measure: (layer: Inspect.LayerPass) => number) => Interval.mean(0.95)(layers.map(measure));
            return pipe(
              E.Do,
              E.apS('far', over(measures.far)),
              E.apS('ends', over(measures.ends)),
              E.apS('knees', over(measures.knees)),
              E.apS('flat', over(measures.flat)),
            );
          }),
        ),
      ),
    );
  };
