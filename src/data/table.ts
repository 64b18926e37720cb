/**
 * A table as it was read: rectangular, its cells still text. What the cells mean (numbers, categories, the target) is
 * decided by a `Schema`, so that a table read later is read the same way.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';

export interface Table {
  /** What failures call it: a path, usually. */
  readonly source: string;
  /** Whether the names were read from the source; otherwise they are "column 1", "column 2", … */
  readonly header: boolean;
  readonly names: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  /** The line of the source, counted from 1, on which each row begins. */
  readonly lines: readonly number[];
}

/** A column by its name, or by its position: 1 is the first column, −1 the last. A text that is no name but a whole
 * number is a position. */
export type ColumnReference = string | number;

/**
 * The names of columns that have none.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Table.positionNames(2) // => ['column 1', 'column 2']
 * ```
 */
export const positionNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, column) => `column ${column + 1}`);

/**
 * Where a cell stands, as failures say it.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import { Data } from 'nabla-ts';
 * pipe(
 *   Data.parseCsv({ source: 'pets.csv' })('a,kind\n1,cat\n3,dog\n'),
 *   E.map((table) => Data.Table.cellAt(table, 1, 0)),
 * ) // => E.right('pets.csv, line 3, column 1 ("a")')
 * ```
 */
export const cellAt = ({ source, names, lines }: Table, row: number, column: number): string =>
  `${source}, line ${lines[row]}, column ${column + 1}${
    names[column] === `column ${column + 1}` ? '' : ` (${quote(names[column])})`
  }`;

/**
 * A table from arrays of numbers and texts, one a row. Fails where there is no row or no column, at the first row of
 * another length than the first, and where the names are not as many as the columns.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const table = Data.Table.fromRows(['size', 'colour'])([[1.5, 'red'], [2, 'blue']]);
 * pipe(table, E.map(({ rows }) => rows)) // => E.right([['1.5', 'red'], ['2', 'blue']])
 * ```
 */
export const fromRows =
  (names: readonly string[] | undefined, source = 'rows') =>
  (rows: ReadonlyArray<ReadonlyArray<string | number>>): E.Either<Failure, Table> => {
    const width = rows[0]?.length ?? 0;
    if (rows.length === 0) return E.left(failure('shape', source, 'at least one row', 'none'));
    const ragged = rows.findIndex((row) => row.length !== width);
    if (width === 0) return E.left(failure('shape', source, 'at least one column', 'none'));
    if (ragged >= 0)
      return E.left(
        failure('shape', `${source}, row ${ragged + 1}`, `${width} cells as in row 1`, `${rows[ragged]?.length}`),
      );
    if (names !== undefined && names.length !== width)
      return E.left(failure('shape', source, `${width} names, one a column`, `${names.length}`));
    return E.right({
      source,
      header: names !== undefined,
      names: names ?? positionNames(width),
      rows: rows.map((row) => row.map(String)),
      lines: rows.map((_, row) => row + 1),
    });
  };

/**
 * The index, from 0, of the column that is referred to. Fails where there is none, listing what there is.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const table = Data.Table.fromRows(['size', 'colour'])([[1.5, 'red']]);
 * pipe(table, E.chain(Data.Table.column('colour'))) // => E.right(1)
 * pipe(table, E.chain(Data.Table.column(-1))) // => E.right(1)
 * ```
 */
export const column =
  (reference: ColumnReference) =>
  ({ source, names }: Table): E.Either<Failure, number> => {
    const named = names.indexOf(String(reference));
    if (typeof reference === 'string' && named >= 0) return E.right(named);
    const position =
      typeof reference === 'number' || /^[+-]?\d+$/.test(reference.trim()) ? Number(reference) : Number.NaN;
    const index = position < 0 ? names.length + position : position - 1;
    return Number.isInteger(index) && index >= 0 && index < names.length
      ? E.right(index)
      : E.left(
          failure(
            'value',
            source,
            `a column among ${names.slice(0, 20).map(quote).join(', ')}${
              names.length > 20 ? `, … (${names.length} columns)` : ''
            }, or a position from 1 to ${names.length} (−1 is the last)`,
            quote(reference),
          ),
        );
  };
