/** What trials came to as plots: the best so far, the importance of each hyperparameter, values against each. */
import type { TopLevelSpec } from 'vega-lite';
import { Search, type Space } from '../../index.ts';
import { costOf } from '../../search/search/history.ts';
import { decades } from '../report/charts.ts';
import type { Axis, Shown } from './axes.ts';

/** A result in the order in which results arrived. */
export interface Arrived {
  /** How many trials had ended, and how much training these had, this one included. */
  readonly ended: number;
  readonly spent: number;
  readonly budget: number;
  readonly value?: number;
  /** The value of the best so far. */
  readonly best?: number;
}

/** The results of a history in the order in which they arrived. */
export const arrivals = (history: Search.History<Space.Point>): readonly Arrived[] => {
  const known = Search.trials(history);
  const results = history.events.flatMap((event) => (event.tag === 'started' ? [] : [event]));
  const bests = Search.bestSoFar(history);
  let spent = 0;
  return results.map((result, i) => {
    const trial = known[result.trial]?.trial;
    spent += trial === undefined ? 0 : costOf(known, trial);
    // There is none before the first value.
    const best = bests[i - (results.length - bests.length)];
    return {
      ended: i + 1,
      spent,
      budget: trial?.budget ?? 0,
      ...(result.tag === 'finished' ? { value: result.value } : {}),
      ...(best === undefined ? {} : { best }),
    };
  });
};

/** What is measured: its name, and how it is written. */
export interface Measured {
  readonly name: string;
  /** For the numbers of an axis, and for one number. */
  readonly format: string;
  readonly show: (value: number) => string;
}

/** Whether values span so much that only their logarithms show it. */
export const isWide = (values: readonly number[]): boolean => {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return low > 0 && high / low > 8;
};

/** Scale and axis of values. */
const valueAxis = (values: readonly number[], { format }: Measured) =>
  isWide(values)
    ? { scale: { type: 'log' as const, nice: false }, axis: { values: decades(values), format } }
    : { scale: { zero: false }, axis: { tickCount: 5, format } };

/** The best value so far as a line of steps over the value of each trial, against what `along` says. */
export const bestCurve = (
  all: readonly Arrived[],
  along: 'ended' | 'spent',
  title: string,
  measured: Measured,
): TopLevelSpec => {
  const points = all.flatMap(({ value, budget, ...at }) =>
    value === undefined ? [] : [{ x: at[along], y: value, budget }],
  );
  const steps = all.flatMap(({ best, ...at }) => (best === undefined ? [] : [{ x: at[along], y: best }]));
  const x = {
    field: 'x',
    type: 'quantitative',
    title,
    axis: { grid: false, tickMinStep: 1, format: '~s' },
    scale: { nice: false, zero: true },
  } as const;
  const y = {
    field: 'y',
    type: 'quantitative',
    title: measured.name,
    ...valueAxis(
      points.map((point) => point.y),
      measured,
    ),
  } as const;
  const rungs = new Set(points.map(({ budget }) => budget)).size > 1;
  return {
    width: 375,
    height: 250,
    layer: [
      {
        data: { values: points },
        mark: { type: 'circle', color: 'var(--soft)', opacity: 0.55, size: 34 },
        encoding: {
          x: { ...x },
          y: { ...y },
          ...(rungs
            ? {
                size: {
                  field: 'budget',
                  type: 'quantitative' as const,
                  title: 'epochs',
                  scale: { type: 'log' as const, range: [12, 110] },
                  legend: { orient: 'top' as const, values: [...new Set(points.map(({ budget }) => budget))] },
                },
              }
            : {}),
        },
      },
      {
        data: { values: steps },
        mark: { type: 'line', interpolate: 'step-after', color: 'var(--blue)', strokeWidth: 2.5 },
        encoding: { x: { ...x }, y: { ...y } },
      },
    ],
  };
};

/** How much of the variance of the values each hyperparameter explains by itself, the most important first. */
export const importanceBars = (importance: Readonly<Record<string, number>>): TopLevelSpec => ({
  width: 330,
  height: { step: 28 },
  data: { values: Object.entries(importance).map(([name, share]) => ({ name, share })) },
  encoding: {
    y: {
      field: 'name',
      type: 'nominal',
      sort: null,
      title: null,
      axis: { labelLimit: 160, ticks: false, domain: false },
    },
    x: {
      field: 'share',
      type: 'quantitative',
      title: 'part of the variance explained by it alone',
      scale: { domain: [0, 1] },
      axis: { format: '.0%', tickCount: 5 },
    },
  },
  layer: [
    { mark: { type: 'bar', color: 'var(--blue)', height: 16, cornerRadiusEnd: 3 } },
    {
      mark: { type: 'text', align: 'left', dx: 6, color: 'var(--soft)' },
      encoding: { text: { field: 'share', format: '.0%' } },
    },
  ],
});

const COLUMNS = 4;

/** Values against each hyperparameter, side by side; what lacks one is left out of its plot. */
export const slices = (axes: readonly Axis[], shown: readonly Shown[], measured: Measured): TopLevelSpec => {
  const all = shown.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const { scale, axis: marks } = valueAxis(all, measured);
  // The same for each, so that they can be compared where some points lack a hyperparameter.
  const domain = [Math.min(...all), Math.max(...all)];
  return {
    columns: COLUMNS,
    spacing: 26,
    concat: axes.map(({ name, ticks, dimension }, axis) => ({
      width: 175,
      height: 150,
      data: {
        values: shown.flatMap(({ places, value, group }) => {
          const place = places[axis] ?? null;
          return place === null || value === undefined ? [] : [{ place, value, best: group === 'the best' }];
        }),
      },
      mark: { type: 'circle' as const, opacity: 0.8, size: 34 },
      encoding: {
        x: {
          field: 'place',
          type: 'quantitative' as const,
          title: dimension.kind === 'logUniform' ? `${name} (log)` : name,
          scale: { domain: [0, 1], nice: false },
          axis: {
            grid: false,
            values: ticks.map(({ place }) => place),
            labelExpr: `${JSON.stringify(Object.fromEntries(ticks.map(({ place, label }) => [place, label])))}[datum.value]`,
            labelAngle: dimension.kind === 'choice' && ticks.length > 3 ? -35 : 0,
            labelOverlap: false,
          },
        },
        y: {
          field: 'value',
          type: 'quantitative' as const,
          title: axis % COLUMNS === 0 ? measured.name : null,
          axis: marks,
          scale: { ...scale, domain },
        },
        color: { condition: { test: 'datum.best', value: 'var(--orange)' }, value: 'var(--blue)' },
      },
    })),
  };
};
