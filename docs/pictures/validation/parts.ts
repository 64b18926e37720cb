/** Bias and variance against the strength of a penalty. */
import { Interval } from 'nabla-ts';
import type { TopLevelSpec } from 'vega-lite';
import { sure } from '../../../examples/validation/common.ts';
import { type Parts, wholeOf } from '../../../examples/validation/decomposition.ts';

/** Means over seeds with their intervals. */
export const partsChart = (parts: readonly Parts[]): TopLevelSpec => ({
  width: 300,
  height: 240,
  data: {
    values: parts.flatMap((one) =>
      Object.entries({ 'bias²': one.squaredBias, variance: one.variance, 'both, and the noise': wholeOf(one) }).map(
        ([part, values]) => {
          const { estimate, low, high } = sure(Interval.mean(0.95)(values));
          return { penalty: one.penalty, part, mean: estimate, low, high };
        },
      ),
    ),
  },
  encoding: {
    x: {
      field: 'penalty',
      type: 'quantitative',
      title: 'strength of the penalty',
      scale: { type: 'log', nice: false },
      axis: { grid: false, format: '~g', values: parts.map(({ penalty }) => penalty) },
    },
    color: {
      field: 'part',
      type: 'nominal',
      sort: null,
      title: null,
      legend: { orient: 'top', labelLimit: 0 },
    },
  },
  layer: [
    {
      mark: { type: 'area', opacity: 0.18 },
      encoding: { y: { field: 'low', type: 'quantitative', title: 'mean square error' }, y2: { field: 'high' } },
    },
    {
      mark: { type: 'line', strokeWidth: 2, point: { size: 40 } },
      encoding: { y: { field: 'mean', type: 'quantitative' } },
    },
  ],
});
