/** What is said of tables that are none: one case a fault, word for word. */
import { gzipSync } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { encodeFeatures, encodeTargets, inferSchema, parseCsv } from '../../src/data/index.ts';
import { show } from '../../src/tensor/failure.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text of the failure that a text leads to, on the way to features and targets. */
export const complaint = (
  input: string | Uint8Array,
  options: Parameters<typeof parseCsv>[0] & Parameters<typeof inferSchema>[0] = {},
): string =>
  pipe(
    E.Do,
    E.bind('table', () => parseCsv(options)(input)),
    E.bind('schema', ({ table }) => inferSchema(options)(table)),
    E.bind('x', ({ table, schema }) => encodeFeatures(schema)(table)),
    E.bind('y', ({ table, schema }) => encodeTargets(schema)(table)),
    E.match(show, () => 'no failure'),
  );

const EMPTY = 'CSV: expected at least one line, received an empty file';
const quotes = (line: number, received: string): string =>
  `CSV, line ${line}: expected cells in which quotes are closed, and doubled inside, received ${received}`;
const number = (where: string, received: string): string =>
  `CSV, ${where}: expected a finite number, as in the rest of the column, received ${received}`;
const category = (where: string): string => `CSV, ${where}: expected a category, received an empty cell`;
const among = (received: string): string =>
  `CSV: expected a column among "a", "b", or a position from 1 to 2 (−1 is the last), received ${received}`;
const oneClass = (name: string, received: string): string =>
  `CSV, column 2 (${name}): expected a target that varies: two classes or more, received one class, ${received}`;
const constant = (received: string): string =>
  `CSV, column 2 ("b"): expected a target that varies, received ${received} in every row`;
const recurring = (received: string): string =>
  'CSV, column 1 ("id"): expected categories that recur (or leave the column out: an identifier tells nothing), ' +
  `received ${received}`;
const FEATURE = 'CSV: expected a feature column beside the target (is the delimiter another?), received none';
const VARIES = 'CSV: expected a feature that varies, received the same features in every row';
const delimiter = (received: string): string =>
  `CSV: expected a delimiter that is no quote and no line break, received ${received}`;
const skip = (received: string): string => `CSV: expected a whole number of lines to skip, received ${received}`;

/** Rows of an identifier, of which `different` differ, and of a target. */
const identified = (rows: number, different: number): string =>
  `id,b\n${Array.from({ length: rows }, (_, i) => `u${i % different},${i % 2}`).join('\n')}`;

/** What quotes the fault and says where it is, for each. */
export const complaints: ReadonlyArray<readonly [string, () => string, string]> = [
  ['empty text', () => complaint('', { source: 'a.csv' }), EMPTY.replace('CSV', 'a.csv')],
  ['blank lines', () => complaint('\n\r\n\n'), EMPTY],
  ['skipped away', () => complaint('1,2\n3,4\n', { skipLines: 5 }), EMPTY],
  ['skipped away, the last line unended', () => complaint('1,2\n3,4', { skipLines: 2 }), EMPTY],
  [
    'a header alone',
    () => complaint('a,b\n'),
    'CSV: expected at least one row of data below the header, received the header alone',
  ],
  [
    'a short row',
    () => complaint('1,2,3\n4,5,6\n7,8\n'),
    'CSV, line 3, column 3: expected 3 cells as in line 1, received 2',
  ],
  [
    'a long row',
    () => complaint('\na,b\n1,2\n\n3,4,5\n'),
    'CSV, line 5, column 3: expected 2 cells as in line 2, received 3',
  ],
  ['a quote left open', () => complaint('a,b\n1,2\n3,"4\n5,6\n'), quotes(3, 'a quote that is never closed')],
  [
    'a quote left open below blank lines',
    () => complaint('a,b\n\n1,2\n\n\n3,"4\n'),
    quotes(6, 'a quote that is never closed'),
  ],
  [
    'a quote left open below lines skipped and a cell of two lines',
    () => complaint('x\ny\na,b\n"1\n",2\n3,"4\n', { skipLines: 2 }),
    quotes(6, 'a quote that is never closed'),
  ],
  ['text after a quote', () => complaint('a,b\n"1"x,2\n'), quotes(2, 'text after a closing quote')],
  ['a quote inside', () => complaint('a,b\n1"x",2\n'), quotes(2, 'a quote inside a cell')],
  [
    'two columns of a name',
    () => complaint('a,b,a\n1,2,3\n'),
    'CSV, line 1, column 3: expected column names that differ, received "a" twice',
  ],
  [
    'two columns of a name, but for spaces, below a blank line',
    () => complaint('\na, a ,b\n1,2,3\n'),
    'CSV, line 2, column 2: expected column names that differ, received "a" twice',
  ],
  [
    'a column called as one without a name is',
    () => complaint(',column 1\n1,2\n'),
    'CSV, line 1, column 2: expected column names that differ, received "column 1" twice',
  ],
  ['text among numbers', () => complaint('a,b\n1,0\n2,1\nx,0\n3,1\n'), number('line 4, column 1 ("a")', '"x"')],
  ['text in the target', () => complaint('a,b\n1,0.5\n2,1\n3,high\n'), number('line 4, column 2 ("b")', '"high"')],
  ['an empty cell', () => complaint('1,2\n,3\n4,5\n'), number('line 2, column 1', 'an empty cell')],
  ['a cell of spaces', () => complaint('1,2\n  ,3\n4,5\n'), number('line 2, column 1', 'an empty cell')],
  ['no number', () => complaint('1,2\n NaN ,3\n4,5\n'), number('line 2, column 1', '"NaN"')],
  ['nothing but infinities', () => complaint('a,b\ninf,3\n-inf,5\n'), number('line 2, column 1 ("a")', '"inf"')],
  [
    'an empty cell and a text, among numbers',
    () => complaint('a,b\n1,0\n,1\nx,0\n3,1\n4,0'),
    number('line 3, column 1 ("a")', 'an empty cell'),
  ],
  ['an empty category', () => complaint('a,b\nx,1\n,2\ny,3\n'), category('line 3, column 1 ("a")')],
  ['an empty category first', () => complaint('a,b\n,1\nx,2\ny,3\n'), category('line 2, column 1 ("a")')],
  ['an empty class', () => complaint('a,b\n1,x\n2,y\n3, \n'), category('line 4, column 2 ("b")')],
  [
    'an empty category among numbers that are names',
    () => complaint('a,b\n1,1\n,2\n3,3\n', { categorical: ['a'] }),
    category('line 3, column 1 ("a")'),
  ],
  ['no such target', () => complaint('a,b\n1,2\n', { target: 'c' }), among('"c"')],
  ['a target position', () => complaint('a,b\n1,2\n', { target: 3 }), among('3')],
  ['a target position 0', () => complaint('a,b\n1,2\n', { target: '0' }), among('"0"')],
  ['no such column of categories', () => complaint('a,b\n1,2\n', { categorical: ['a', 'd'] }), among('"d"')],
  ['no such column to leave out', () => complaint('a,b\n1,2\n', { ignore: [-3] }), among('-3')],
  ['one class', () => complaint('a,b\n1,x\n2,x\n'), oneClass('"b"', '"x"')],
  ['one numeric class', () => complaint('a,b\n1,7\n2,7.0\n'), oneClass('"b"', '"7"')],
  ['a constant target', () => complaint('a,b\n1,7.5\n2,7.50\n'), constant('"7.5"')],
  [
    'a constant target, classified',
    () => complaint('a,b\n1,7.5\n2,7.5\n', { task: 'classification' }),
    oneClass('"b"', '"7.5"'),
  ],
  ['a constant value', () => complaint('a,b\n1,7\n2,7\n', { task: 'regression' }), constant('"7"')],
  [
    'words to regress on',
    () => complaint('a,b\n1,x\n2,y\n', { task: 'regression' }),
    'CSV, line 2, column 2 ("b"): expected a number to predict, received "x"',
  ],
  [
    'a word to regress on',
    () => complaint('a,b\n1,3\n2,y\n', { task: 'regression' }),
    'CSV, line 3, column 2 ("b"): expected a number to predict, received "y"',
  ],
  ['constant features', () => complaint('a,c,b\n1,u,1\n1.0,u,2\n'), VARIES],
  [
    'a feature that does not vary where one that does is left out',
    () => complaint('a,c,b\n1,u,1\n2,u,2\n', { ignore: ['a'] }),
    VARIES,
  ],
  ['no feature', () => complaint('a;b\n1;2\n3;4\n'), FEATURE],
  ['every feature left out', () => complaint('a,b\n1,2\n3,4\n', { ignore: [1] }), FEATURE],
  ['an identifier', () => complaint(identified(20, 20)), recurring('20 different texts in 20 rows')],
  [
    'an identifier in half of the rows',
    () => complaint(identified(21, 11)),
    recurring('11 different texts in 21 rows'),
  ],
  ['11 categories in twice as many rows', () => complaint(identified(22, 11)), 'no failure'],
  ['10 categories in as many rows', () => complaint(identified(10, 10)), 'no failure'],
  [
    'not UTF-8',
    () => complaint(Uint8Array.from([0x61, 0xff, 0x0a])),
    'CSV: expected text in UTF-8, received bytes that are not',
  ],
  [
    'half a gzip',
    () => complaint(gzipSync(bytesOf('a,b\n1,2\n')).subarray(0, 20), { source: 'x.gz' }),
    'x.gz: expected a whole gzip file, received invalid gzip data',
  ],
  ['a negative skip', () => complaint('1,2\n', { skipLines: -1 }), skip('-1')],
  ['half a line to skip', () => complaint('1,2\n', { skipLines: 0.5 }), skip('0.5')],
  [
    'a skip of what is none',
    () => complaint('1,2\n', { skipLines: NaN, source: 'x' }),
    skip('NaN').replace('CSV', 'x'),
  ],
  ['a quote for a delimiter', () => complaint('1,2\n', { delimiter: '"' }), delimiter('"\\""')],
  ['a delimiter with a line feed', () => complaint('1,2\n', { delimiter: ',\n' }), delimiter('",\\n"')],
  ['a delimiter with a carriage return', () => complaint('1,2\n', { delimiter: '\r,' }), delimiter('"\\r,"')],
  ['no delimiter', () => complaint('1,2\n', { delimiter: '' }), delimiter('""')],
];
