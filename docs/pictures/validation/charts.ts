/** The pictures of chapter 9, as descriptions in Vega-Lite. */
import { type Curve, Interval } from 'nabla-ts';
import type { TopLevelSpec } from 'vega-lite';
import type { Judged } from '../../../examples/validation/calibration.ts';
import { sure } from '../../../examples/validation/common.ts';
import type { Gaps } from '../../../examples/validation/development.ts';
import type { Estimated } from '../../../examples/validation/estimates.ts';
import type { Leak } from '../../../examples/validation/leaks.ts';

const legend = { orient: 'top' as const, labelLimit: 0 };
const of95 = (values: readonly number[]) => {
  const { estimate, low, high } = sure(Interval.mean(0.95)(values));
  return { mean: estimate, low, high };
};

/** Errors with and without each leak. */
export const leakChart = (found: readonly Leak[]): TopLevelSpec => ({
  width: 430,
  height: { step: 18 },
  data: {
    values: found.flatMap(({ name, leaking, honest }) => [
      { name, how: 'as measured with the leak', ...of95(leaking) },
      { name, how: 'as it is', ...of95(honest) },
    ]),
  },
  encoding: {
    y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0, grid: true } },
    yOffset: { field: 'how', sort: null },
    color: {
      field: 'how',
      type: 'nominal',
      sort: null,
      title: null,
      scale: { range: ['var(--orange)', 'var(--blue)'] },
      legend,
    },
  },
  layer: [
    {
      mark: { type: 'rule', strokeWidth: 2.5 },
      encoding: {
        x: {
          field: 'low',
          type: 'quantitative',
          title: 'error rate where labels are a coin’s',
          scale: { domain: [0, 0.6] },
        },
        x2: { field: 'high' },
      },
    },
    {
      mark: { type: 'point', filled: true, size: 60, opacity: 1 },
      encoding: { x: { field: 'mean', type: 'quantitative' } },
    },
  ],
});

/** How far each estimate of an error is from it, on average. */
export const estimateChart = (found: readonly Estimated[]): TopLevelSpec => ({
  data: {
    values: found.flatMap(({ name, truth, estimates }) =>
      Object.entries(estimates).map(([estimate, values]) => ({
        name,
        estimate,
        ...of95(values.map((value, i) => value - (truth[i] ?? 0))),
      })),
    ),
  },
  columns: 2,
  facet: { field: 'name', type: 'nominal', sort: null, title: null },
  spec: {
    width: 230,
    height: { step: 24 },
    encoding: { y: { field: 'estimate', type: 'nominal', sort: null, title: null } },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2.5, color: 'var(--blue)' },
        encoding: {
          x: { field: 'low', type: 'quantitative', title: 'estimate − true error', axis: { tickCount: 6 } },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1, color: 'var(--blue)' },
        encoding: { x: { field: 'mean', type: 'quantitative' } },
      },
    ],
  },
});

const GAP_NAMES = {
  avoidableBias: 'avoidable bias',
  variance: 'variance',
  mismatch: 'mismatch',
  developmentOverfitting: 'overfitted development set',
} as const;

/** The four gaps of each case. */
export const gapChart = (found: readonly Gaps[]): TopLevelSpec => ({
  width: 430,
  height: { step: 11 },
  data: {
    values: found.flatMap(({ name, gaps }) =>
      (['avoidableBias', 'variance', 'mismatch', 'developmentOverfitting'] as const).map((gap) => ({
        name,
        gap: GAP_NAMES[gap],
        mean: gaps[gap].estimate,
        low: gaps[gap].low,
        high: gaps[gap].high,
      })),
    ),
  },
  encoding: {
    y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0 } },
    yOffset: { field: 'gap', sort: null },
    color: { field: 'gap', type: 'nominal', sort: null, title: null, legend },
  },
  layer: [
    {
      mark: { type: 'bar' },
      encoding: { x: { field: 'mean', type: 'quantitative', title: 'error rate that the gap adds' } },
    },
    {
      mark: { type: 'rule', color: 'var(--ink)', opacity: 0.7 },
      encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' }, color: { value: 'var(--ink)' } },
    },
  ],
});

/** Mean errors with bands of their intervals. */
export const curveChart = (
  points: readonly Curve.Point<number>[],
  x: string,
  domain: readonly [low: number, high: number],
): TopLevelSpec => ({
  width: 300,
  height: 240,
  data: {
    values: points.flatMap(({ at, train, validation }) => [
      { at, of: 'rows learnt from', mean: train.estimate, low: train.low, high: train.high },
      { at, of: 'other rows', mean: validation.estimate, low: validation.low, high: validation.high },
    ]),
  },
  encoding: {
    x: {
      field: 'at',
      type: 'quantitative',
      title: x,
      scale: { type: 'log', nice: false },
      axis: { grid: false, format: '~g', values: points.map(({ at }) => at) },
    },
    color: { field: 'of', type: 'nominal', sort: null, title: null, legend },
  },
  layer: [
    {
      mark: { type: 'area', opacity: 0.18, clip: true },
      encoding: {
        y: { field: 'low', type: 'quantitative', title: 'mean square error', scale: { domain: [...domain] } },
        y2: { field: 'high' },
      },
    },
    {
      mark: { type: 'line', strokeWidth: 2, point: { size: 40 }, clip: true },
      encoding: { y: { field: 'mean', type: 'quantitative' } },
    },
  ],
});

/** What came of what was said, after some numbers of epochs. */
export const calibrationChart = (found: readonly Judged[]): TopLevelSpec => ({
  width: 300,
  height: 300,
  layer: [
    {
      data: {
        values: [
          { said: 0, came: 0 },
          { said: 1, came: 1 },
        ],
      },
      mark: { type: 'line', color: 'var(--soft)', strokeDash: [4, 4], strokeWidth: 1.5 },
      encoding: { x: { field: 'said', type: 'quantitative' }, y: { field: 'came', type: 'quantitative' } },
    },
    {
      data: {
        values: found.flatMap(({ epochs, curve }) =>
          curve.map(({ confidence, frequency }) => ({
            said: confidence,
            came: frequency,
            name: epochs === 0 ? 'the true chances' : `${epochs} epochs`,
          })),
        ),
      },
      mark: { type: 'line', strokeWidth: 2, point: { size: 45 } },
      encoding: {
        x: { field: 'said', type: 'quantitative', title: 'probability that was said (mean of a bin)' },
        y: { field: 'came', type: 'quantitative', title: 'share that came true' },
        color: { field: 'name', type: 'nominal', sort: null, title: null, legend },
      },
    },
  ],
});
