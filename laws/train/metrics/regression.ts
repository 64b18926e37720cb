/** The laws of metrics of numbers. */
import * as fc from 'fast-check';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, law, same } from '../../law.ts';
import { close, paired, u, value, vectorOf } from './samples.ts';

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
    '1 − n·Σ(y − p)² / (n·Σy² − (Σy)²), exact on whole numbers; a mean over outputs',
    fc.tuple(paired, fc.integer({ min: -9, max: 9 })).filter(([{ y }]) => new Set(y).size > 1),
    ([{ y, p }, shift]) => {
      const n = y.length;
      const sum = y.reduce((a, b) => a + b, 0);
      const spread = n * y.reduce((a, b) => a + b * b, 0) - sum * sum;
      const residual = n * y.reduce((a, b, i) => a + (b - (p[i] ?? 0)) ** 2, 0);
      const expected = 1 - residual / spread;
      const two = (a: readonly number[], b: readonly number[]): Tensor =>
        generate('f64', [n, 2], (i) => (i % 2 === 0 ? a : b)[i >> 1] ?? Number.NaN);
      // With the mean off by δ ≤ n·2u·9, Σ(y − ȳ)² is off by n·δ² and rounding: (n + 3)·2u of itself, n ≤ 20; it is
      // itself at least 1/2 (two different whole numbers), so n·δ² is below u of it.
      const tolerance = (2 * n + 10) * u * (1 + residual / spread);
      return all(
        close(expected, value(Metric.r2(vectorOf(y))(vectorOf(p))), tolerance, 'see the law'),
        close(
          (expected + 1) / 2,
          value(
            Metric.r2(
              two(
                y,
                y.map((a) => a + shift),
              ),
            )(
              two(
                p,
                y.map((a) => a + shift),
              ),
            ),
          ),
          tolerance,
          'the mean of two outputs, the second predicted perfectly',
        ),
      );
    },
  ),
];
