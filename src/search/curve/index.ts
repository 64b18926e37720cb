/** What an error depends on: rows, hyperparameters, seeds, the drawing of rows, and features. */
export {
  type BiasVariance,
  biasVariance,
  type ZeroOneBiasVariance,
  zeroOneBiasVariance,
} from './biasVariance.ts';
export { type LearningOptions, learningCurve } from './learningCurve.ts';
export { outOfBag } from './outOfBag.ts';
export { type Importance, type ImportanceOptions, permutationImportance } from './permutationImportance.ts';
export { type Errors, lowest, type Point } from './point.ts';
export { type SeedOptions, seedCurve } from './seedCurve.ts';
export { type ValidationOptions, validationCurve } from './validationCurve.ts';
