/** What scaled rows are, and that they can be scaled back. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, type Law, law } from '../../law.ts';
import { type PackOptions, runsOf, toleranceOf } from '../options.ts';
import { type Rows, rangeOf, type Scaler, sizeOf, tables, transposed, u, varies, within } from './subject.ts';

/** The law of what scaled training rows are. */
export const moments = <S>({ to, fit, apply }: Scaler<S>, options: PackOptions): readonly Law[] => {
  const scaledColumns = (rows: Rows): Rows => transposed(apply(fit(rows))(rows));
  switch (to.kind) {
    case 'any':
      return [];
    case 'standardise':
      return [
        law(
          'mean 0 and deviation 1',
          `every column of the scaled training rows that varies has mean 0 and, dividing by n − ${to.ddof}, variance 1`,
          tables,
          (rows) => {
            const n = rows.length;
            const before = transposed(rows);
            return all(
              ...scaledColumns(rows).flatMap((z, j) => {
                const column = before[j] ?? [];
                if (!varies(column)) return [];
                // Mean and deviation are sums of n numbers, off by (n + 4)·u of the largest; a deviation is at least the
                // range over 2√n; z, its mean and its variance then by as much again, n terms of at most n each.
                const off = 8 * (n + 4) * u * (1 + (2 * Math.sqrt(n) * sizeOf(column)) / rangeOf(column));
                const bound = toleranceOf(options) * off * n;
                return [
                  within(0, z.reduce((a, b) => a + b, 0) / n, bound, 'sums of n', `mean of column ${j}`),
                  within(
                    1,
                    z.reduce((a, b) => a + b * b, 0) / (n - to.ddof),
                    4 * bound,
                    'sums of n squares',
                    `variance of column ${j}`,
                  ),
                ];
              }),
            );
          },
          { runs: runsOf(options, 60), formula: `Σz = 0, Σz²/(n − ${to.ddof}) = 1` },
        ),
      ];
    case 'minMax':
      return [
        law(
          'from low to high',
          `every column of the scaled training rows that varies reaches from ${to.low} to ${to.high}`,
          tables,
          (rows) => {
            const bound = toleranceOf(options) * 8 * u * Math.max(Math.abs(to.low), Math.abs(to.high));
            const before = transposed(rows);
            return all(
              ...scaledColumns(rows).flatMap((z, j) =>
                varies(before[j] ?? [])
                  ? [
                      within(to.low, Math.min(...z), bound, '8 roundings', `least of column ${j}`),
                      within(to.high, Math.max(...z), bound, '8 roundings', `greatest of column ${j}`),
                    ]
                  : [],
              ),
            );
          },
          { runs: runsOf(options, 60), formula: `min z = ${to.low}, max z = ${to.high}` },
        ),
      ];
  }
};

/** The law of the way back. */
export const inverses = <S>({ fit, apply, invert }: Scaler<S>, options: PackOptions): readonly Law[] =>
  invert === undefined
    ? []
    : [
        law(
          'invert undoes apply',
          'within rounding, on rows that were not fitted on too; a column that does not vary gets its value back',
          fc.tuple(tables, fc.integer({ min: -9, max: 9 })),
          ([rows, by]) => {
            const fitted = fit(rows);
            const before = transposed(rows);
            const other = rows.map((row) =>
              row.map((x, j) => (varies(before[j] ?? []) ? x + by * rangeOf(before[j] ?? []) : x)),
            );
            return all(
              ...[rows, other].flatMap((given, which) => {
                const back = invert(fitted)(apply(fitted)(given));
                return given.flatMap((row, i) =>
                  row.map((x, j) => {
                    const column = before[j] ?? [];
                    // Four operations there and four back, each within u of what it gives; what is added and taken away
                    // again is no larger than the largest of the column and as many ranges as the rows are away.
                    const bound =
                      toleranceOf(options) * 32 * u * (sizeOf(column) + (2 + Math.abs(by)) * rangeOf(column));
                    return within(
                      x,
                      back[i]?.[j],
                      bound,
                      '8 operations',
                      `${which === 0 ? 'training' : 'other'} [${i}][${j}]`,
                    );
                  }),
                );
              }),
            );
          },
          { runs: runsOf(options, 60), show: named('rows', 'by'), formula: 'invert(apply(x)) = x' },
        ),
      ];
