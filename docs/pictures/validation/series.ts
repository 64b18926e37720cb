/** What foldings of a time series promise, and what its future gives. */
import { Interval } from 'nabla-ts';
import type { TopLevelSpec } from 'vega-lite';
import { sure } from '../../../examples/validation/common.ts';

/** Mean errors with their intervals; the last two are the future itself. */
export const promiseChart = (found: Readonly<Record<string, readonly number[]>>): TopLevelSpec => ({
  width: 430,
  height: { step: 24 },
  data: {
    values: Object.entries(found).map(([name, errors], i) => {
      const { estimate, low, high } = sure(Interval.mean(0.95)(errors));
      return { name, of: i < 3 ? 'promised by folds' : 'as the future gives it', mean: estimate, low, high };
    }),
  },
  encoding: {
    y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0, grid: true } },
    color: {
      field: 'of',
      type: 'nominal',
      sort: null,
      title: null,
      scale: { range: ['var(--orange)', 'var(--blue)'] },
      legend: { orient: 'top', labelLimit: 0 },
    },
  },
  layer: [
    {
      mark: { type: 'rule', strokeWidth: 2.5 },
      encoding: {
        x: { field: 'low', type: 'quantitative', title: 'mean square error', scale: { domainMin: 0 } },
        x2: { field: 'high' },
      },
    },
    {
      mark: { type: 'point', filled: true, size: 60, opacity: 1 },
      encoding: { x: { field: 'mean', type: 'quantitative' } },
    },
  ],
});
