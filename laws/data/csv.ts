/** The laws of reading CSV: what an independent writer wrote is read back, and whatever is not a table is a failure. */
import * as fc from 'fast-check';
import { gzipSync } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { encodeFeatures, encodeTargets, inferSchema, parseCsv, parseIdx } from '../../src/data/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { complaint, complaints } from './complaints.ts';
import { readings } from './readings.ts';
import { numberText, style, type Written, write, written } from './written.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const readBack = ({ names, rows, lines, delimiter, skipped, text }: Written, input: string | Uint8Array): Verdict => {
  const table = parseCsv({ delimiter, skipLines: skipped, header: names !== undefined })(input);
  return E.isLeft(table)
    ? holds(false, 'a table', show(table.left))
    : all(
        same(JSON.stringify(rows), JSON.stringify(table.right.rows), 'rows'),
        same(JSON.stringify(lines), JSON.stringify(table.right.lines), `lines of ${JSON.stringify(text)}`),
        same(
          JSON.stringify(names ?? rows[0]?.map((_, i) => `column ${i + 1}`)),
          JSON.stringify(table.right.names),
          'names',
        ),
      );
};

/** A table of numbers with one cell that is none. */
const spoiled = fc
  .record({
    how: style,
    named: fc.boolean(),
    width: fc.integer({ min: 2, max: 4 }),
    height: fc.integer({ min: 4, max: 8 }),
    row: fc.nat(3),
    column: fc.nat(3),
    text: fc.constantFrom('oops', 'NaN', 'nan', '', ' ', 'Infinity', '-inf', '1e999', '0x10', '1,5', '1 2', 'n"a'),
  })
  .chain((s) =>
    fc
      .array(fc.array(numberText, { minLength: s.width, maxLength: s.width }), {
        minLength: s.height,
        maxLength: s.height,
      })
      .map((rows) => ({ ...s, column: s.column % s.width, rows: rows.map((row) => row.map(([, text]) => text)) })),
  );

const fuzzBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.uint8Array({ maxLength: 60 }).map((tail) => Uint8Array.from([0x1f, 0x8b, 8, ...tail])),
  fc
    .tuple(fc.constantFrom(8, 9, 11, 12, 13, 14), fc.nat(4), fc.uint8Array({ maxLength: 60 }))
    .map(([type, axes, tail]) => Uint8Array.from([0, 0, type, axes, ...tail])),
  fc
    .array(fc.constantFrom('1', '2.5', 'a', 'yes', ',', ',', '\n', '\n', '"', '\r', ' ', 'NaN', ';'), { maxLength: 60 })
    .map((parts) => bytesOf(parts.join(''))),
  fc.tuple(fc.string({ maxLength: 80 }), fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
    const file = gzipSync(bytesOf(text), { mtime: 0 });
    return file.map((old, i) => (i === at % file.length ? byte : old));
  }),
);

/** The laws of CSV. */
export const csvLaws: LawSet = lawSet('csv', [
  law('csv-round-trip', 'cells, names and line numbers come back, however they were quoted and ended', written, (w) =>
    readBack(w, w.text),
  ),
  law(
    'csv-bytes',
    'bytes, gzip of them, and two gzip members give the same table as the text',
    fc.tuple(written, fc.nat()),
    ([w, seed]) => {
      const bytes = bytesOf(w.text);
      const cut = seed % (bytes.length + 1);
      const members = [bytes.subarray(0, cut), bytes.subarray(cut)].map((part) => gzipSync(part, { mtime: 0 }));
      return all(
        readBack(w, bytes),
        readBack(w, gzipSync(bytes, { mtime: 0, filename: 'x.csv' })),
        readBack(w, Uint8Array.from(members.flatMap((member) => [...member]))),
      );
    },
  ),
  law(
    'csv-header',
    'a first line of names is found to be one, and a first line with a number is not',
    fc.tuple(style, fc.boolean(), fc.array(fc.tuple(numberText, numberText), { minLength: 1, maxLength: 5 })),
    ([how, named, rows]) => {
      const w = write(
        how,
        named ? ['size', 'price'] : undefined,
        rows.map(([[, a], [, b]]) => [a, b]),
      );
      const table = parseCsv({ delimiter: w.delimiter, skipLines: w.skipped })(w.text);
      return E.isLeft(table) ? holds(false, 'a table', show(table.left)) : same(named, table.right.header);
    },
  ),
  law(
    'csv-ragged',
    'a row with a cell more or fewer is refused, and its line named',
    fc.tuple(written, fc.nat(), fc.boolean()),
    ([w, seed, more]) => {
      const row = seed % w.rows.length;
      const rows = w.rows.map((cells, i) => (i !== row ? cells : more ? [...cells, 'z'] : cells.slice(0, -1)));
      const ragged = write(
        { delimiter: w.delimiter, newline: '\n', ends: true, mark: false, prologue: [], eager: true },
        w.names ?? w.rows[0]?.map(() => 'first'),
        rows,
      );
      const table = parseCsv({ delimiter: w.delimiter, header: false })(ragged.text);
      return E.isRight(table)
        ? holds(false, 'a failure', 'a table')
        : holds(table.left.where.includes(`line ${ragged.lines[row]},`), `line ${ragged.lines[row]}`, show(table.left));
    },
  ),
  law('csv-spoiled', 'a cell that is no finite number, among numbers, is named by line and column', spoiled, (s) => {
    const rows = s.rows.map((cells, i) => cells.map((text, j) => (i === s.row && j === s.column ? s.text : text)));
    const names = ['u', 'v', 'w', 'x'].slice(0, s.width);
    const w = write(s.how, s.named ? names : undefined, rows);
    const said = complaint(w.text, {
      delimiter: w.delimiter,
      skipLines: w.skipped,
      header: s.named,
    });
    return all(
      holds(said.includes(`line ${w.lines[s.row]}, column ${s.column + 1}`), `line ${w.lines[s.row]}`, said),
      holds(said.includes(s.text.trim() === '' ? 'empty' : JSON.stringify(s.text.trim())), `${s.text} quoted`, said),
    );
  }),
  lawOf('csv-complaints', 'each fault has a message that quotes it and says where', complaints, ([, run, text]) =>
    same(text, run()),
  ),
  law(
    'csv-fuzz',
    'no bytes make a parser throw, and what one returns as a table encodes to finite numbers',
    fc.tuple(fuzzBytes, fc.constantFrom(',', ';', '\t'), fc.nat(2)),
    ([bytes, delimiter, skipLines]) => {
      parseIdx('fuzz')(bytes);
      const table = parseCsv({ delimiter, skipLines })(bytes);
      const encoded: E.Either<Failure, boolean> = pipe(
        E.Do,
        E.apS('table', table),
        E.bind('schema', ({ table: read }) => inferSchema({})(read)),
        E.bind('x', ({ table: read, schema }) => encodeFeatures(schema)(read)),
        E.bind('y', ({ table: read, schema }) => encodeTargets(schema)(read)),
        E.map(({ x }) => Array.from(x.data).every(Number.isFinite)),
      );
      return E.isLeft(encoded) ? undefined : holds(encoded.right, 'finite numbers', 'others');
    },
    { runs: 500 },
  ),
  ...readings,
]);
