/** Where a falling curve of outputs crosses ½: a logistic function through the points that are neither high nor low. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, Key } from '../../index.ts';
import { deviation, log, mean, sigmoid } from './scalars.ts';

/** The outputs for the configurations of one temperature. */
export interface Outputs {
  readonly temperature: number;
  readonly values: readonly number[];
}

/** output = sigmoid(slope·(temperature − at)). */
export interface Crossing {
  readonly at: number;
  readonly slope: number;
  /** How many temperatures the fit goes through. */
  readonly through: number;
}

/** Means beyond these say little of where the middle is. */
const LOW = 0.15;
const HIGH = 0.85;

/** The least-squares line through the logits of the means between 0.15 and 0.85. Fails where fewer than two are. */
export const crossing = (outputs: readonly Outputs[]): E.Either<Failure.Failure, Crossing> => {
  const points = outputs
    .map(({ temperature, values }) => ({ temperature, output: mean(values) }))
    .filter(({ output }) => output > LOW && output < HIGH)
    .map(({ temperature, output }) => ({ x: temperature, y: log(output / (1 - output)) }));
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const slope =
    points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) /
    points.reduce((sum, point) => sum + (point.x - x) * (point.x - x), 0);
  return points.length >= 2 && slope < 0
    ? E.right({ at: x - y / slope, slope, through: points.length })
    : E.left({
        tag: 'value',
        where: 'Ising',
        expected: 'mean outputs that fall through ½ at two temperatures or more',
        received: `${points.length} between ${LOW} and ${HIGH}`,
      });
};

/** The fitted curve. */
export const curve = ({ at, slope }: Crossing): ((temperature: number) => number) => {
  return (temperature) => sigmoid(slope * (temperature - at));
};

/** As many draws, with replacement. */
const resampled = (values: readonly number[], draws: ArrayLike<number>): readonly number[] =>
  values.map((_, i) => values[Math.floor((draws[i] ?? 0) * values.length)] ?? Number.NaN);

/** The standard deviation of the crossing under resampling of the outputs at each temperature (the bootstrap). */
export const bootstrap =
  (repetitions: number, key: Key.Key) =>
  (outputs: readonly Outputs[]): number =>
    deviation(
      Array.from({ length: repetitions }, (_, repetition) => {
        const own = Key.foldIn(repetition)(key);
        const again = crossing(
          outputs.map(({ temperature, values }, t) => ({
            temperature,
            values: resampled(values, Key.uniform([values.length])(Key.foldIn(t)(own)).data),
          })),
        );
        return E.isRight(again) ? [again.right.at] : [];
      }).flat(),
    );
