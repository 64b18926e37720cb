/** The plots of the demonstration alone, as descriptions in Vega-Lite. */
import type { TopLevelSpec } from 'vega-lite';

/** A value at each point of a square grid. */
export interface Field {
  readonly points: ReadonlyArray<readonly [x: number, y: number, value: number]>;
  /** The side of a cell. */
  readonly cell: number;
}

/** Cells reach a little under the next, so that no seam shows between them. */
const OVERLAP = 1.06;

/** What a network answers over the plane, from 0 (blue) to 1 (orange), with the points that it learned. */
export const decisionSurface = (
  { points, cell }: Field,
  examples: ReadonlyArray<readonly [x: number, y: number, target: number]>,
  side = 250,
): TopLevelSpec => ({
  width: side,
  height: side,
  layer: [
    {
      data: {
        values: points.map(([x, y, value]) => ({ x, y, x2: x + OVERLAP * cell, y2: y + OVERLAP * cell, value })),
      },
      mark: { type: 'rect' },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          title: 'x₁',
          axis: { grid: false, values: [0, 1] },
          scale: { nice: false },
        },
        x2: { field: 'x2' },
        y: {
          field: 'y',
          type: 'quantitative',
          title: 'x₂',
          axis: { grid: false, values: [0, 1] },
          scale: { nice: false },
        },
        y2: { field: 'y2' },
        fill: {
          field: 'value',
          type: 'quantitative',
          title: 'output',
          scale: { domain: [0, 0.5, 1], range: ['#2a78b8', '#f4f1ea', '#e8890c'], interpolate: 'lab' },
          legend: { gradientLength: side - 40, gradientThickness: 10, tickCount: 2 },
        },
      },
    },
    {
      data: { values: examples.map(([x, y, target]) => ({ x, y, target })) },
      mark: {
        type: 'point',
        shape: 'circle',
        size: 190,
        filled: true,
        stroke: '#14202b',
        strokeWidth: 1.5,
        opacity: 1,
      },
      encoding: {
        x: { field: 'x', type: 'quantitative' },
        y: { field: 'y', type: 'quantitative' },
        color: {
          condition: { test: 'datum.target > 0.5', value: '#e8890c' },
          value: '#2a78b8',
        },
      },
    },
    {
      data: { values: examples.map(([x, y, target]) => ({ x, y, target })) },
      mark: { type: 'text', color: '#ffffff', fontWeight: 'bold', fontSize: 11 },
      encoding: {
        x: { field: 'x', type: 'quantitative' },
        y: { field: 'y', type: 'quantitative' },
        text: { field: 'target' },
      },
    },
  ],
});

/** Lattices of spins side by side: up is dark, down is light. */
export const lattices = (
  shown: ReadonlyArray<{ readonly title: string; readonly size: number; readonly spins: readonly number[] }>,
  step = 8,
): TopLevelSpec => ({
  data: {
    values: shown.flatMap(({ title, size, spins }) =>
      spins.map((spin, i) => ({ title, spin, row: Math.floor(i / size), column: i % size })),
    ),
  },
  facet: { column: { field: 'title', type: 'nominal', sort: null, title: null } },
  spacing: 14,
  spec: {
    width: { step },
    height: { step },
    mark: { type: 'rect', strokeWidth: 0.5 },
    encoding: {
      x: { field: 'column', type: 'ordinal', axis: null },
      y: { field: 'row', type: 'ordinal', axis: null },
      fill: { condition: { test: 'datum.spin > 0', value: 'var(--blue)' }, value: 'var(--tint)' },
      stroke: { condition: { test: 'datum.spin > 0', value: 'var(--blue)' }, value: 'var(--tint)' },
    },
  },
});

/** The mean output at each temperature, the logistic fit, and where it crosses ½ beside Onsager's temperature. */
export const transition = (options: {
  readonly means: ReadonlyArray<{ readonly temperature: number; readonly mean: number; readonly error: number }>;
  readonly curve: ReadonlyArray<readonly [temperature: number, output: number]>;
  readonly estimate: number;
  readonly exact: number;
  readonly width?: number;
  readonly height?: number;
}): TopLevelSpec => {
  const marks = [
    { at: options.exact, name: `Onsager ${options.exact.toFixed(3)}` },
    { at: options.estimate, name: `estimate ${options.estimate.toFixed(3)}` },
  ];
  const color = {
    type: 'nominal',
    sort: null,
    title: null,
    scale: { range: ['var(--green)', 'var(--orange)'] },
    legend: { orient: 'top', symbolType: 'stroke', symbolStrokeWidth: 3, labelLimit: 0 },
  } as const;
  const x = {
    type: 'quantitative',
    title: 'temperature T (J/k)',
    scale: { nice: false, zero: false },
    axis: { grid: false },
  } as const;
  const y: { type: 'quantitative'; title: string; scale: { domain: number[] }; axis: { tickCount: number } } = {
    type: 'quantitative',
    title: 'network says “ordered”',
    scale: { domain: [0, 1] },
    axis: { tickCount: 5 },
  };
  return {
    width: options.width ?? 375,
    height: options.height ?? 250,
    layer: [
      {
        data: { values: [{ y: 0.5 }] },
        mark: { type: 'rule', color: 'var(--line)' },
        encoding: { y: { field: 'y', ...y } },
      },
      {
        data: { values: marks },
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          x: { field: 'at', ...x },
          color: { field: 'name', ...color },
          strokeDash: {
            field: 'name',
            sort: null,
            scale: {
              range: [
                [1, 0],
                [5, 3],
              ],
            },
          },
        },
      },
      {
        data: { values: options.curve.map(([t, o]) => ({ t, o })) },
        mark: { type: 'line', color: 'var(--blue)', strokeWidth: 1.5, opacity: 0.6 },
        encoding: { x: { field: 't', ...x }, y: { field: 'o', ...y } },
      },
      {
        data: {
          values: options.means.map(({ temperature, mean, error }) => ({
            temperature,
            mean,
            low: Math.max(0, mean - error),
            high: Math.min(1, mean + error),
          })),
        },
        encoding: { x: { field: 'temperature', ...x } },
        layer: [
          {
            mark: { type: 'rule', color: 'var(--blue)', opacity: 0.5 },
            encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', color: 'var(--blue)', filled: true, opacity: 1, size: 28 },
            encoding: { y: { field: 'mean', ...y } },
          },
        ],
      },
    ],
  };
};
