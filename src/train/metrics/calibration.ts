/**
 * Calibration: whether of the rows that are given a probability of 0.8 eight in ten are what was said.
 *
 * Laws: the order of rows is not seen; the error is at least the distance of the mean probability from the share of hits,
 * and at most the mean distance of probabilities from what came; of a calibrated forecaster it falls with the number of rows.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Binning } from './binning.ts';
import { columnOf, type Labels, labelsOf, scoresOf } from './classes.ts';
import { probabilities } from './logLoss.ts';

/** Rows of like probabilities, and what came of them. */
export interface CalibrationBin {
  /** The least and the greatest probability of the bin's rows. */
  readonly low: number;
  readonly high: number;
  /** How many rows. */
  readonly count: number;
  /** The mean probability that was said. */
  readonly confidence: number;
  /** The share of rows of which it was true. */
  readonly frequency: number;
}

const curveOf = (binning: Binning, said: readonly number[], came: readonly boolean[]): readonly CalibrationBin[] => {
  const bins = new Map<number, { low: number; high: number; count: number; sum: number; hits: number }>();
  binning(said).forEach((bin, row) => {
    const p = said[row] ?? Number.NaN;
    const { low, high, count, sum, hits } = bins.get(bin) ?? { low: p, high: p, count: 0, sum: 0, hits: 0 };
    bins.set(bin, {
      low: Math.min(low, p),
      high: Math.max(high, p),
      count: count + 1,
      sum: sum + p,
      hits: hits + (came[row] === true ? 1 : 0),
    });
  });
  return [...bins.values()]
    .sort((a, b) => a.low - b.low)
    .map(({ low, high, count, sum, hits }) => ({ low, high, count, confidence: sum / count, frequency: hits / count }));
};

/**
 * The calibration curve (reliability diagram) of a classifier's confidence: in each bin the mean of the highest probability
 * of each row of `scores` [rows, classes], and the share of rows in which that class (the lowest of several) was the label.
 * Bins without rows are left out. Fails as `logLoss` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Tensor.fromRows('f64')([[0.25, 0.75], [0.75, 0.25], [0, 1]]),
 *   E.chain(Metric.calibrationCurve(Metric.equalWidth(2))([1, 1, 1])),
 * ) // => E.right([{ low: 0.75, high: 1, count: 3, confidence: 2.5 / 3, frequency: 2 / 3 }])
 * ```
 */
export const calibrationCurve =
  (binning: Binning) =>
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, readonly CalibrationBin[]> =>
    pipe(
      scoresOf('calibrationCurve')(scores),
      E.chain(probabilities('calibrationCurve')),
      E.chain(({ data, shape: [rows = 0, classes = 0] }) =>
        pipe(
          labels,
          labelsOf('calibrationCurve', rows, classes),
          E.map((actual) => {
            const best = actual.map((_, row) => {
              const own = Array.from({ length: classes }, (__, c) => data[row * classes + c] ?? Number.NaN);
              const most = own.reduce((a, b) => Math.max(a, b));
              return { confidence: most, predicted: own.indexOf(most) };
            });
            return curveOf(
              binning,
              best.map(({ confidence }) => confidence),
              best.map(({ predicted }, row) => predicted === actual[row]),
            );
          }),
        ),
      ),
    );

/**
 * The calibration curve of the probability of class 1 in `probabilities` [rows] or [rows, 1]: in each bin its mean, and the
 * share of rows of label 1. Fails as `binaryLogLoss` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Tensor.generate('f64', [4], (i) => (i < 2 ? 0.25 : 0.75)),
 *   Metric.binaryCalibrationCurve(Metric.equalWidth(2))([0, 0, 1, 0]),
 *   E.map(Metric.expectedCalibrationError),
 * ) // => E.right(0.25)
 * ```
 */
export const binaryCalibrationCurve =
  (binning: Binning) =>
  (labels: Labels) =>
  (scores: Tensor): E.Either<Failure, readonly CalibrationBin[]> =>
    pipe(
      columnOf('binaryCalibrationCurve')(scores),
      E.chain(probabilities('binaryCalibrationCurve')),
      E.chain(({ data }) =>
        pipe(
          labels,
          labelsOf('binaryCalibrationCurve', data.length, 2),
          E.map((actual) =>
            curveOf(
              binning,
              Array.from(data),
              actual.map((label) => label === 1),
            ),
          ),
        ),
      ),
    );

const gap = ({ confidence, frequency }: CalibrationBin): number => Math.abs(confidence - frequency);

/**
 * The expected calibration error Σ (nᵢ/n)·|confidence − frequency| of a calibration curve (Naeini and others 2015). Of few rows
 * it is above 0 also for perfect probabilities, by chance: on average by up to ½·√(bins/n).
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * const sure = { low: 1, high: 1, count: 3, confidence: 1, frequency: 0.5 };
 * const unsure = { low: 0.5, high: 0.5, count: 1, confidence: 0.5, frequency: 0.5 };
 * Metric.expectedCalibrationError([unsure, sure]) // => 0.375
 * ```
 */
export const expectedCalibrationError = (curve: readonly CalibrationBin[]): number => {
  const rows = curve.reduce((sum, { count }) => sum + count, 0);
  return curve.reduce((sum, bin) => sum + (bin.count / rows) * gap(bin), 0);
};

/**
 * The maximum calibration error: the greatest |confidence − frequency| of the bins of a calibration curve, however few rows
 * the bin has.
 *
 * @example
 * ```ts
 * import { Metric } from 'nabla-ts';
 *
 * Metric.maximumCalibrationError([{ low: 1, high: 1, count: 3, confidence: 1, frequency: 0.5 }]) // => 0.5
 * ```
 */
export const maximumCalibrationError = (curve: readonly CalibrationBin[]): number =>
  curve.reduce((most, bin) => Math.max(most, gap(bin)), 0);
