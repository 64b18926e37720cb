/** What the examples say by themselves: columns that never vary, and columns that know the answer. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { check, type Examples, rowsOf } from '../examples.ts';

/** One column of the inputs, counted through the elements of an example. */
export interface ColumnStatistics {
  readonly column: number;
  readonly least: number;
  readonly greatest: number;
  /**
   * The share of the targets’ variance that this column alone predicts, 1 − Σ(t − t̂)²/Σ(t − t̄)²: t̂ is the mean target of
   * the other rows with the same value, or, where there is none, of the rows with the next value below and of those with
   * the next above. Or that of the ranks of the targets, where it is larger: a few targets that are far from the others hide
   * nothing then. It is 0 where all targets are equal, and below 0 where they have nothing to do with the column.
   *
   * Where a target is a function of the column that rises and falls in b stretches, no two of its values equal, it is at
   * least 1 − 12·(b + 1)/rows, and mostly more: of normal numbers above 0.95 for eˣ and x² from 32 rows on, for sin 3x from
   * 400, for sin 20x from 1024. What bends more often than there are rows to show it is not seen, nor what follows from
   * several columns together.
   */
  readonly determination: number;
}

/** The rows of a column in the order of their values, those of equal values together. */
const groupsOf = (value: (row: number) => number, rows: number): readonly (readonly number[])[] => {
  const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) => value(a) - value(b));
  const groups: number[][] = [];
  let last = Number.NaN;
  for (const row of order) {
    const own = value(row);
    if (own === last) groups[groups.length - 1]?.push(row);
    else groups.push([row]);
    last = own;
  }
  return groups;
};

/** The targets of each row, less those of the first row: equal ones are exactly 0, and large ones lose no digits. */
const relative = ({ data }: Tensor, width: number): ArrayLike<number> =>
  Float64Array.from({ length: data.length }, (_, i) => (data[i] ?? Number.NaN) - (data[i % width] ?? Number.NaN));

/** The targets as ranks, column by column; equal ones have the mean of theirs. */
const ranksOf = (targets: ArrayLike<number>, rows: number, width: number): ArrayLike<number> => {
  const ranks = new Float64Array(targets.length);
  for (let k = 0; k < width; k++) {
    let below = 0;
    for (const equal of groupsOf((row) => targets[row * width + k] ?? Number.NaN, rows)) {
      for (const row of equal) ranks[row * width + k] = below + (equal.length - 1) / 2;
      below += equal.length;
    }
  }
  return ranks;
};

/** Σ(t − t̂)² over the rows, each predicted from its group or the groups beside it. */
const unexplained = (groups: readonly (readonly number[])[], targets: ArrayLike<number>, width: number): number => {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const target = (row: number): number => targets[row * width + k] ?? Number.NaN;
    const sums = groups.map((rows) => rows.reduce((total, row) => total + target(row), 0));
    const means = groups.map((rows, g) => (sums[g] ?? 0) / rows.length);
    for (const [g, rows] of groups.entries()) {
      const beside = [g - 1, g + 1].filter((other) => other >= 0 && other < groups.length);
      const outside = beside.reduce((total, other) => total + (means[other] ?? 0), 0) / beside.length;
      for (const row of rows) {
        const own = target(row);
        const error = own - (rows.length === 1 ? outside : ((sums[g] ?? 0) - own) / (rows.length - 1));
        sum += error * error;
      }
    }
  }
  return sum;
};

/** Σ(t − t̄)², t̄ being the mean of each column of the targets. */
const variation = (targets: ArrayLike<number>, rows: number, width: number): number => {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const column = Array.from({ length: rows }, (_, row) => targets[row * width + k] ?? Number.NaN);
    const mean = column.reduce((total, x) => total + x, 0) / rows;
    for (const x of column) {
      const off = x - mean;
      sum += off * off;
    }
  }
  return sum;
};

const columnsOf = (examples: Examples): readonly ColumnStatistics[] => {
  const { inputs, targets } = examples;
  const rows = rowsOf(examples);
  const [count, width] = [inputs.data.length / rows, targets.data.length / rows];
  const wanted = relative(targets, width);
  const forms = [wanted, ranksOf(wanted, rows, width)].map((values) => ({
    values,
    total: variation(values, rows, width),
  }));
  return Array.from({ length: count }, (_, column) => {
    const value = (row: number): number => inputs.data[row * count + column] ?? Number.NaN;
    const groups = groupsOf(value, rows);
    const end = (rows: readonly number[] | undefined): number => value(rows?.[0] ?? 0);
    return Object.freeze({
      column,
      least: end(groups[0]),
      greatest: end(groups[groups.length - 1]),
      determination: Math.max(
        ...forms.map(({ values, total }) => (total > 0 ? 1 - unexplained(groups, values, width) / total : 0)),
      ),
    });
  });
};

/**
 * Each column of the inputs: its range, and how much of the targets it alone predicts. It takes O(rows·log rows) a column
 * and number of the target. Fails on examples that training would refuse: no rows, other numbers of targets, what is not
 * finite.
 *
 * @example
 * ```ts
 * import { Inspect, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const inputs = Tensor.generate('f64', [4, 2], (i) => (i % 2 === 0 ? 7 : i % 4));
 * const targets = Tensor.generate('f64', [4, 1], (i) => i % 2);
 * pipe(
 *   Inspect.columns({ inputs, targets }),
 *   E.map((columns) => columns.map(({ least, greatest, determination }) => [least, greatest, determination > 0.99])),
 * ) // => E.right([[7, 7, false], [1, 3, true]])
 * ```
 */
export const columns = (examples: Examples): E.Either<Failure, readonly ColumnStatistics[]> =>
  pipe(examples, check('examples', examples.inputs.shape.slice(1)), E.map(columnsOf));
