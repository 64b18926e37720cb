/** Folds of rows, what is estimated from them, and what a network's error is made of. */
export { bootstrap } from './bootstrap.ts';
export { type BootstrapErrors, type BootstrapEstimate, bootstrap632 } from './bootstrap632.ts';
export { bootstrapError, type Prediction } from './bootstrapError.ts';
export { type CrossValidation, crossValidate } from './crossValidate.ts';
export { type DevelopmentOptions, type DevelopmentSets, developmentSets, type Sources } from './developmentSets.ts';
export { type Diagnosis, diagnose, type ErrorRates, type Finding, type Gap, type MeasuredRows } from './diagnose.ts';
export { type Fold, take, without } from './fold.ts';
export { groupedKFold, kFold, repeated, stratifiedKFold } from './kFold.ts';
export { leaveOneOut } from './leaveOneOut.ts';
export { type NestedFold, nested, within } from './nested.ts';
export { type ShuffleSplitOptions, shuffleSplit } from './shuffleSplit.ts';
export { type TimeSeriesOptions, timeSeriesSplit } from './timeSeriesSplit.ts';
