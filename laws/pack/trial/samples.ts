/** Small problems, and settings of every kind that keep something between steps. */
import * as fc from 'fast-check';
import { Key, Tensor, type Trial } from '../../../src/index.ts';

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

export const kinds = fc.constantFrom('classification', 'regression');

/** Settings of every kind that keep something between steps: moments, averages, running statistics, keys of masks. */
export const points: fc.Arbitrary<Trial.Settings> = fc
  .record(
    {
      activation: fc.constantFrom('relu', 'tanh', 'elu', 'softplus'),
      normalisation: fc.constantFrom('none', 'batchNorm', 'layerNorm'),
      dropout: fc.constantFrom(0, 0.25),
      inputDropout: fc.constantFrom(0, 0.25),
      optimizer: fc.constantFrom('gradientDescent', 'momentum', 'nesterov', 'adam', 'rmsprop', 'lion'),
      l2: fc.constantFrom(0, 0.01),
      l1: fc.constantFrom(0.001),
      weightDecay: fc.constantFrom(0.01),
      clip: fc.constantFrom(0.5),
      averaging: fc.constantFrom(0.5),
      initialiser: fc
        .constantFrom('heNormal', 'orthogonal')
        .map((kind) => (kind === 'orthogonal' ? { kind, gain: 1 } : kind)),
    },
    { requiredKeys: [] },
  )
  .chain((settings) =>
    fc
      .record({
        learningRate: fc.constantFrom(0.01, 0.1),
        batchSize: fc.constantFrom<number | 'full'>(3, 4, 'full'),
        hidden: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
      })
      .map((more) => {
        // Of 7 rows batches of 3 leave one alone, and batch norm has no variance of it.
        const batchSize = settings.normalisation === 'batchNorm' && more.batchSize === 3 ? 4 : more.batchSize;
        return { ...settings, ...more, batchSize };
      }),
  );

/** The tensor with some rows three times as large. */
export const changed =
  (rows: readonly number[]) =>
  (x: Tensor.Tensor): Tensor.Tensor => {
    const width = x.data.length / ROWS;
    return Tensor.generate(
      x.dtype,
      x.shape,
      (i) => (rows.includes(Math.floor(i / width)) ? 3 : 1) * (x.data[i] ?? Number.NaN),
    );
  };

/** A problem, a point, and two budgets. */
export interface Sample {
  readonly kind: Trial.Task['kind'];
  readonly point: Trial.Settings;
  readonly seed: number;
  readonly first: number;
  readonly more: number;
}

export const samples: fc.Arbitrary<Sample> = fc.record({
  kind: kinds,
  point: points,
  seed: fc.nat(1000),
  first: fc.integer({ min: 1, max: 2 }),
  more: fc.integer({ min: 0, max: 2 }),
});
