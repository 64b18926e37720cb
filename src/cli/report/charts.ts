/** The plots of the report, as descriptions in Vega-Lite. */
import type { TopLevelSpec } from 'vega-lite';

const WIDTH = 375;
const HEIGHT = 250;

/** One number against another, in named series. */
export interface Line {
  readonly name: string;
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
}

/** Where a logarithmic axis is marked: at powers of ten, or at 1, 2 and 5 times these where they are few. */
export const decades = (values: readonly number[]): number[] => {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const within = (steps: readonly number[]): number[] =>
    Array.from({ length: 40 }, (_, i) => i - 30)
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((x) => x >= low && x <= high);
  const tens = within([1]);
  return tens.length >= 3 ? tens : within([1, 2, 5]);
};

/** Lines, each of a colour of its own. */
export const lines = (options: {
  readonly series: readonly Line[];
  readonly x: string;
  readonly y: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly points?: boolean;
}): TopLevelSpec => ({
  width: WIDTH,
  height: HEIGHT,
  data: { values: options.series.flatMap(({ name, points }) => points.map(([x, y]) => ({ name, x, y }))) },
  mark: { type: 'line', strokeWidth: 2, point: options.points === true ? { size: 45 } : false },
  encoding: {
    x: {
      field: 'x',
      type: 'quantitative',
      title: options.x,
      axis: { grid: false, ...(options.logX === true ? { values: [1, 2, 4, 8, 16, 32, 64, 128] } : {}) },
      scale: options.logX === true ? { type: 'log', base: 2, nice: false } : { nice: false },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      title: options.y,
      axis:
        options.logY === true
          ? { values: decades(options.series.flatMap(({ points }) => points.map(([, y]) => y))), format: '~g' }
          : { tickCount: 5, format: '~g' },
      scale: options.logY === true ? { type: 'log', nice: false } : { zero: false },
    },
    color: {
      field: 'name',
      type: 'nominal',
      sort: null,
      title: null,
      legend: options.series.length > 1 ? { orient: 'top', labelLimit: 0 } : null,
    },
  },
});

/** A row of a training history. */
interface Epoch {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
}

/** Loss against epochs, on a logarithmic scale where it falls far. */
export const lossCurve = (history: readonly Epoch[]): TopLevelSpec => {
  const series = [
    { name: 'training', points: history.map(({ epoch, loss }) => [epoch, loss] as const) },
    {
      name: 'validation',
      points: history.flatMap(({ epoch, validationLoss }) =>
        validationLoss === undefined ? [] : [[epoch, validationLoss] as const],
      ),
    },
  ].filter(({ points }) => points.length > 0);
  const losses = series.flatMap(({ points }) => points.map(([, y]) => y));
  const least = losses.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = losses.reduce((a, b) => Math.max(a, b), 0);
  return lines({ series, x: 'epoch', y: 'loss', logY: least > 0 && greatest / least > 3 });
};

/** Counts of true classes (rows) against predicted ones (columns). */
export const confusion = (matrix: ReadonlyArray<readonly number[]>, classes: readonly string[]): TopLevelSpec => {
  const cell = Math.max(18, Math.min(96, Math.floor(360 / classes.length)));
  const values = matrix.flatMap((row, i) => {
    const total = row.reduce((sum, n) => sum + n, 0);
    return row.map((count, j) => ({
      actual: classes[i] ?? '',
      predicted: classes[j] ?? '',
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
  return {
    data: { values },
    width: { step: cell },
    height: { step: cell },
    encoding: {
      x: {
        field: 'predicted',
        type: 'nominal',
        sort: null,
        title: 'predicted',
        scale: { paddingInner: 0.06 },
        axis: { labelAngle: 0, orient: 'top', labelLimit: cell },
      },
      y: {
        field: 'actual',
        type: 'nominal',
        sort: null,
        title: 'actually',
        scale: { paddingInner: 0.06 },
        axis: { labelLimit: 120 },
      },
    },
    layer: [
      {
        mark: { type: 'rect', color: 'var(--blue)', cornerRadius: 3 },
        encoding: {
          opacity: { field: 'share', type: 'quantitative', scale: { domain: [0, 1], range: [0.06, 1] }, legend: null },
        },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'text', fontSize: Math.max(9, Math.min(15, cell / 2.6)) },
        encoding: {
          text: { field: 'count' },
          color: { condition: { test: 'datum.share > 0.5', value: 'var(--card)' }, value: 'var(--ink)' },
        },
      },
    ],
  };
};

/** Predictions against what is true, with the diagonal on which they would be right. */
export const predictedAgainstTrue = (
  pairs: ReadonlyArray<readonly [actual: number, predicted: number]>,
  unit: string,
): TopLevelSpec => {
  const all = pairs.flat();
  const low = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const axis: { type: 'quantitative'; scale: { domain: number[] } } = {
    type: 'quantitative',
    scale: { domain: [low, high] },
  };
  return {
    width: HEIGHT,
    height: HEIGHT,
    layer: [
      {
        data: {
          values: [
            { x: low, y: low },
            { x: high, y: high },
          ],
        },
        mark: { type: 'line', color: 'var(--soft)', strokeDash: [4, 4] },
        encoding: { x: { field: 'x', ...axis }, y: { field: 'y', ...axis } },
      },
      {
        data: { values: pairs.map(([x, y]) => ({ x, y })) },
        mark: { type: 'circle', color: 'var(--blue)', opacity: 0.55, size: 26 },
        encoding: {
          x: { field: 'x', title: `${unit}, true`, ...axis },
          y: { field: 'y', title: `${unit}, predicted`, ...axis },
        },
      },
    ],
  };
};
