/** What is said of tables that are none: one case a fault, and the words that its message must hold. */
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

/** Each complaint quotes what came and says where. */
export const complaints: ReadonlyArray<readonly [string, () => string, readonly string[]]> = [
  ['empty text', () => complaint('', { source: 'a.csv' }), ['a.csv', 'empty']],
  ['blank lines', () => complaint('\n\r\n\n'), ['empty']],
  ['skipped away', () => complaint('1,2\n3,4\n', { skipLines: 5 }), ['empty']],
  ['a header alone', () => complaint('a,b\n'), ['row of data']],
  ['a short row', () => complaint('1,2,3\n4,5,6\n7,8\n'), ['line 3', '3 cells', 'received 2']],
  ['a long row', () => complaint('a,b\n1,2\n\n3,4,5\n'), ['line 4', 'column 3', '2 cells']],
  ['a quote left open', () => complaint('a,b\n1,2\n3,"4\n5,6\n'), ['line 3', 'never closed']],
  ['a quote left open below blank lines', () => complaint('a,b\n\n1,2\n\n\n3,"4\n'), ['line 6', 'never closed']],
  ['text after a quote', () => complaint('a,b\n"1"x,2\n'), ['line 2', 'closing quote']],
  ['a quote inside', () => complaint('a,b\n1"x",2\n'), ['line 2', 'quote inside']],
  ['two columns of a name', () => complaint('a,b,a\n1,2,3\n'), ['column 3', '"a" twice']],
  ['text among numbers', () => complaint('a,b\n1,0\n2,1\nx,0\n3,1\n'), ['line 4', 'column 1', '"a"', '"x"']],
  ['text in the target', () => complaint('a,b\n1,0.5\n2,1\n3,high\n'), ['line 4', 'column 2', '"high"']],
  ['an empty cell', () => complaint('1,2\n,3\n4,5\n'), ['line 2', 'column 1', 'empty']],
  ['an empty category', () => complaint('a,b\nx,1\n,2\ny,3\n'), ['line 3', 'column 1', 'empty']],
  ['no such target', () => complaint('a,b\n1,2\n', { target: 'c' }), ['"a", "b"', '"c"']],
  ['a target position', () => complaint('a,b\n1,2\n', { target: 3 }), ['1 to 2', '3']],
  ['a target position 0', () => complaint('a,b\n1,2\n', { target: '0' }), ['1 to 2', '"0"']],
  ['one class', () => complaint('a,b\n1,x\n2,x\n'), ['varies', 'one class', '"x"']],
  ['one numeric class', () => complaint('a,b\n1,7\n2,7\n'), ['varies', '7']],
  ['a constant target', () => complaint('a,b\n1,7.5\n2,7.5\n'), ['varies', '7.5']],
  ['a constant value', () => complaint('a,b\n1,7\n2,7\n', { task: 'regression' }), ['varies', '7']],
  ['words to regress on', () => complaint('a,b\n1,x\n2,y\n', { task: 'regression' }), ['line 2', '"x"', 'number']],
  ['constant features', () => complaint('a,c,b\n1,u,1\n1,u,2\n'), ['feature that varies']],
  ['no feature', () => complaint('a;b\n1;2\n3;4\n'), ['feature column', 'delimiter']],
  [
    'an identifier',
    () => complaint(`id,b\n${Array.from({ length: 20 }, (_, i) => `u${i},${i % 2}`).join('\n')}`),
    ['identifier'],
  ],
  ['not UTF-8', () => complaint(Uint8Array.from([0x61, 0xff, 0x0a])), ['UTF-8']],
  [
    'half a gzip',
    () => complaint(gzipSync(bytesOf('a,b\n1,2\n')).subarray(0, 20), { source: 'x.gz' }),
    ['x.gz', 'gzip'],
  ],
  ['a negative skip', () => complaint('1,2\n', { skipLines: -1 }), ['lines to skip', '-1']],
  ['a quote for a delimiter', () => complaint('1,2\n', { delimiter: '"' }), ['delimiter']],
];
