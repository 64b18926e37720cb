/** Networks: layers with their parameters and state, and what they predict. */
export * from '../../layer/network/index.ts';
// By name, before the predict of the reference, which the line above would bring.
export { predict } from './predict.ts';
export { monteCarlo, type Passes, samples, type Uncertain } from './samples.ts';
