/** The laws of metrics of numbers. */
import * as fc from 'fast-check';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, law, same } from '../../law.ts';
import { paired, value, vectorOf } from './samples.ts';

/** The laws. */
export const regression = [
  law('errors', 'squared and absolute errors summed exactly on whole numbers', paired, ({ y, p }) => {
    const differences = y.map((a, i) => (p[i] ?? 0) - a);
    const squares = differences.reduce((sum, d) => sum + d * d, 0) / y.length;
    return all(
      same(squares, value(Metric.meanSquaredError(vectorOf(y))(vectorOf(p))), 'MSE'),
      same(Math.sqrt(squares), value(Metric.rootMeanSquaredError(vectorOf(y))(vectorOf(p))), 'RMSE'),
      same(
        differences.reduce((sum, d) => sum + Math.max(d, -d), 0) / y.length,
        value(Metric.meanAbsoluteError(vectorOf(y))(vectorOf(p))),
        'MAE',
      ),
    );
  }),
  law(
    'r2',
    'of several outputs the mean of their R²',
    fc.tuple(paired, fc.integer({ min: -9, max: 9 })).filter(([{ y }]) => new Set(y).size > 1),
    ([{ y, p }, shift]) => {
      const shifted = y.map((a) => a + shift);
      const two = (a: readonly number[], b: readonly number[]): Tensor =>
        generate('f64', [y.length, 2], (i) => (i % 2 === 0 ? a : b)[i >> 1] ?? Number.NaN);
      // The second output is predicted perfectly. Each is computed as it would be alone.
      return same(
        (value(Metric.r2(vectorOf(y))(vectorOf(p))) + 1) / 2,
        value(Metric.r2(two(y, shifted))(two(p, shifted))),
      );
    },
  ),
];
