/** A network before its first step: how far signals get, forward and back (Glorot and Bengio 2010, figures 6 and 7). */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { type Failure, Inspect, Interval, Key, Network, type Train } from 'nabla-ts';
import { type Deep, loss, network } from './networks.ts';

/** One network of one seed. */
export const inspectInitial =
  (examples: Train.Examples, seed: number) =>
  (of: Deep): E.Either<Failure.Failure, Inspect.Inspection> =>
    network(of).use((layer) => pipe(Network.init(layer, Key.fromSeed(seed)), Inspect.batch({ loss }, examples)));

/** The hidden activations of an inspection, in order. */
export const hidden = ({ layers }: Inspect.Inspection): readonly Inspect.LayerStatistics[] =>
  layers.filter(({ saturation }) => saturation !== undefined);

/** What is measured of a network over seeds, each number with its 95 % interval. */
export interface Initial {
  readonly of: Deep;
  /** The deviation of the activations of each hidden layer. */
  readonly forward: readonly Interval.Interval[];
  /** The deviation of the gradient at each hidden layer. */
  readonly backward: readonly Interval.Interval[];
  /** The share of elements with |f′| < 0.01, over all hidden layers. */
  readonly saturation: Interval.Interval;
  /** The gradient at the first hidden layer by that at the last. */
  readonly ratio: Interval.Interval;
  /** The faults that were named, and for how many seeds. */
  readonly faults: Readonly<Partial<Record<Inspect.Fault, number>>>;
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

const count = (names: readonly Inspect.Fault[]): Initial['faults'] =>
  Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]));

/** Networks of one make and seeds 1, 2, … */
export const initial =
  (examples: Train.Examples, seeds: number) =>
  (of: Deep): E.Either<Failure.Failure, Initial> =>
    pipe(
      RA.makeBy(seeds, (seed) => seed + 1),
      RA.traverse(E.Applicative)((seed) => inspectInitial(examples, seed)(of)),
      E.bindTo('inspections'),
      E.bind('diagnoses', ({ inspections }) =>
        pipe(
          inspections,
          RA.traverse(E.Applicative)((inspection) => Inspect.diagnose(inspection)),
        ),
      ),
      E.bind('layers', ({ inspections }) => E.right(inspections.map(hidden))),
      E.chain(({ layers, diagnoses }) => {
        const over = (measure: (row: readonly Inspect.LayerStatistics[]) => number) =>
          Interval.mean(0.95)(layers.map(measure));
        const each = (measure: (layer: Inspect.LayerStatistics | undefined) => number | undefined) =>
          pipe(
            RA.makeBy(of.depth, (i) => i),
            RA.traverse(E.Applicative)((i) => over((row) => measure(row[i]) ?? Number.NaN)),
          );
        return pipe(
          E.Do,
          E.apS(
            'forward',
            each((layer) => layer?.deviation),
          ),
          E.apS(
            'backward',
            each((layer) => layer?.gradientDeviation),
          ),
          E.apS(
            'saturation',
            over((row) => mean(row.map(({ saturation = Number.NaN }) => saturation))),
          ),
          E.apS(
            'ratio',
            over(
              (row) =>
                (row[0]?.gradientDeviation ?? Number.NaN) / (row[row.length - 1]?.gradientDeviation ?? Number.NaN),
            ),
          ),
          E.map((measured) => ({
            of,
            ...measured,
            faults: count(diagnoses.flatMap(({ findings }) => findings.map(({ fault }) => fault))),
          })),
        );
      }),
    );
