/** The numbers that a table's cells stand for under a schema: features, and targets. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import { readCell } from './cell.ts';
import type { Feature, Schema, Target } from './schema.ts';
import { cellAt, type Table } from './table.ts';

/** The target of each row: a class, counted from 0, or a number of a tensor [rows, 1] in f64. */
export type Targets =
  | { readonly kind: 'classes'; readonly labels: readonly number[]; readonly classes: readonly string[] }
  | { readonly kind: 'value'; readonly values: Tensor };

/** Where in a table a column of the schema stands: by name when both have a header, else by position. A table of one
 * column less has no target. */
const columnIn =
  ({ header, columns, target }: Schema, table: Table) =>
  ({ name, column }: Feature | Target): E.Either<Failure, number> => {
    if (header && table.header) {
      const found = table.names.indexOf(name);
      return found >= 0
        ? E.right(found)
        : E.left(
            failure('value', table.source, `a column ${quote(name)}`, `columns ${table.names.map(quote).join(', ')}`),
          );
    }
    if (table.names.length === columns) return E.right(column);
    return table.names.length === columns - 1 && column !== target.column
      ? E.right(column < target.column ? column : column - 1)
      : E.left(
          failure(
            'shape',
            table.source,
            `${columns} columns, or ${columns - 1} without the target`,
            `${table.names.length}`,
          ),
        );
  };

const numberIn = (table: Table, row: number, column: number): E.Either<Failure, number> => {
  const text = table.rows[row]?.[column] ?? '';
  const cell = readCell(text);
  return cell.kind === 'number'
    ? E.right(cell.value)
    : E.left(
        failure(
          'value',
          cellAt(table, row, column),
          'a finite number',
          text.trim() === '' ? 'an empty cell' : quote(text),
        ),
      );
};

const indexIn = (
  table: Table,
  row: number,
  column: number,
  known: ReadonlyMap<string, number>,
  numeric: boolean,
): E.Either<Failure, number> => {
  const text = (table.rows[row]?.[column] ?? '').trim();
  const cell = readCell(text);
  // Numeric classes are compared as numbers, so that 1.0 is class 1.
  const index = known.get(numeric && cell.kind === 'number' ? String(cell.value) : text);
  return index !== undefined
    ? E.right(index)
    : E.left(
        failure(
          'value',
          cellAt(table, row, column),
          `one of ${[...known.keys()].slice(0, 20).map(quote).join(', ')}${known.size > 20 ? ', …' : ''}`,
          text === '' ? 'an empty cell' : quote(text),
        ),
      );
};

const positions = (texts: readonly string[]): ReadonlyMap<string, number> =>
  new Map(texts.map((text, index) => [text, index]));

/** One number a row and column, read in the order of the rows; the first failure ends it. */
const eachRow = (
  table: Table,
  readRow: (row: number) => E.Either<Failure, number>,
): E.Either<Failure, readonly number[]> => {
  const values: number[] = [];
  for (let row = 0; row < table.rows.length; row++) {
    const value = readRow(row);
    if (E.isLeft(value)) return value;
    values.push(value.right);
  }
  return E.right(values);
};

/**
 * The features of a table as numbers, not scaled: f64 [rows, featureNames], categories as a 1 among 0s. Fails, with the
 * line and column, on a cell that is no finite number or no known category, and where a column is missing.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const table = Data.parseCsv({})('size,colour,price\n1,red,10.5\n2,blue,20.5\n');
 * pipe(
 *   E.Do,
 *   E.apS('table', table),
 *   E.apS('schema', pipe(table, E.chain(Data.inferSchema({})))),
 *   E.chain(({ table, schema }) => Data.encodeFeatures(schema)(table)),
 *   E.map(Tensor.toRows),
 * ) // => E.right([[1, 0, 1], [2, 1, 0]])
 * ```
 */
export const encodeFeatures =
  (schema: Schema) =>
  (table: Table): E.Either<Failure, Tensor> =>
    pipe(
      schema.features,
      E.traverseArray((feature) =>
        pipe(
          columnIn(schema, table)(feature),
          E.chain((column) => {
            if (feature.kind === 'numeric')
              return pipe(
                eachRow(table, (row) => numberIn(table, row, column)),
                E.map((values) => [values]),
              );
            const known = positions(feature.categories);
            return pipe(
              eachRow(table, (row) => indexIn(table, row, column, known, false)),
              E.map((codes) => feature.categories.map((_, c) => codes.map((code) => (code === c ? 1 : 0)))),
            );
          }),
        ),
      ),
      E.map((groups) => {
        const columns = groups.flat();
        return generate(
          'f64',
          [table.rows.length, columns.length],
          (i) => columns[i % columns.length]?.[Math.floor(i / columns.length)] ?? Number.NaN,
        );
      }),
    );

/**
 * The targets of a table: labels counted from 0, or values [rows, 1] in f64, not scaled. Fails as `encodeFeatures` does.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const table = Data.parseCsv({})('size,kind\n1,dog\n2,cat\n');
 * pipe(
 *   E.Do,
 *   E.apS('table', table),
 *   E.apS('schema', pipe(table, E.chain(Data.inferSchema({})))),
 *   E.chain(({ table, schema }) => Data.encodeTargets(schema)(table)),
 * ) // => E.right({ kind: 'classes', labels: [1, 0], classes: ['cat', 'dog'] })
 * ```
 */
export const encodeTargets =
  (schema: Schema) =>
  (table: Table): E.Either<Failure, Targets> =>
    pipe(
      columnIn(schema, table)(schema.target),
      E.chain((column): E.Either<Failure, Targets> => {
        const { target } = schema;
        if (target.kind === 'value')
          return pipe(
            eachRow(table, (row) => numberIn(table, row, column)),
            E.map((values) => ({
              kind: 'value',
              values: generate('f64', [values.length, 1], (row) => values[row] ?? Number.NaN),
            })),
          );
        const known = positions(target.classes);
        return pipe(
          eachRow(table, (row) => indexIn(table, row, column, known, target.numeric)),
          E.map((labels) => ({ kind: 'classes', labels, classes: target.classes })),
        );
      }),
    );

/**
 * Whether a table has the schema's target column.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import { Data } from 'nabla-ts';
 * pipe(
 *   E.Do,
 *   E.bind('table', () => Data.parseCsv({ source: 'pets.csv' })('a,kind\n1,cat\n3,dog\n')),
 *   E.bind('schema', ({ table }) => Data.inferSchema({})(table)),
 *   E.map(({ table, schema }) => Data.hasTarget(schema)(table)),
 * ) // => E.right(true)
 * ```
 */
export const hasTarget =
  (schema: Schema) =>
  (table: Table): boolean =>
    E.isRight(columnIn(schema, table)(schema.target));
