/** What tables are, what is read in them under a schema, and what is said of those in which it cannot be, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import * as Failure from '../../src/tensor/failure.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { all, type Law, lawOf, same } from '../law.ts';
import { type Sayings, saying } from '../reach/said.ts';
import { right, sameJson } from './helpers.ts';

const tables: Law = saying('tables', 'have rows, columns, and as many names as columns', [
  [() => Data.Table.fromRows(undefined)([]), 'rows: expected at least one row, received none'],
  [() => Data.Table.fromRows(undefined, 'x')([[]]), 'x: expected at least one column, received none'],
  [() => Data.Table.fromRows(undefined)([[1, 2], [3]]), 'rows, row 2: expected 2 cells as in row 1, received 1'],
  [
    () =>
      Data.Table.fromRows(['a', 'b'])([
        [1, 2],
        [3, 4],
        [5, 6, 7],
      ]),
    'rows, row 3: expected 2 cells as in row 1, received 3',
  ],
  [() => Data.Table.fromRows(['a'])([[1, 2]]), 'rows: expected 2 names, one a column, received 1'],
  [() => Data.Table.fromRows(['a', 'b', 'c'], 'x')([[1, 2]]), 'x: expected 2 names, one a column, received 3'],
]);

const wide = Data.Table.fromRows(Array.from({ length: 21 }, (_, i) => `c${i}`))([Array.from({ length: 21 }, () => 1)]);
const full = Data.Table.fromRows(Array.from({ length: 20 }, (_, i) => `c${i}`))([Array.from({ length: 20 }, () => 1)]);
const listed = Array.from({ length: 20 }, (_, i) => `"c${i}"`).join(', ');

const references: Law = saying('columns', 'that are not there are told from the first twenty that are', [
  [
    () => E.chain(Data.Table.column('x'))(wide),
    `rows: expected a column among ${listed}, … (21 columns), or a position from 1 to 21 (−1 is the last), received "x"`,
  ],
  [
    () => E.chain(Data.Table.column(21))(full),
    `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received 21`,
  ],
  [
    () => E.chain(Data.Table.column(0))(full),
    `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received 0`,
  ],
  [() => E.chain(Data.Table.column(-20))(full), 'a result'],
  ...['', ' ', '1e0', '1.0', '0x1', 'c', '1x', 'x1', '-', '21', '-21', '+21', '0'].map(
    (reference) =>
      [
        () => E.chain(Data.Table.column(reference))(full),
        `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received "${reference}"`,
      ] as const,
  ),
  [
    () => E.chain(Data.Table.column(1.5))(full),
    `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received 1.5`,
  ],
  [
    () => E.chain(Data.Table.column(-21))(full),
    `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received -21`,
  ],
]);

const found: Law = lawOf<readonly [reference: string | number, index: number]>(
  'found columns',
  'a text is a name, or else a position if it is a whole number; a number is a position',
  [
    ['a', 0],
    ['3', 1],
    [3, 2],
    ['12', 3],
    [12, 11],
    [-1, 11],
    [-12, 0],
    ['11', 10],
    ['+1', 0],
    [' 2\t', 1],
    ['-1', 11],
    ['-10', 2],
  ],
  ([reference, index]) => {
    const names = ['a', '3', 'x', '12', ...Array.from({ length: 8 }, (_, i) => `c${i}`)];
    return right(E.chain(Data.Table.column(reference))(Data.Table.fromRows(names)([names])), (at) => same(index, at));
  },
);

const made: Law = lawOf<readonly [names: readonly string[] | undefined, table: object]>(
  'tables of rows',
  'have the names that they are given, or such as say the place; cells are texts, and a row is a line',
  [
    [undefined, { source: 'rows', header: false, names: ['column 1', 'column 2'] }],
    [['u', 'v'], { source: 'rows', header: true, names: ['u', 'v'] }],
  ],
  ([names, table]) => {
    const given = [
      [1, ' x'],
      [-0.5, ''],
    ];
    const rows = [
      ['1', ' x'],
      ['-0.5', ''],
    ];
    return right(Data.Table.fromRows(names)(given), (is) => sameJson({ ...table, rows, lines: [1, 2] }, is, 'table'));
  },
);

const schema: Data.Schema.Schema = {
  header: false,
  columns: 3,
  features: [
    { kind: 'numeric', name: 'size', column: 0 },
    { kind: 'categorical', name: 'colour', column: 2, categories: Array.from({ length: 21 }, (_, i) => `k${i}`) },
  ],
  target: { kind: 'value', name: 'price', column: 1 },
};
const rowsOf = (...rows: ReadonlyArray<ReadonlyArray<string | number>>) => Data.Table.fromRows(undefined)(rows);
const twenty = Array.from({ length: 20 }, (_, i) => `"k${i}"`).join(', ');

/** A schema of columns a, y and b, of which y is the target and a holds names that are numbers. */
const ordered = (header: boolean): Data.Schema.Schema => ({
  header,
  columns: 3,
  features: [
    { kind: 'categorical', name: 'a', column: 0, categories: ['1', '1.0'] },
    { kind: 'numeric', name: 'b', column: 2 },
  ],
  target: { kind: 'value', name: 'y', column: 1 },
});

/** Exactly twenty categories are told without dots. */
const tall: Data.Schema.Schema = {
  ...schema,
  features: [
    { kind: 'categorical', name: 'colour', column: 0, categories: Array.from({ length: 20 }, (_, i) => `k${i}`) },
  ],
};

const cells: Sayings = [
  [() => E.chain(Data.encodeFeatures(schema))(rowsOf([1, 2, 'k0'])), 'a result'],
  [() => E.chain(Data.encodeFeatures(schema))(rowsOf([1, 'k0'])), 'a result'],
  [
    () => E.chain(Data.encodeTargets(schema))(rowsOf([1, 'k0'])),
    'rows: expected 3 columns, or 2 without the target, received 2',
  ],
  [
    () => E.chain(Data.encodeFeatures(schema))(rowsOf([1])),
    'rows: expected 3 columns, or 2 without the target, received 1',
  ],
  [
    () => E.chain(Data.encodeFeatures(schema))(rowsOf([1, 2, 'k0'], [' ', 2, 'k0'])),
    'rows, line 2, column 1: expected a finite number, received an empty cell',
  ],
  [
    () => E.chain(Data.encodeFeatures(schema))(rowsOf(['x', 2, 'k0'])),
    'rows, line 1, column 1: expected a finite number, received "x"',
  ],
  [
    () => E.chain(Data.encodeFeatures(schema))(rowsOf([1, 2, 'no'])),
    `rows, line 1, column 3: expected one of ${twenty}, …, received "no"`,
  ],
  [
    () => E.chain(Data.encodeFeatures(schema))(rowsOf([1, 2, ' '])),
    `rows, line 1, column 3: expected one of ${twenty}, …, received an empty cell`,
  ],
  [
    () => E.chain(Data.encodeFeatures(tall))(rowsOf(['no', 2, 3])),
    `rows, line 1, column 1: expected one of ${twenty}, received "no"`,
  ],
  [
    () =>
      E.chain(
        Data.encodeTargets({
          ...schema,
          target: { kind: 'classes', name: 't', column: 1, numeric: false, classes: ['a', 'b'] },
        }),
      )(rowsOf([1, 'c', 'k0'])),
    'rows, line 1, column 2: expected one of "a", "b", received "c"',
  ],
  [
    () =>
      E.chain(Data.encodeFeatures({ ...schema, header: true }))(
        Data.Table.fromRows(['size', 'x', 'y'])([[1, 2, 'k0']]),
      ),
    'rows: expected a column "colour", received columns "size", "x", "y"',
  ],
];

/** A table by its names and one row, as a later table is read: what its features are, or why they are not. */
type Later = readonly [
  schema: Data.Schema.Schema,
  names: readonly string[] | undefined,
  row: readonly string[],
  said: unknown,
];

const later: Law = lawOf<Later>(
  'later tables',
  'are read by name where both have names, else by position, with or without the target; categories are the texts themselves',
  [
    [ordered(true), ['y', 'b', 'a'], ['9', '1', '1.0'], [[0, 1, 1]]],
    [ordered(true), ['b', 'a'], ['1', '1'], [[1, 0, 1]]],
    [ordered(true), ['b', 'x', 'a', 'z'], ['1', '', '1', ''], [[1, 0, 1]]],
    [ordered(true), undefined, ['1.0', '9', '3'], [[0, 1, 3]]],
    [ordered(true), undefined, ['1.0', '3'], [[0, 1, 3]]],
    [ordered(false), ['p', 'q', 'r'], ['1', '9', '3'], [[1, 0, 3]]],
    [ordered(false), ['b', 'a'], ['1.0', '3'], [[0, 1, 3]]],
    [ordered(true), ['a', 'y'], ['1', '9'], 'rows: expected a column "b", received columns "a", "y"'],
    [ordered(true), undefined, ['1'], 'rows: expected 3 columns, or 2 without the target, received 1'],
    [
      ordered(false),
      ['a', 'y', 'b', 'c'],
      ['1', '9', '3', '4'],
      'rows: expected 3 columns, or 2 without the target, received 4',
    ],
    [
      ordered(true),
      ['a', 'b'],
      ['1.00', '3'],
      'rows, line 1, column 1 ("a"): expected one of "1", "1.0", received "1.00"',
    ],
  ],
  ([of, names, row, expected]) => {
    const result = E.chain(Data.encodeFeatures(of))(Data.Table.fromRows(names)([row]));
    return sameJson(expected, E.isRight(result) ? Tensor.toRows(result.right) : Failure.show(result.left), 'features');
  },
);

const targeted: Law = lawOf<
  readonly [schema: Data.Schema.Schema, names: readonly string[] | undefined, width: number, has: boolean]
>(
  'targets there or not',
  'a table has its target where a column has the name, or where no column is missing',
  [
    [ordered(true), ['y'], 1, true],
    [ordered(true), ['a', 'b'], 2, false],
    [ordered(true), undefined, 3, true],
    [ordered(true), undefined, 2, false],
    [ordered(false), ['y', 'b'], 2, false],
    [ordered(false), ['a', 'b', 'c'], 3, true],
    [ordered(false), undefined, 4, false],
  ],
  ([of, names, width, has]) =>
    right(Data.Table.fromRows(names)([new Array<string>(width).fill('1')]), (table) =>
      same(has, Data.hasTarget(of)(table)),
    ),
);

const read: Law = lawOf(
  'targets',
  'are the numbers of their column, or the places of their texts among the classes; numbers are classes as numbers',
  [false, true],
  (ofClasses) => {
    const target = { kind: 'classes', name: 't', column: 1, numeric: true, classes: ['2', '7'] } as const;
    const given = rowsOf([1, '7.0', 'k0'], [1, 2, 'k0'], [1, ' 7', 'k0']);
    const got = E.chain(Data.encodeTargets(ofClasses ? { ...schema, target } : schema))(given);
    if (E.isLeft(got)) return { expected: 'targets', received: 'a failure' };
    return got.right.kind === 'classes'
      ? all(same('1,0,1', `${got.right.labels}`), same('2,7', `${got.right.classes}`))
      : same('f64[3,1] 7 2 7', Tensor.show(got.right.values));
  },
);

/** What tables are, and what is read in them under a schema. */
export const tableLaws: readonly Law[] = [
  tables,
  references,
  found,
  made,
  saying('cells', 'are told by line and column, an empty one as such, and twenty of the categories', cells),
  later,
  targeted,
  read,
];
