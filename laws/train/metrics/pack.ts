/** This project's metrics, told and answering in plain numbers as the pack asks. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Metric from '../../../src/train/metrics/index.ts';
import { type LawSet, lawSet } from '../../law.ts';
import { metric } from '../../pack/metric.ts';
import { tensorOf, vectorOf } from './samples.ts';

const answer = <A>(result: E.Either<unknown, A>): A | undefined => (E.isRight(result) ? result.right : undefined);

const BINS = 10;

/** The expected calibration error of a binning. */
const calibration = (name: string, binning: Metric.Binning): LawSet =>
  metric(
    {
      kind: 'calibration',
      bins: BINS,
      of: (labels, probabilities) =>
        answer(
          pipe(
            vectorOf(probabilities),
            Metric.binaryCalibrationCurve(binning)(labels),
            E.map(Metric.expectedCalibrationError),
          ),
        ),
    },
    { name },
  );

/** The curve that its error is of. */
const calibrationCurve = (name: string, binning: Metric.Binning): LawSet =>
  metric(
    {
      kind: 'calibrationCurve',
      of: (labels, probabilities) =>
        answer(pipe(vectorOf(probabilities), Metric.binaryCalibrationCurve(binning)(labels))),
    },
    { name },
  );

export const metricsByThePack: LawSet = lawSet(
  'metrics by the pack',
  [],
  [
    metric({ kind: 'accuracy', of: (labels, scores) => answer(Metric.accuracy(labels)(tensorOf(scores))) }),
    metric({
      kind: 'confusionMatrix',
      of: (classes, actual, predicted) => answer(Metric.confusionMatrix(classes)(actual)(predicted)),
    }),
    metric({ kind: 'rocAuc', of: (labels, scores) => answer(Metric.rocAuc(labels)(vectorOf(scores))) }),
    metric({ kind: 'logLoss', of: (labels, rows) => answer(Metric.logLoss(labels)(tensorOf(rows))) }),
    metric({ kind: 'r2', of: (targets, y) => answer(Metric.r2(vectorOf(targets))(vectorOf(y))) }),
    calibration('calibration, equal width', Metric.equalWidth(BINS)),
    calibration('calibration, equal mass', Metric.equalMass(BINS)),
    calibrationCurve('calibration curve, equal width', Metric.equalWidth(BINS)),
    calibrationCurve('calibration curve, equal mass', Metric.equalMass(BINS)),
    metric({
      kind: 'residuals',
      of: (targets, predictions) => answer(Metric.residuals(tensorOf(targets))(tensorOf(predictions))),
    }),
    metric(
      {
        kind: 'mean',
        expected: (t, y) => (y - t) ** 2,
        of: (targets, y) => answer(Metric.meanSquaredError(vectorOf(targets))(vectorOf(y))),
      },
      { name: 'meanSquaredError' },
    ),
    metric(
      {
        kind: 'mean',
        expected: (t, y) => Math.abs(y - t),
        of: (targets, y) => answer(Metric.meanAbsoluteError(vectorOf(targets))(vectorOf(y))),
      },
      { name: 'meanAbsoluteError' },
    ),
  ],
);
