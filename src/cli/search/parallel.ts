/** Parallel coordinates: every trial a line over its hyperparameters to its value. */
import type { TopLevelSpec } from 'vega-lite';
import { type Axis, GROUPS, type Group, type Shown } from './axes.ts';
import { isWide, type Measured } from './curves.ts';

/** Where lines run of trials that lack a hyperparameter, or a value. */
const BELOW = -0.11;
const COLOURS: Readonly<Record<Group, string>> = {
  'the best': 'var(--orange)',
  'best quarter': 'var(--blue)',
  others: 'var(--soft)',
  'no value': 'var(--purple)',
};

interface Mark {
  readonly x: number;
  readonly place: number;
  readonly label: string;
}

/** The axis of values: from the least to the greatest, their logarithms where they span much. */
const valueAxis = (shown: readonly Shown[], { show }: Measured) => {
  const all = shown.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const wide = isWide(all);
  const along = (value: number): number => (wide ? Math.log(value) : value);
  const back = (x: number): number => (wide ? Math.exp(x) : x);
  const values = all.map(along);
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const place = (value: number): number => (high > low ? (along(value) - low) / (high - low) : 0.5);
  const ends = high > low ? [low, (low + high) / 2, high] : values.slice(0, 1);
  return { place, ticks: ends.map((end) => ({ place: place(back(end)), label: show(back(end)) })) };
};

/** Lines over the axes of a space; `measured` is what the value is called. */
export const parallelCoordinates = (
  axes: readonly Axis[],
  shown: readonly Shown[],
  measured: Measured,
): TopLevelSpec => {
  const end = axes.length;
  const values = valueAxis(shown, measured);
  const marks: readonly Mark[] = [
    ...axes.flatMap(({ ticks, conditional }, x) => [
      ...ticks.map((tick) => ({ x, ...tick })),
      ...(conditional ? [{ x, place: BELOW, label: 'absent' }] : []),
    ]),
    ...values.ticks.map((tick) => ({ x: end, ...tick })),
    ...(shown.some(({ value }) => value === undefined) ? [{ x: end, place: BELOW, label: 'none' }] : []),
  ];
  const lines = shown.flatMap(({ trial, places, value, group }) =>
    [...places, value === undefined ? null : values.place(value)].map((place, x) => ({
      trial: trial.number,
      group,
      x,
      place: place ?? BELOW,
    })),
  );
  const names = [...axes.map(({ name }) => name), measured.name];
  const [across, up]: [number[], number[]] = [
    [-0.35, end + 0.15],
    [-0.16, 1.12],
  ];
  const x = { field: 'x', type: 'quantitative', axis: null, scale: { domain: across, nice: false } } as const;
  const y = { field: 'place', type: 'quantitative', axis: null, scale: { domain: up, nice: false } } as const;
  const groups = GROUPS.filter((group) => shown.some((one) => one.group === group));
  return {
    width: Math.max(560, Math.min(960, 150 * names.length)),
    height: 330,
    layer: [
      {
        data: { values: names.map((_, axis) => ({ x: axis, low: 0, high: 1 })) },
        mark: { type: 'rule', color: 'var(--line)', strokeWidth: 2 },
        encoding: { x: { ...x }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        data: { values: lines },
        mark: { type: 'line', interpolate: 'monotone', strokeJoin: 'round' },
        encoding: {
          x: { ...x },
          y: { ...y },
          detail: { field: 'trial' },
          color: {
            field: 'group',
            type: 'nominal',
            title: null,
            sort: null,
            scale: { domain: groups, range: groups.map((group) => COLOURS[group]) },
            legend: { orient: 'top', symbolType: 'stroke', symbolStrokeWidth: 3, labelLimit: 0 },
          },
          strokeWidth: {
            condition: { test: "datum.group === 'the best'", value: 3.5 },
            value: 1.5,
          },
          opacity: {
            condition: { test: "datum.group === 'others' || datum.group === 'no value'", value: 0.45 },
            value: 0.95,
          },
        },
      },
      ...[true, false].map((halo) => ({
        data: { values: [...marks] },
        mark: {
          type: 'text' as const,
          align: 'right' as const,
          dx: -7,
          fontSize: 11,
          // Under the letters, so that lines do not cross them.
          ...(halo ? { color: 'var(--card)', stroke: 'var(--card)', strokeWidth: 4 } : { color: 'var(--soft)' }),
        },
        encoding: { x: { ...x }, y: { ...y }, text: { field: 'label' } },
      })),
      {
        data: { values: marks.map((mark) => ({ ...mark })) },
        mark: { type: 'tick', orient: 'horizontal', color: 'var(--soft)', thickness: 1, size: 8 },
        encoding: { x: { ...x }, y: { ...y } },
      },
      {
        data: { values: names.map((name, axis) => ({ x: axis, place: 1.09, name })) },
        mark: { type: 'text', fontSize: 12, fontWeight: 600 },
        encoding: { x: { ...x }, y: { ...y }, text: { field: 'name' } },
      },
    ],
  };
};
