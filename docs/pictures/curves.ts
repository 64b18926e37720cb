/** Curves of means with their 95 % intervals, from what an example measured over seeds. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure, Interval } from 'nabla-ts';
import { type Cell, intervals } from '../../examples/limits/compare.ts';

/** How a method is drawn, and what it is called in the legend. */
export interface Look {
  readonly method: string;
  readonly label?: string;
  readonly colour: 'blue' | 'orange' | 'green' | 'purple' | 'soft' | 'ink';
  readonly dash?: readonly number[];
}

export interface Curves {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly looks: readonly Look[];
  readonly width?: number;
  readonly height?: number;
  /** Logarithmic in y. */
  readonly logarithmic?: boolean;
  readonly domain?: readonly [number, number];
  /** Of the legend; 2 by default. */
  readonly columns?: number;
}

/** What one method came to in one setting. */
export interface Summed {
  readonly setting: string;
  readonly method: string;
  readonly interval: Pick<Interval.Interval, 'estimate' | 'low' | 'high'>;
}

/** A panel with a curve for each look: points at the means, bars from low to high. */
export const curvesOf =
  ({ title, x, y, looks, width = 330, height = 260, logarithmic = false, domain, columns = 2 }: Curves) =>
  (all: readonly Summed[]) => {
    const values = looks.flatMap(({ method, label = method }) =>
      all
        .filter((cell) => cell.method === method)
        .map(({ setting, interval: { estimate, low, high } }) => ({
          at: Number(setting),
          mean: estimate,
          low: domain === undefined ? low : Math.max(low, domain[0]),
          high: domain === undefined ? high : Math.min(high, domain[1]),
          method: label,
        })),
    );
    const labels = looks.map(({ method, label = method }) => label);
    const scale = { domain: labels, range: looks.map(({ colour }) => `var(--${colour})`) };
    const dashes = { domain: labels, range: looks.map(({ dash = [1, 0] }) => [...dash]) };
    const legend = { orient: 'bottom' as const, columns, labelLimit: 0, symbolType: 'stroke', symbolSize: 300 };
    const across = { field: 'at', type: 'quantitative' as const, title: x };
    const ticks = [...new Set(values.map(({ at }) => at))];
    const named = { field: 'method', type: 'nominal' as const, title: null };
    return {
      title,
      width,
      height,
      data: { values },
      encoding: {
        x: {
          ...across,
          scale: { type: 'log' as const, nice: false, padding: 12 },
          axis: { values: ticks, grid: false, format: ',d' },
        },
        color: { ...named, scale, legend },
      },
      layer: [
        {
          mark: { type: 'line' as const, strokeWidth: 2 },
          encoding: {
            y: {
              field: 'mean',
              type: 'quantitative' as const,
              title: y,
              scale: {
                ...(logarithmic ? { type: 'log' as const, nice: false, padding: 10 } : { zero: false }),
                ...(domain === undefined ? {} : { domain: [...domain] }),
              },
            },
            strokeDash: { ...named, scale: dashes, legend },
          },
        },
        {
          mark: { type: 'rule' as const, strokeWidth: 1.5 },
          encoding: {
            y: { field: 'low', type: 'quantitative' as const },
            y2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point' as const, filled: true, size: 36, opacity: 1 },
          encoding: { y: { field: 'mean', type: 'quantitative' as const } },
        },
      ],
    };
  };

/** The same of runs that are not summed up yet. */
export const curves = (of: Curves) => (cells: readonly Cell[]) => pipe(intervals(cells), E.map(curvesOf(of)));

/** Panels side by side, with one legend for all or each with its own. */
export const side = <A>(legends: 'shared' | 'independent', panels: ReadonlyArray<E.Either<Failure.Failure, A>>) =>
  pipe(
    E.sequenceArray(panels),
    E.map((hconcat) => ({
      hconcat: [...hconcat],
      spacing: 40,
      resolve: { scale: { color: legends, strokeDash: legends } },
    })),
  );
