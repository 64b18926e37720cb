/** Trials: from a point of a space to a network, trained and validated, and the best of them on all rows. */
export { read, type Summary } from './checkpoint.ts';
export { type Measure, type Parts, type Problem, problem, type Setup } from './problem.ts';
export { type Recipe, recipe, type Task } from './recipe.ts';
export { type Refitted, refit } from './refit.ts';
export { type Described, type Settings, settings } from './settings.ts';
export { type Ended, type TrainOptions, train } from './train.ts';
