/** Metrics: how good predictions are, as plain numbers. */
export { accuracy, binaryAccuracy, topK } from './accuracy.ts';
export { type Binning, equalMass, equalWidth } from './binning.ts';
export {
  binaryCalibrationCurve,
  type CalibrationBin,
  calibrationCurve,
  expectedCalibrationError,
  maximumCalibrationError,
} from './calibration.ts';
export { aboveThreshold, type Labels, predictedClasses } from './classes.ts';
export { type ConfusionMatrix, confusionMatrix, f1, precision, type Rates, recall } from './confusionMatrix.ts';
export { binaryLogLoss, logLoss } from './logLoss.ts';
export { meanAbsoluteError, meanSquaredError, r2, rootMeanSquaredError } from './regression.ts';
export { type Residual, residuals } from './residuals.ts';
export { rocAuc } from './rocAuc.ts';
