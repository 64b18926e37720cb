/**
 * Too little data: how many examples a network needs where a person who knows the field writes one feature down. The order of
 * Ising spins, which |m| shows, and Franke's function from noisy points, which a polynomial follows.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Data,
  Engine,
  type Failure,
  Key,
  Layer,
  Loss,
  Metric,
  Optimizer,
  Penalty,
  Tensor,
  type Train,
} from 'nabla-ts';
import { firstRows, takeExamples } from '../digits.ts';
import { type Cell, overSeeds, type Scores, scoresOf } from './compare.ts';
import { column, exponential, mean } from './functions.ts';
import { cut, type Method, network, type Predict, randomFeatures, ridgeOn, standardised } from './methods.ts';

/** |m|, what a physicist looks at first. */
export const magnetisation = (row: readonly number[]): number => Math.abs(mean(row));

const TC = Data.Ising.criticalTemperature();
const temperatures = Array.from({ length: 21 }, (_, i) => 1.5 + 0.1 * i);

/** Configurations [count, size²] at temperatures from 1.5 to 3.5 in random order, and 1 where it is below the critical one. */
export const isingExamples = (size: number, count: number, key: Key.Key): Train.Examples => {
  const [draw = key, order = key] = Key.split(2)(key);
  const perTemperature = Math.ceil(count / temperatures.length);
  const drawn = Data.Ising.sample({ size, temperatures, perTemperature })(draw);
  const rows = Key.permutation(drawn.temperatures.length)(order).slice(0, count);
  return {
    inputs: Tensor.takeRows(rows)(Data.Ising.toTensor(drawn)),
    targets: column(rows.map((row) => ((drawn.temperatures[row] ?? NaN) < TC ? 1 : 0))),
  };
};

/** Copies of each row, moved and turned over as the lattice's symmetries allow: knowledge given as data. */
const copied =
  (copies: number) =>
  (key: Key.Key) =>
  (data: Train.Examples): Train.Examples => {
    const rows = Array.from({ length: (data.inputs.shape[0] ?? 0) * copies }, (_, i) => Math.floor(i / copies));
    const { inputs, targets } = takeExamples(rows)(data);
    return { inputs: Data.Ising.transformRows(key)(inputs), targets };
  };

const penaltiesOf = (strengths: readonly number[]): readonly Penalty.Penalty[] => strengths.map(Penalty.l2);

/** How a network of one hidden layer learns to tell order from disorder from spins. */
export const isingTraining = (size: number, steps: number, activation = Activation.relu) => ({
  layer: Layer.sequential(Layer.dense(size * size, 32), activation, Layer.dense(32, 1), Activation.sigmoid),
  loss: Loss.binaryCrossEntropy(),
  optimizer: Optimizer.adam({ learningRate: 0.005 }),
  steps,
  batchSize: 64,
  penalties: penaltiesOf([1e-3, 1e-2, 1e-1]),
  engine: Engine.create(),
});

/** The score of each method after each number of the rows of one data set, with the same rows for all. */
export const learningCurve = (
  methods: Readonly<Record<string, Method>>,
  counts: readonly number[],
  data: Train.Examples,
  key: Key.Key,
  score: (predict: Predict) => E.Either<Failure.Failure, number>,
): E.Either<Failure.Failure, Scores> =>
  scoresOf(methods, Object.fromEntries(counts.map((count) => [`${count}`, count])), (method) =>
    E.right((count: number) => pipe(method(firstRows(count)(data), Key.foldIn(count)(key)), E.chain(score))),
  );

/** The accuracy on 1,050 fresh configurations of size², by the number of configurations learnt from. */
export const isingCurve = (
  size: number,
  counts: readonly number[],
  steps: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const training = isingTraining(size, steps);
  const methods = {
    'cut through |m|': cut(magnetisation),
    'ridge on random features': randomFeatures(200),
    'network, ReLU, 8 turned copies of each': network({ ...training, augment: copied(8) }),
    'network, ReLU': network(training),
    'network, tanh': network(isingTraining(size, steps, Activation.tanh)),
  };
  return overSeeds(seeds, (seed) => {
    const [data = Key.fromSeed(seed), test = data, learn = data] = Key.split(3)(Key.fromSeed(seed));
    const fresh = isingExamples(size, 1050, test);
    return learningCurve(methods, counts, isingExamples(size, Math.max(...counts), data), learn, (predict) =>
      pipe(fresh.inputs, predict, E.chain(Metric.binaryAccuracy(0.5)(fresh.targets))),
    );
  });
};

/** xⁱyʲ for all i + j from 1 to a degree, of a centred square. */
const monomials =
  (degree: number) =>
  ([x = NaN, y = NaN]: readonly number[]): readonly number[] =>
    Array.from({ length: degree + 1 }, (_, i) => Array.from({ length: degree + 1 - i }, (_, j) => [i, j] as const))
      .flat()
      .filter(([i, j]) => i + j > 0)
      .map(([i, j]) => (2 * x - 1) ** i * (2 * y - 1) ** j);

const CENTRES = [0, 1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6, 1];

/** A round hill on each point of a grid of 7 × 7, as wide as the grid is. */
export const hills = ([x = NaN, y = NaN]: readonly number[]): readonly number[] =>
  CENTRES.flatMap((a) => CENTRES.map((b) => exponential(-18 * ((x - a) ** 2 + (y - b) ** 2))));

/** The root mean squared distance from Franke's function on a grid, by the number of points with noise 0.1 learnt from. */
export const frankeCurve = (
  counts: readonly number[],
  steps: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const methods = {
    'ridge on hills': ridgeOn(hills),
    'network, tanh, by L-BFGS': standardised(
      network({
        layer: Layer.sequential(Layer.dense(2, 32), Activation.tanh, Layer.dense(32, 1)),
        loss: Loss.squaredError(),
        optimizer: Optimizer.lbfgs(),
        steps,
        batchSize: Number.MAX_SAFE_INTEGER,
        penalties: penaltiesOf([1e-5, 1e-4, 1e-3]),
        engine: Engine.create(),
      }),
    ),
    'ridge on random features': standardised(randomFeatures(200)),
    'ridge on powers, degree by leaving one out': ridgeOn(monomials(1), ...[2, 3, 4, 5, 6, 7].map(monomials)),
  };
  const grid = Data.frankeGrid(21);
  return overSeeds(seeds, (seed) => {
    const [data = Key.fromSeed(seed), learn = data] = Key.split(2)(Key.fromSeed(seed));
    return learningCurve(
      methods,
      counts,
      Data.frankePoints({ rows: Math.max(...counts), noise: 0.1 })(data),
      learn,
      (predict) => pipe(grid.inputs, predict, E.chain(Metric.rootMeanSquaredError(grid.targets))),
    );
  });
};
