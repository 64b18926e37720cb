/** Calibration: what a network's probabilities are worth when it has learnt for a short and for a long time. */

import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Expr, Key, Metric, Tensor } from 'nabla-ts';
import { errorRate, keysOf, learn, own, type Rows, range, sure, told } from './common.ts';

const sigmoid = Expr.evaluate('f64')(Expr.sigmoid(Expr.input('x')));

/** Five features, and a label that is 1 with probability σ(2·(x₁ + x₂·x₃)). */
const chances =
  (rows: number) =>
  (key: Key.Key): Rows & { readonly chances: readonly number[] } => {
    const inputs = Key.normal([rows, 5], 'f32')(own(key, 0));
    const draws = Key.uniform([rows], 'f64')(own(key, 1)).data;
    const at = (row: number, column: number): number => inputs.data[5 * row + column] ?? 0;
    const truth = range(rows).map((row) => sigmoid({ x: 2 * (at(row, 0) + at(row, 1) * at(row, 2)) }));
    return { inputs, targets: truth.map((p, i) => ((draws[i] ?? 1) < p ? 1 : 0)), chances: truth };
  };

const TEST = 2000;
const BINS = 10;

export interface Judged {
  readonly epochs: number;
  readonly error: readonly number[];
  readonly width: readonly number[];
  readonly mass: readonly number[];
  /** The curve of the first seed. */
  readonly curve: readonly Metric.CalibrationBin[];
}

const errorOf = (binning: Metric.Binning, p: Tensor.Tensor, labels: readonly number[]): number =>
  sure(pipe(p, Metric.binaryCalibrationCurve(binning)(labels), E.map(Metric.expectedCalibrationError)));

/** The calibration of a network of 64 units after so many epochs on 300 rows; 0 epochs stand for the chances themselves. */
export const calibrated = (epochs: readonly number[], seeds: number): readonly Judged[] =>
  epochs.map((count) => {
    const found = keysOf(16, seeds).map((key) => {
      const rows = chances(300)(own(key, 0));
      const test = chances(TEST)(own(key, 1));
      const scores =
        count === 0 ? undefined : learn({ kind: 'classes', width: 64, epochs: count })(own(key, 2))(rows)(test.inputs);
      const p = Tensor.generate('f64', [TEST], (i) =>
        scores === undefined ? (test.chances[i] ?? 0) : sigmoid({ x: scores[i] ?? 0 }),
      );
      return {
        error: errorRate(
          Tensor.toArray(p).map((x) => x - 0.5),
          test.targets,
        ),
        width: errorOf(Metric.equalWidth(BINS), p, test.targets),
        mass: errorOf(Metric.equalMass(BINS), p, test.targets),
        curve: sure(Metric.binaryCalibrationCurve(Metric.equalWidth(BINS))(test.targets)(p)),
      };
    });
    return {
      epochs: count,
      error: found.map(({ error }) => error),
      width: found.map(({ width }) => width),
      mass: found.map(({ mass }) => mass),
      curve: found[0]?.curve ?? [],
    };
  });

export const calibrationTable = (found: readonly Judged[]): string =>
  [
    '| epochs | error rate | calibration error, equal width | equal mass |',
    '|---:|---|---|---|',
    ...found.map(
      ({ epochs, error, width, mass }) =>
        `| ${epochs === 0 ? 'the true chances' : epochs} | ${told(error)} | ${told(width)} | ${told(mass)} |`,
    ),
  ].join('\n');
