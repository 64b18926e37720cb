/** Wrong shares of the targets that a column tells by itself, as they are often written. */
import { type LawSet, lawSet } from '../law.ts';
import { columnLaws } from '../pack/inspection/columns.ts';
import type { Broken } from './broken.ts';

type Share = (column: readonly number[], targets: readonly number[]) => number;

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);
const off = (values: readonly number[]): readonly number[] =>
  values.map((x) => x - total(values) / Math.max(1, values.length));
const product = (a: readonly number[], b: readonly number[]): number => total(a.map((x, i) => x * (b[i] ?? NaN)));
const variation = (values: readonly number[]): number => product(off(values), off(values));

/** Where each value would stand in their order, equal ones at the same place. */
const ranks = (values: readonly number[]): readonly number[] => {
  const order = values.toSorted((a, b) => a - b);
  return values.map((x) => order.indexOf(x));
};

/** How far the targets are told by those beside them, in the order of the column. */
const byNeighbours: Share = (column, targets) => {
  const order = column.map((_, i) => i).toSorted((a, b) => (column[a] ?? NaN) - (column[b] ?? NaN));
  const sorted = order.map((i) => targets[i] ?? NaN);
  const errors = sorted.map((t, i) => {
    const beside = [sorted[i - 1], sorted[i + 1]].filter((one) => one !== undefined);
    return t - total(beside) / beside.length;
  });
  return 1 - product(errors, errors) / variation(targets);
};

const right: Share = (column, targets) => Math.max(byNeighbours(column, targets), byNeighbours(column, ranks(targets)));

/** Of the laws of a look, those of columns. */
const saying = (determination: Share): LawSet => lawSet('inspection of columns', columnLaws(determination, {}));

export const broken: readonly Broken[] = [
  {
    name: 'a leak by correlation',
    fault: 'the squared correlation, which sees straight lines alone: x² is not found',
    law: 'a column that knows is told',
    laws: saying((x, t) => product(off(x), off(t)) ** 2 / (variation(x) * variation(t))),
  },
  {
    name: 'a leak by the correlation of ranks',
    fault: 'what falls and then rises is not found, and a target that turns is mistaken for an honest one',
    law: 'a column that knows is told',
    laws: saying((x, t) => product(off(ranks(x)), off(ranks(t))) ** 2 / (variation(ranks(x)) * variation(ranks(t)))),
  },
  {
    name: 'a leak by neighbours alone',
    fault:
      'a few targets far from the others, as those of eˣ, are most of the variance, and their neighbours are far from them',
    law: 'a column that knows is told',
    laws: saying(byNeighbours),
  },
  {
    name: 'a leak by the row itself',
    fault:
      'each target is predicted from rows of the same value, its own among them: any column without repeats knows all',
    law: 'a column that knows nothing',
    laws: saying((x, t) => {
      const errors = t.map((own, i) => {
        const alike = t.filter((_, j) => x[j] === x[i]);
        return own - total(alike) / alike.length;
      });
      return 1 - product(errors, errors) / variation(t);
    }),
  },
];

export const correct: readonly LawSet[] = [saying(right)];
