/** How a schema is inferred from the text of a table's cells. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { type Cell, readCell } from './cell.ts';
import type { Feature, Schema, Target, Task } from './schema.ts';
import { type ColumnReference, cellAt, column as findColumn, type Table } from './table.ts';

export interface SchemaOptions {
  /** The column to predict; the last one by default. */
  readonly target?: ColumnReference;
  /** By default it is inferred from the target. */
  readonly task?: Task;
  /** Columns of numbers that are names of categories. */
  readonly categorical?: readonly ColumnReference[];
  /** Columns to leave out, such as identifiers. */
  readonly ignore?: readonly ColumnReference[];
}

/** A column's texts, without the spaces around them, and what each says. */
interface Reading {
  readonly texts: readonly string[];
  readonly cells: readonly Cell[];
}

const read = (table: Table, column: number): Reading => {
  const texts = table.rows.map((row) => (row[column] ?? '').trim());
  return { texts, cells: texts.map(readCell) };
};

/** The categories of a column, sorted by their code units so that the order is the same on every machine; an empty cell
 * is none. */
const categoriesOf = (table: Table, column: number, { texts }: Reading): E.Either<Failure, readonly string[]> => {
  const empty = texts.indexOf('');
  return empty >= 0
    ? E.left(failure('value', cellAt(table, empty, column), 'a category', 'an empty cell'))
    : E.right([...new Set(texts)].sort());
};

/** Whether a column is of numbers. A column with no text is; one that is mostly numbers has a text where none belongs. */
const isNumeric = (table: Table, column: number, { texts, cells }: Reading): E.Either<Failure, boolean> => {
  const words = cells.filter(({ kind }) => kind === 'text').length;
  const numbers = cells.filter(({ kind }) => kind === 'number').length;
  const wrong = words === 0 || numbers > words ? cells.findIndex(({ kind }) => kind !== 'number') : -1;
  return wrong >= 0
    ? E.left(
        failure(
          'value',
          cellAt(table, wrong, column),
          'a finite number, as in the rest of the column',
          texts[wrong] === '' ? 'an empty cell' : quote(texts[wrong]),
        ),
      )
    : E.right(words === 0);
};

const feature =
  (table: Table, forced: readonly number[]) =>
  (column: number): E.Either<Failure, Feature> => {
    const name = table.names[column] ?? '';
    const reading = read(table, column);
    return pipe(
      forced.includes(column) ? E.right(false) : isNumeric(table, column, reading),
      E.chain(
        (numeric): E.Either<Failure, Feature> =>
          numeric
            ? E.right({ kind: 'numeric', name, column })
            : pipe(
                categoriesOf(table, column, reading),
                E.chain((categories) =>
                  categories.length > 10 && 2 * categories.length > table.rows.length
                    ? E.left(
                        failure(
                          'value',
                          `${table.source}, column ${column + 1} (${quote(name)})`,
                          'categories that recur (or leave the column out: an identifier tells nothing)',
                          `${categories.length} different texts in ${table.rows.length} rows`,
                        ),
                      )
                    : E.right({ kind: 'categorical', name, column, categories }),
                ),
              ),
      ),
    );
  };

/** Few whole numbers: two, or at most 20 that each occur twice on average. */
const areLabels = (values: readonly number[]): boolean => {
  const different = new Set(values).size;
  return values.every(Number.isInteger) && (different <= 2 || (different <= 20 && 2 * different <= values.length));
};

const valuesOf = ({ cells }: Reading): readonly number[] =>
  // never: asked only of columns of numbers
  cells.map((cell) => (cell.kind === 'number' ? cell.value : Number.NaN));

const target =
  (table: Table, asked: Task | undefined) =>
  (column: number): E.Either<Failure, Target> => {
    const name = table.names[column] ?? '';
    const where = `${table.source}, column ${column + 1} (${quote(name)})`;
    const reading = read(table, column);
    const text = reading.cells.findIndex(({ kind }) => kind === 'text');
    return pipe(
      isNumeric(table, column, reading),
      E.chain((numeric): E.Either<Failure, Target> => {
        if (asked === 'regression' && !numeric)
          return E.left(
            failure('value', cellAt(table, text, column), 'a number to predict', quote(reading.texts[text])),
          );
        if (numeric && (asked === 'regression' || (asked === undefined && !areLabels(valuesOf(reading)))))
          return new Set(valuesOf(reading)).size > 1
            ? E.right({ kind: 'value', name, column })
            : E.left(failure('value', where, 'a target that varies', `${quote(reading.texts[0])} in every row`));
        return pipe(
          numeric
            ? E.right([...new Set(valuesOf(reading))].sort((a, b) => a - b).map(String))
            : categoriesOf(table, column, reading),
          E.chain((classes) =>
            classes.length > 1
              ? E.right({ kind: 'classes', name, column, numeric, classes })
              : E.left(
                  failure(
                    'value',
                    where,
                    'a target that varies: two classes or more',
                    `one class, ${quote(classes[0])}`,
                  ),
                ),
          ),
        );
      }),
    );
  };

const varies =
  (table: Table) =>
  (features: readonly Feature[]): boolean =>
    features.some((one) =>
      one.kind === 'numeric' ? new Set(valuesOf(read(table, one.column))).size > 1 : one.categories.length > 1,
    );

const columnsOf =
  (references: readonly ColumnReference[]) =>
  (table: Table): E.Either<Failure, readonly number[]> =>
    E.traverseArray((reference: ColumnReference) => findColumn(reference)(table))(references);

/**
 * The schema of a table. A feature column without text is of numbers; one in which texts are at least as many as numbers
 * is of categories; a single text among numbers is an error. The target asks for classification when it is text, or
 * whole numbers of which there are two, or at most 20 that occur twice each on average; otherwise for regression. Fails,
 * with the line and column, on a cell that is empty, NaN, infinite, or text among numbers; and on a target that does not
 * exist or does not vary, no feature, and no feature that varies.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const schema = pipe(Data.parseCsv({})('size,kind\n1,cat\n2,dog\n3,cat\n'), E.chain(Data.inferSchema({ target: 'kind' })));
 * pipe(schema, E.map(({ target }) => target)) // => E.right({ kind: 'classes', name: 'kind', column: 1, numeric: false, classes: ['cat', 'dog'] })
 * ```
 */
export const inferSchema =
  ({ target: wanted = -1, task, categorical = [], ignore = [] }: SchemaOptions) =>
  (table: Table): E.Either<Failure, Schema> =>
    pipe(
      E.Do,
      E.bind('at', () => findColumn(wanted)(table)),
      E.bind('forced', () => columnsOf(categorical)(table)),
      E.bind('ignored', () => columnsOf(ignore)(table)),
      E.bind('target', ({ at }) => target(table, task)(at)),
      E.bind('features', ({ at, forced, ignored }) =>
        E.traverseArray(feature(table, forced))(
          table.names.map((_, column) => column).filter((column) => column !== at && !ignored.includes(column)),
        ),
      ),
      E.chain(({ features, target: found }) =>
        features.length === 0
          ? E.left(
              failure('shape', table.source, 'a feature column beside the target (is the delimiter another?)', 'none'),
            )
          : !varies(table)(features)
            ? E.left(failure('value', table.source, 'a feature that varies', 'the same features in every row'))
            : E.right({ header: table.header, columns: table.names.length, features, target: found }),
      ),
    );
