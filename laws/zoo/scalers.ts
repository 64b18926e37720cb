/** Wrong scalers of features. */
import type { LawSet } from '../law.ts';
import { type Scaler, scaler } from '../pack/scaler.ts';
import type { Broken } from './broken.ts';

type Rows = ReadonlyArray<readonly number[]>;

/** What is taken away from each column, and what it is divided by. */
interface Fitted {
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

const columnsOf = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? NaN));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const each = (rows: Rows, f: (x: number, column: number) => number): Rows => rows.map((row) => row.map(f));
const at = (values: readonly number[], j: number): number => values[j] ?? NaN;
const picked = (rows: Rows, those: readonly number[]): Rows => those.flatMap((i) => rows.slice(i, i + 1));

const deviation =
  (ddof: number) =>
  (values: readonly number[]): number => {
    const middle = mean(values);
    return values.every((x) => x === values[0])
      ? 1
      : Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - ddof));
  };

const fitBy =
  (deviationOf: (values: readonly number[]) => number) =>
  (rows: Rows): Fitted => ({ shift: columnsOf(rows).map(mean), scale: columnsOf(rows).map(deviationOf) });

const standard: Scaler<Fitted> = {
  to: { kind: 'standardise', ddof: 0 },
  fit: fitBy(deviation(0)),
  apply:
    ({ shift, scale }) =>
    (rows) =>
      each(rows, (x, j) => (x - at(shift, j)) / at(scale, j)),
  invert:
    ({ shift, scale }) =>
    (rows) =>
      each(rows, (z, j) => z * at(scale, j) + at(shift, j)),
  fitAmong: (rows, training) => fitBy(deviation(0))(picked(rows, training)),
  text: { write: (fitted) => JSON.stringify(fitted), read: (text) => JSON.parse(text) },
};

/** To a range, for columns that vary. */
const range = (top: number): Scaler<Fitted> => ({
  to: { kind: 'minMax', low: -1, high: 1 },
  fit: (rows) => ({
    shift: columnsOf(rows).map((column) => Math.min(...column)),
    scale: columnsOf(rows).map((column) => Math.max(...column) - Math.min(...column) || 1),
  }),
  apply:
    ({ shift, scale }) =>
    (rows) =>
      each(rows, (x, j) => (top * (x - at(shift, j))) / at(scale, j) - 1),
  invert:
    ({ shift, scale }) =>
    (rows) =>
      each(rows, (z, j) => ((z + 1) / top) * at(scale, j) + at(shift, j)),
});

export const broken: readonly Broken[] = [
  {
    name: 'fitted on all the data',
    fault: 'means and deviations are those of all rows, so the test rows are seen',
    law: 'fitted on the training rows alone',
    laws: scaler({ ...standard, fitAmong: (rows) => standard.fit(rows) }),
  },
  {
    name: 'the other denominator',
    fault: 'the deviation divides by n − 1 where n is stated',
    law: 'mean 0 and deviation 1',
    laws: scaler({ ...standard, fit: fitBy(deviation(1)) }),
  },
  {
    name: 'a variance for a deviation',
    fault: 'the root is forgotten',
    law: 'mean 0 and deviation 1',
    laws: scaler({ ...standard, fit: fitBy((column) => deviation(0)(column) ** 2) }),
  },
  {
    name: 'division by 0',
    fault: 'a column that does not vary is divided by its deviation of 0',
    law: 'what does not vary scales to a number',
    laws: scaler({
      ...standard,
      fit: fitBy((column) => (column.every((x) => x === column[0]) ? 0 : deviation(0)(column))),
    }),
  },
  {
    name: 'outliers clipped',
    fault: 'what is more than three deviations away is cut off, and the way back does not know',
    law: 'invert undoes apply',
    laws: scaler({
      ...standard,
      apply: (fitted) => (rows) => each(standard.apply(fitted)(rows), (z) => Math.max(-3, Math.min(3, z))),
    }),
  },
  {
    name: 'a half inverse',
    fault: 'the way back multiplies by the deviation and forgets the mean',
    law: 'invert undoes apply',
    laws: scaler({
      ...standard,
      invert:
        ({ scale }) =>
        (rows) =>
          each(rows, (z, j) => z * at(scale, j)),
    }),
  },
  {
    name: 'fitted again when applied',
    fault: 'new rows are scaled by their own mean and deviation',
    law: 'rows are scaled one by one',
    laws: scaler({ ...standard, apply: () => (rows) => standard.apply(standard.fit(rows))(rows) }),
  },
  {
    name: 'one mean for all columns',
    fault: 'mean and deviation are taken over the whole table',
    law: 'columns do not see one another',
    laws: scaler({
      ...standard,
      to: { kind: 'any' },
      fit: (rows) => ({
        shift: (rows[0] ?? []).map(() => mean(rows.flat())),
        scale: (rows[0] ?? []).map(() => deviation(0)(rows.flat())),
      }),
    }),
  },
  {
    name: 'half of a range',
    fault: 'the width of the range is taken to be 1, whatever low and high are',
    law: 'from low to high',
    laws: scaler(range(1)),
  },
  {
    name: 'a scaler saved in six digits',
    fault: 'what is learnt is rounded when it is written',
    law: 'a saved scaler is the same',
    laws: scaler({
      ...standard,
      text: {
        write: (fitted) => JSON.stringify(fitted, (_, x) => (typeof x === 'number' ? Number(x.toPrecision(6)) : x)),
        read: (text) => JSON.parse(text),
      },
    }),
  },
];

/** The same scalers as they should be. */
export const correct: readonly LawSet[] = [
  scaler(standard),
  scaler({ ...standard, to: { kind: 'standardise', ddof: 1 }, fit: fitBy(deviation(1)) }),
  scaler(range(2)),
];
