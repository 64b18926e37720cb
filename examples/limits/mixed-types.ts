/**
 * Mixed types: a table whose columns are a place, a sum of money, a day of the year and a yes or no. To a network all of them are
 * numbers on a line; what they are has to be said, or learnt from many rows.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, type Failure, Key, Metric, Penalty, Tensor, type Train } from 'nabla-ts';
import { type Cell, overSeeds } from './compare.ts';
import { examplesOf, exponential, logarithm, sine } from './functions.ts';
import { learningCurve } from './little-data.ts';
import { type Features, type Method, randomFeatures, regression, ridgeOn, seeing, standardised } from './methods.ts';
import { boostedTrees } from './trees.ts';

const PLACES = 30;

/** A place 0 … 29, a sum of money that spans orders of magnitude, a day 0 … 364, and whether there is a garden. */
type Row = readonly [place: number, money: number, day: number, garden: number];

const season = (day: number, shift: number): number => sine((2 * Math.PI * (day - shift)) / 365);

/**
 * What is to be learnt, and is known to nobody who learns: each place has a level, money acts by its ratio and less where
 * there is much, the day by the season, which is twice as strong with a garden; and noise of deviation 0.5.
 */
const outcome = (levels: readonly number[], [place, money, day, garden]: Row): number => {
  const ratio = logarithm(money);
  return (levels[place] ?? NaN) + 0.6 * ratio - 0.1 * ratio * ratio + (garden === 1 ? 1.2 : 0.6) * season(day, 100);
};

/** Rows of the table and their noisy outcomes; which level a place has is drawn from a key of its own. */
const tableOf =
  (levels: readonly number[], noise: number) =>
  (rows: number, key: Key.Key): Train.Examples => {
    const [places = key, sums = key, days = key, gardens = key, errors = key] = Key.split(5)(key);
    const place = Key.uniform([rows], 'f64')(places).data;
    const sum = Key.normal([rows], 'f64')(sums).data;
    const day = Key.uniform([rows], 'f64')(days).data;
    const garden = Key.bernoulli([rows], 0.5)(gardens).data;
    const error = Key.normal([rows], 'f64')(errors).data;
    const all = Array.from(
      { length: rows },
      (_, i): Row => [
        Math.floor(PLACES * (place[i] ?? NaN)),
        exponential(1.5 * (sum[i] ?? NaN)),
        Math.floor(365 * (day[i] ?? NaN)),
        garden[i] ?? NaN,
      ],
    );
    return examplesOf(
      all,
      all.map((row, i) => outcome(levels, row) + noise * (error[i] ?? NaN)),
    );
  };

/** A 1 among 0s for the place; the other columns as they are. */
const oneHot: Features = ([place = NaN, ...others]) => [
  ...Array.from({ length: PLACES }, (_, i) => (i === place ? 1 : 0)),
  ...others,
];

/** What somebody writes down who knows what the columns are: money by its logarithm, the day on a circle. */
const handMade: Features = (row) => {
  const [, money = NaN, day = NaN, garden = NaN] = row;
  const ratio = logarithm(money);
  return [...oneHot(row).slice(0, PLACES), ratio, ratio * ratio, season(day, 0), season(day, 365 / 4), garden];
};

/** The root mean squared distance from the outcome without noise, by the number of rows learnt from. */
export const mixedTypes = (
  counts: readonly number[],
  steps: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const of = (inputs: number): Method =>
    regression({
      inputs,
      activation: Activation.relu,
      learningRate: 0.003,
      steps,
      batchSize: 64,
      penalties: [1e-3, 1e-2].map(Penalty.l2),
    });
  const methods = {
    'ridge, hand-made features': ridgeOn(handMade),
    'network, hand-made features': seeing(handMade)(of(PLACES + 5)),
    'boosted trees, columns as numbers': boostedTrees({ trees: 200, depth: 3, learningRate: 0.1, leaf: 5 }),
    'network, one-hot places': seeing(oneHot)(of(PLACES + 3)),
    'network, columns as numbers': of(4),
    'ridge on random features, one-hot places': seeing(oneHot)(standardised(randomFeatures(200))),
    'ridge, columns as numbers': ridgeOn((row) => row),
  };
  return overSeeds(seeds, (seed) => {
    const [where = Key.fromSeed(seed), data = where, test = where, learn = where] = Key.split(4)(Key.fromSeed(seed));
    const levels = Tensor.toArray(Key.normal([PLACES], 'f64')(where));
    const fresh = tableOf(levels, 0)(1000, test);
    return learningCurve(methods, counts, tableOf(levels, 0.5)(Math.max(...counts), data), learn, (predict) =>
      pipe(fresh.inputs, predict, E.chain(Metric.rootMeanSquaredError(fresh.targets))),
    );
  });
};
