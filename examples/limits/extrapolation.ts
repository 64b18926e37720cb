/**
 * Extrapolation: three years of a quantity that grows and has seasons are learnt, and the two years after are asked for.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Activation, type Failure, Key, Metric, Penalty, Tensor, type Train } from 'nabla-ts';
import { type Cell, overSeeds, type Scores, scoresOf } from './compare.ts';
import { column, sine } from './functions.ts';
import {
  type Features,
  type Method,
  type Predict,
  randomFeatures,
  regression,
  ridgeOn,
  standardised,
} from './methods.ts';

const LEARNT = 3;
const ASKED = 5;
const NOISE = 0.2;

const season = (year: number, shift = 0): number => sine(2 * Math.PI * (year - shift));

/** Half a unit a year, and a season of height one. */
export const truth = (year: number): number => 0.5 * year + season(year);

/** Evenly spaced years of a part of the time, as rows of one number. */
export const years = (from: number, to: number, count: number): Tensor.Tensor =>
  column(Array.from({ length: count }, (_, i) => from + ((i + 0.5) * (to - from)) / count));

const truths = (at: Tensor.Tensor): Tensor.Tensor => column(Tensor.toArray(at).map(truth));

/** Three years of noisy measurements. */
export const measured = (count: number, key: Key.Key): Train.Examples => {
  const inputs = years(0, LEARNT, count);
  const noise = Key.normal([count], 'f64')(key).data;
  return {
    inputs,
    targets: column(Tensor.toArray(inputs).map((year, i) => truth(year) + NOISE * (noise[i] ?? NaN))),
  };
};

const powers =
  (degree: number): Features =>
  ([year = NaN]) =>
    Array.from({ length: degree }, (_, i) => (year / LEARNT - 0.5) ** (i + 1));

/** A trend and a season of one year: what somebody knows who knows what is measured. */
const trendAndSeason: Features = ([year = NaN]) => [year, season(year), season(year, 0.25)];

const net = (activation: typeof Activation.tanh, steps: number, penalties: readonly number[] = [1e-5, 1e-3]): Method =>
  regression({
    inputs: 1,
    activation,
    learningRate: 0.01,
    steps,
    batchSize: Number.MAX_SAFE_INTEGER,
    penalties: penalties.map(Penalty.l2),
  });

/** Everything that is compared. */
export const methods = (steps: number): Readonly<Record<string, Method>> => ({
  'ridge on trend and season': ridgeOn(trendAndSeason),
  'ridge on powers to the 11th': ridgeOn(powers(11)),
  'ridge on random features': standardised(randomFeatures(200)),
  'network, tanh': net(Activation.tanh, steps),
  'network, ReLU': net(Activation.relu, steps),
});

/** What is learnt from the measurements of a seed. */
export const learnt = (count: number, method: Method, seed: number): E.Either<Failure.Failure, Predict> => {
  const [data = Key.fromSeed(seed), learn = data] = Key.split(2)(Key.fromSeed(seed));
  return method(measured(count, data), learn);
};

const parts = { 'years 0–3': years(0, LEARNT, 301), 'years 3–4': years(3, 4, 101), 'years 4–5': years(4, ASKED, 101) };

/** The root mean squared distance from what is without noise, in the years that were measured and in those after. */
export const extrapolation = (
  count: number,
  steps: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const all = methods(steps);
  return overSeeds(seeds, (seed) =>
    scoresOf(all, parts, (method) =>
      pipe(
        learnt(count, method, seed),
        E.map((predict) => (at) => pipe(at, predict, E.chain(Metric.rootMeanSquaredError(truths(at))))),
      ),
    ),
  );
};

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** What several answers come to together, where the right one is known. */
const together = (answers: readonly Tensor.Tensor[], right: Tensor.Tensor) => {
  const moments = Tensor.toArray(right).map((y, i) => {
    const said = answers.map(({ data }) => data[i] ?? NaN);
    const middle = said.reduce((sum, x) => sum + x, 0) / said.length;
    const squares = said.reduce((sum, x) => sum + (x - middle) ** 2, 0);
    return { distance: middle - y, deviation: Math.sqrt(squares / (said.length - 1)) };
  });
  return {
    distance: rootMeanSquare(moments.map(({ distance }) => distance)),
    deviation: rootMeanSquare(moments.map(({ deviation }) => deviation)),
    within: moments.filter((m) => Math.abs(m.distance) <= 2 * m.deviation).length / moments.length,
  };
};

/**
 * Whether networks of several keys, trained on the same measurements, disagree where they are wrong: the distance of their
 * mean from the truth, their deviation, and the share of moments at which the truth is within two deviations of the mean.
 */
export const agreement = (
  count: number,
  steps: number,
  members: number,
  seeds: number,
): E.Either<Failure.Failure, readonly Cell[]> => {
  const method = net(Activation.tanh, steps, [1e-5]);
  return overSeeds(seeds, (seed) => {
    const [data = Key.fromSeed(seed), learn = data] = Key.split(2)(Key.fromSeed(seed));
    return pipe(
      Key.split(members)(learn),
      RA.traverse(E.Applicative)((key) => method(measured(count, data), key)),
      E.chain((ensemble) =>
        pipe(
          Object.entries(parts),
          RA.traverse(E.Applicative)(([part, at]) =>
            pipe(
              ensemble,
              RA.traverse(E.Applicative)((predict) => predict(at)),
              E.map((answers) => [part, together(answers, truths(at))] as const),
            ),
          ),
        ),
      ),
      E.map((found): Scores => {
        const of = (what: 'distance' | 'deviation' | 'within') =>
          Object.fromEntries(found.map(([part, all]) => [part, all[what]]));
        return {
          'error of their mean': of('distance'),
          'their deviation': of('deviation'),
          'share of moments with the truth within two deviations': of('within'),
        };
      }),
    );
  });
};
