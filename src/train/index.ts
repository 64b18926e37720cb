/** Training: a run is an immutable state, and a function from it to the next. */
export type { Augment } from './augment.ts';
export { batches } from './batches.ts';
export { decode, encode } from './codec.ts';
export { describe } from './computation.ts';
export type { Config, Metric, Stopping } from './config.ts';
export { epoch, epochs, fit, type Observer, step } from './epochs.ts';
export { evaluate } from './evaluate.ts';
export type { Examples } from './examples.ts';
export { type Measured, type Objective, valueAndGradient } from './gradient.ts';
export { type Best, best, from, network, type Progress, type Row, type State, type Status, start } from './state.ts';
