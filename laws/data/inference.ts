/** What the columns of a table are taken for, told exactly. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { inferSchema, type SchemaOptions, Table } from '../../src/data/index.ts';
import type { Feature, Target } from '../../src/data/schema.ts';
import { type Law, lawOf } from '../law.ts';
import { right, sameJson } from './helpers.ts';

const numeric = (name: string, column: number): Feature => ({ kind: 'numeric', name, column });
const ofCategories = (name: string, column: number, ...categories: readonly string[]): Feature => ({
  kind: 'categorical',
  name,
  column,
  categories,
});
const value = (name: string, column: number): Target => ({ kind: 'value', name, column });
const classes = (name: string, column: number, ofNumbers: boolean, ...all: readonly string[]): Target => ({
  kind: 'classes',
  name,
  column,
  numeric: ofNumbers,
  classes: all,
});

type Cells = ReadonlyArray<readonly string[]>;

type Inferred = readonly [rows: Cells, options: SchemaOptions, features: readonly Feature[], target: Target];

/** Rows from texts of one line each. */
const rowsOf = (...lines: readonly string[]): Cells => lines.map((line) => line.split(','));
const counting = (n: number, text: (i: number) => string): Cells =>
  Array.from({ length: n }, (_, i) => text(i).split(','));

const tables: readonly Inferred[] = [
  [rowsOf('1,0.5', '2,1'), {}, [numeric('a', 0)], value('b', 1)],
  [rowsOf('1,0.5', '2,1'), { target: 'a' }, [numeric('b', 1)], classes('a', 0, true, '1', '2')],
  [rowsOf('1,0.5', '2,1'), { target: 1, task: 'regression' }, [numeric('b', 1)], value('a', 0)],
  [rowsOf('1,0.5', '2,1'), { task: 'classification' }, [numeric('a', 0)], classes('b', 1, true, '0.5', '1')],
  [
    rowsOf('1,10', '2,9', '3,9.0', '4,-1'),
    { task: 'classification' },
    [numeric('a', 0)],
    classes('b', 1, true, '-1', '9', '10'),
  ],
  [rowsOf('1,y', '2,x'), { task: 'classification' }, [numeric('a', 0)], classes('b', 1, false, 'x', 'y')],
  // Texts that are at least as many as numbers: the numbers are names too, as they are written. Order is by code units.
  [
    rowsOf('x,1', '1.0,2', ' x,3', 'é,3', 'Z ,3', 'a,4', '2,5', '1,5'),
    {},
    [ofCategories('a', 0, '1', '1.0', '2', 'Z', 'a', 'x', 'é')],
    value('b', 1),
  ],
  [rowsOf('x,1', '1,2'), {}, [ofCategories('a', 0, '1', 'x')], classes('b', 1, true, '1', '2')],
  [rowsOf('1,1', '2,x'), {}, [numeric('a', 0)], classes('b', 1, false, '1', 'x')],
  [
    rowsOf('1,7,0.5', '2,8,1'),
    { categorical: ['a', -2] },
    [ofCategories('a', 0, '1', '2'), ofCategories('b', 1, '7', '8')],
    value('c', 2),
  ],
  [rowsOf('1,7,0.5', '2,8,1'), { ignore: ['b'] }, [numeric('a', 0)], value('c', 2)],
  // The target's column may be left out of the features or forced to be names, and is the target all the same.
  [rowsOf('1,0.5', '2,1'), { ignore: [-1], categorical: ['b'] }, [numeric('a', 0)], value('b', 1)],
  // What is left out may hold anything.
  [rowsOf('1,,0.5', '2,x,1', '3,7,2', '3,8,2'), { ignore: [2] }, [numeric('a', 0)], value('c', 2)],
  // One feature need not vary.
  [rowsOf('1,u,0.5', '1,v,1'), {}, [numeric('a', 0), ofCategories('b', 1, 'u', 'v')], value('c', 2)],
  [rowsOf('1,u,0.5', '2,u,1'), {}, [numeric('a', 0), ofCategories('b', 1, 'u')], value('c', 2)],
  [
    counting(20, (i) => `${i},${i % 10}`),
    {},
    [numeric('a', 0)],
    classes('b', 1, true, ...Array.from({ length: 10 }, (_, i) => `${i}`)),
  ],
  [counting(19, (i) => `${i},${i % 10}`), {}, [numeric('a', 0)], value('b', 1)],
  [counting(42, (i) => `${i},${i % 21}`), {}, [numeric('a', 0)], value('b', 1)],
];

export const inference: Law = lawOf(
  'inference',
  'columns are numbers or categories, and the target classes or a value, by the rule that is told of them',
  tables,
  ([rows, options, features, target]) => {
    const names = ['a', 'b', 'c'].slice(0, rows[0]?.length);
    return right(pipe(Table.fromRows(names)(rows), E.chain(inferSchema(options))), (schema) =>
      sameJson({ header: true, columns: names.length, features, target }, schema, 'schema'),
    );
  },
);
