/**
 * Prediction without understanding: a network learns order from Ising spins that happen to point up, as those of a sample
 * cooled in a weak field do, and is then asked about the same spins turned over, and about an antiferromagnet, whose order is
 * the same to within a change of sign of every other spin.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, Key, Metric, Tensor, type Train } from 'nabla-ts';
import { type Cell, overSeeds, scoresOf } from './compare.ts';
import { examplesOf } from './functions.ts';
import { isingExamples, isingTraining, magnetisation } from './little-data.ts';
import { cut, network } from './methods.ts';

/** Examples with another value at each site. */
const mapSpins =
  (spin: (value: number, site: number, row: readonly number[]) => number) =>
  ({ inputs, targets }: Train.Examples): Train.Examples => {
    const rows = Tensor.toRows(inputs).map((row) => row.map((value, site) => spin(value, site, row)));
    return { ...examplesOf(rows, []), targets };
  };

const total = (row: readonly number[]): number => row.reduce((sum, s) => sum + s, 0);

/** Each configuration turned so that most of its spins point up. */
const mostlyUp = mapSpins((value, _site, row) => (total(row) < 0 ? -value : value));
const turnedOver = mapSpins((value) => -value);

/** The sign of every other spin changed, as on a chess-board: configurations of the antiferromagnet at the same temperature. */
const chessBoard = (size: number) =>
  mapSpins((value, site) => ((Math.floor(site / size) + (site % size)) % 2 === 0 ? value : -value));

/** The size of the energy of a configuration a site, from neighbours' products. */
const bonds =
  (size: number) =>
  (row: readonly number[]): number =>
    Math.abs(
      row.reduce((sum, value, site) => {
        const [i, j] = [Math.floor(site / size), site % size];
        const right = row[i * size + ((j + 1) % size)] ?? NaN;
        const below = row[((i + 1) % size) * size + j] ?? NaN;
        return sum + value * (right + below);
      }, 0),
    );

/** The accuracy on fresh configurations as they were learnt from, turned over, and of the antiferromagnet. */
export const understanding = (
  size: number,
  count: number,
  steps: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const methods = {
    'network of 32 ReLUs': network(isingTraining(size, steps)),
    'cut through |m|': cut(magnetisation),
    'cut through |energy|': cut(bonds(size)),
  };
  return overSeeds(seeds, (seed) => {
    const [data = Key.fromSeed(seed), test = data, learn = data] = Key.split(3)(Key.fromSeed(seed));
    const train = mostlyUp(isingExamples(size, count, data));
    const fresh = mostlyUp(isingExamples(size, 1050, test));
    const asked = {
      'as learnt from': fresh,
      'turned over': turnedOver(fresh),
      antiferromagnet: chessBoard(size)(fresh),
    };
    return scoresOf(methods, asked, (method) =>
      pipe(
        method(train, learn),
        E.map(
          (predict) =>
            ({ inputs, targets }) =>
              pipe(inputs, predict, E.chain(Metric.binaryAccuracy(0.5)(targets))),
        ),
      ),
    );
  });
};
