/** Small problems for the laws of trials. */
import { Engine, Key, Tensor, Trial } from '../../src/index.ts';
import { got } from './search-mistakes.ts';

export const ROWS = 10;

/** Numbers in [−½, ½). */
const random = (shape: readonly number[], seed: number): Tensor.Tensor => {
  const { data } = Key.uniform(shape, 'f64')(Key.fromSeed(seed));
  return Tensor.generate('f64', shape, (i) => (data[i] ?? Number.NaN) - 0.5);
};

/** A small problem of either kind, and a key. */
export const setupOf = (kind: Trial.Task['kind'], seed: number): Trial.Setup => ({
  task: kind === 'classification' ? { kind, classes: 3 } : { kind },
  inputs: random([ROWS, 2], seed),
  targets: kind === 'classification' ? Tensor.generate('f64', [ROWS], (i) => i % 3) : random([ROWS, 2], seed + 1),
  folds: [
    { train: [0, 1, 2, 3, 4, 5], validation: [6, 7, 8, 9] },
    { train: [3, 4, 5, 6, 7, 8, 9], validation: [0, 1, 2] },
  ],
  key: Key.fromSeed(seed),
});

/** On the reference, which has nothing to compile. */
const slowly = Trial.train({ engine: () => Engine.reference });
/** Trains on a setup's problem. */
export const trainOf = (setup: Trial.Setup, train = slowly) => train(got(Trial.problem(setup)));
