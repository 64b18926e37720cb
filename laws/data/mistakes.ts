/** What data refuse, word for word, and what they do at the ends of their ranges. */
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { type Sayings, saying, taking } from '../reach/said.ts';
import { tensorOf } from './helpers.ts';
import { generators, lattices } from './mistakes-generators.ts';

const zeros = (...shape: readonly number[]): Tensor.Tensor => Tensor.zeros('f64', shape);
const inf = Number.POSITIVE_INFINITY;

const labels: Law = saying('labels', 'are whole numbers below a number of classes', [
  [() => Data.oneHot(0), 'Data.oneHot: 0 is not a number of classes'],
  [() => Data.oneHot(1.5), 'Data.oneHot: 1.5 is not a number of classes'],
  [() => Data.oneHot(1)([0]), 'a result'],
  [() => Data.oneHot(2)([0, 2]), 'oneHot, row 1: expected a label from 0 to 1, received 2'],
  [() => Data.classNames(['a', 'b'])([1, 2]), 'classNames, row 1: expected a label from 0 to 1, received 2'],
  [() => Data.Parts.takeFrom({ train: [0], validation: [], test: [1] })(['a']), 'Parts.takeFrom: no row 1 of 1'],
  [() => Data.Parts.takeFrom({ train: [-1], validation: [], test: [] })(['a']), 'Parts.takeFrom: no row -1 of 1'],
]);

const scalers: Law = saying('scalers', 'are fitted on rows of finite numbers, and take as many features as they have', [
  [() => Data.standardise()(zeros(2)), 'Scaler: expected shape [rows ≥ 1, features], received [2]'],
  [() => Data.standardise()(zeros(0, 2)), 'Scaler: expected shape [rows ≥ 1, features], received [0,2]'],
  [() => Data.standardise(['a'])(zeros(1, 2)), 'Scaler: expected 2 feature names, received 1'],
  [
    () =>
      Data.standardise()(
        tensorOf([
          [1, 2],
          [3, NaN],
        ]),
      ),
    'feature 2, row 1: expected a finite number, received NaN',
  ],
  [() => Data.standardise(['a'])(tensorOf([[inf]])), 'a, row 0: expected a finite number, received Infinity'],
  [
    () => Data.standardise(['a'])(tensorOf([[-1e308, 0, 1e308]])),
    'a: expected values whose range f64 can hold, received -1e+308 to 1e+308',
  ],
  [() => Data.minMax(undefined, { low: 1, high: 1 }), 'Data.minMax: 1 to 1 is not a range'],
  [() => Data.minMax(undefined, { low: -1e308, high: 1e308 }), 'Data.minMax: -1e+308 to 1e+308 is not a range'],
  [() => Data.minMax(undefined, { low: 0, high: 1e-300 }), 'a result'],
  [
    () => Data.Scaler.apply({ kind: 'standardise', features: [] })(zeros(1, 1)),
    'Scaler: expected shape [rows, 0], received [1,1]',
  ],
  [
    () => Data.Scaler.invert({ kind: 'standardise', features: [{ name: 'a', shift: 0, scale: 1 }] })(zeros(1)),
    'Scaler: expected shape [rows, 1], received [1]',
  ],
]);

const subnormal: Law = lawOf(
  'least numbers',
  'a feature that varies by the least number there is still scales to numbers that differ: its scale is not 0',
  [5e-324, -5e-324],
  (least) => {
    const fitted = Data.standardise(['a'])(tensorOf([[least, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]));
    if (E.isLeft(fitted)) return { expected: 'a scaler', received: 'a failure' };
    return all(
      same(0, fitted.right.warnings.length),
      ...fitted.right.scaler.features.map(({ scale }) => same(Math.abs(least), scale)),
    );
  },
);

const tables: Law = saying('tables', 'have rows, columns, and as many names as columns', [
  [() => Data.Table.fromRows(undefined)([]), 'rows: expected at least one row, received none'],
  [() => Data.Table.fromRows(undefined, 'x')([[]]), 'x: expected at least one column, received none'],
  [() => Data.Table.fromRows(undefined)([[1, 2], [3]]), 'rows, row 2: expected 2 cells as in row 1, received 1'],
  [() => Data.Table.fromRows(['a'])([[1, 2]]), 'rows: expected 2 names, one a column, received 1'],
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
  [
    () => E.chain(Data.Table.column(-21))(full),
    `rows: expected a column among ${listed}, or a position from 1 to 20 (−1 is the last), received -21`,
  ],
]);

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

const one = { name: 'a', shift: 0, scale: 1 };
const standard = { kind: 'standardise', features: [one] };
const squeezed = { kind: 'minMax', low: 0, high: 1, features: [one] };
const whole = {
  header: true,
  columns: 2,
  features: [{ kind: 'numeric', name: 'a', column: 0 }],
  target: { kind: 'value', name: 'b', column: 1 },
};
const classes = { ...whole, target: { kind: 'classes', name: 'b', column: 1, numeric: true, classes: ['0', '1'] } };

const decoding: Law = saying('encodings', 'are refused where they do not fit together, saying why', [
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, scale: -1 }] }),
    'scaler.0.features.0.scale: expected a scale of at least 0, received -1',
  ],
  [
    () => Data.Scaler.decode({ ...squeezed, high: 0 }),
    'scaler: expected low < high, received {"kind":"minMax","low":0,"high":0,"features":[{"name":"a"…',
  ],
  [() => Data.Scaler.decode(squeezed), 'a result'],
  [
    () => Data.Scaler.decode({ ...standard, more: 1 }),
    'scaler.0: expected no field "more" in a standardising scaler, received {"kind":"standardise","features":[{"name":"a","shift":0,"…',
  ],
  [() => Data.Encoding.decode({ schema: whole, features: standard, target: squeezed }), 'a result'],
  [() => Data.Encoding.decode({ schema: classes, features: standard, target: null }), 'a result'],
  [
    () => Data.Encoding.decode({ schema: whole, features: { ...standard, features: [] }, target: squeezed }),
    'encoding: expected a scale for each feature, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: whole, features: standard, target: null }),
    'encoding: expected a scale for a target that is a number, and none for classes, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: classes, features: standard, target: squeezed }),
    'encoding: expected a scale for a target that is a number, and none for classes, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, columns: 1 }, features: standard, target: squeezed }),
    'encoding.schema: expected at least one feature, and columns that are there, received {"header":true,"columns":1,"features":[{"kind":"numeric",…',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, columns: -1 }, features: standard, target: squeezed }),
    'encoding.schema.columns: expected a whole number of at least 0, received -1',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, features: [] }, features: standard, target: squeezed }),
    'encoding.schema: expected at least one feature, and columns that are there, received {"header":true,"columns":2,"features":[],"target":{"kind"…',
  ],
]);

const told: Law = taking('codecs', 'tell what is one from what is not', [
  [Data.Scaler.codec, standard, true],
  [Data.Scaler.codec, squeezed, true],
  [Data.Scaler.codec, { ...squeezed, low: 1 }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, scale: 0 }] }, true],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, scale: -1 }] }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, shift: NaN }] }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, more: 1 }] }, false],
  [Data.Schema.codec, whole, true],
  [Data.Schema.codec, classes, true],
  [Data.Schema.codec, { ...whole, columns: 1 }, false],
  [Data.Schema.codec, { ...whole, columns: 2.5 }, false],
  [Data.Schema.codec, { ...whole, columns: -1 }, false],
  [Data.Schema.codec, { ...whole, features: [] }, false],
  [Data.Schema.codec, { ...classes, target: { ...classes.target, classes: ['0'] } }, false],
  [Data.Schema.codec, { ...classes, target: { ...classes.target, classes: ['0', '0'] } }, false],
  [Data.Schema.codec, { ...whole, features: [{ kind: 'categorical', name: 'a', column: 0, categories: [] }] }, false],
  [Data.Schema.codec, { ...whole, features: [{ kind: 'categorical', name: 'a', column: 0, categories: ['k'] }] }, true],
  [Data.Encoding.codec, { schema: whole, features: standard, target: squeezed }, true],
  [Data.Encoding.codec, { schema: whole, features: standard, target: null }, false],
  [Data.Encoding.codec, { schema: classes, features: standard, target: null }, true],
]);

const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
/** A member of which only the header is there, before a whole one. */
const early = Uint8Array.from([...gzip.slice(0, 10), ...gzip]);

const archives: Law = saying('gzip', 'is refused where it is cut short, or its checksum or length are others', [
  [() => Data.gunzip('x')(gzip), 'a result'],
  [() => Data.gunzip('x')(gzip.slice(0, 19)), 'x: expected a whole gzip file, received invalid gzip data'],
  [() => Data.gunzip('x')(gzip.with(12, 1)), 'x: expected a whole gzip file, received a checksum that does not match'],
  [() => Data.gunzip('x')(gzip.with(16, 1)), 'x: expected a whole gzip file, received a checksum that does not match'],
  [() => Data.gunzip('x')(early), 'x: expected a whole gzip file, received invalid block type'],
]);

export const mistakeLaws: LawSet = lawSet('what data refuse', [
  generators,
  lattices,
  labels,
  scalers,
  subnormal,
  tables,
  references,
  saying('cells', 'are told by line and column, an empty one as such, and twenty of the categories', cells),
  read,
  decoding,
  told,
  archives,
]);
