/** Comma-separated values (RFC 4180), from text or from the bytes of a file, gzip or not. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { readCell } from './cell.ts';
import { gunzip } from './gunzip.ts';
import { positionNames, type Table } from './table.ts';

export interface CsvOptions {
  /** What failures call the source: a path, usually. */
  readonly source?: string;
  /** Whether the first line (after those skipped) names the columns. By default it does unless one of its cells is a
   * number, NaN or an infinity, or all are empty. */
  readonly header?: boolean;
  /** How many lines to leave out at the start. */
  readonly skipLines?: number;
  /** What stands between cells, a comma by default. */
  readonly delimiter?: string;
}

/** A record and the line on which it begins. */
interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The parser's complaints in words. */
const COMPLAINTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote inside a cell',
};

const LINE_BREAK = /\r\n|\n|\r/g;
const lineBreaks = (text: string): number => text.match(LINE_BREAK)?.length ?? 0;

/** The text after its first `count` lines. */
const afterLines = (text: string, count: number): string => {
  const breaks = text.matchAll(LINE_BREAK);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const next = breaks.next();
    if (next.done) return '';
    at = next.value.index + next.value[0].length;
  }
  return text.slice(at);
};

const decode =
  (source: string) =>
  (bytes: Uint8Array): E.Either<Failure, string> =>
    E.tryCatch(
      () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      () => failure('parse', source, 'text in UTF-8', 'bytes that are not'),
    );

/** The records with the lines on which they begin; blank lines are left out. */
const records =
  (source: string, delimiter: string, skipped: number) =>
  (text: string): E.Either<Failure, readonly Line[]> => {
    const found: Line[] = [];
    let line = 1 + skipped;
    return E.tryCatch(
      () => {
        parse(text, {
          delimiter,
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          skip_empty_lines: true,
          // The library's own count of lines is off inside quoted cells, so lines are counted here.
          on_record: (cells: readonly string[], { empty_lines: blank }) => {
            found.push({ line: line + blank, cells });
            line += 1 + cells.reduce((count, cell) => count + lineBreaks(cell), 0);
            return null;
          },
        });
        return found;
      },
      (error) => {
        // never: the parser throws nothing else
        if (!(error instanceof CsvError)) throw error;
        return failure(
          'parse',
          `${source}, line ${line + Number(error.empty_lines)}`,
          'cells in which quotes are closed, and doubled inside',
          // never: with these options the parser complains of quotes alone
          COMPLAINTS[error.code] ?? quote(error.message),
        );
      },
    );
  };

const namesHeader = ({ cells }: Line): boolean =>
  cells.every((cell) => cell.trim() === '' || readCell(cell).kind === 'text') &&
  cells.some((cell) => cell.trim() !== '');

const table =
  (source: string, header: boolean | undefined) =>
  (lines: readonly Line[]): E.Either<Failure, Table> => {
    const [first] = lines;
    if (first === undefined) return E.left(failure('parse', source, 'at least one line', 'an empty file'));
    const width = first.cells.length;
    const ragged = lines.find(({ cells }) => cells.length !== width);
    if (ragged !== undefined)
      return E.left(
        failure(
          'parse',
          `${source}, line ${ragged.line}, column ${Math.min(width, ragged.cells.length) + 1}`,
          `${width} cells as in line ${first.line}`,
          `${ragged.cells.length}`,
        ),
      );
    const named = header ?? namesHeader(first);
    const rows = named ? lines.slice(1) : lines;
    if (rows.length === 0)
      return E.left(failure('parse', source, 'at least one row of data below the header', 'the header alone'));
    const unnamed = positionNames(width);
    const names = named
      ? first.cells.map((name, i) => (name.trim() === '' ? (unnamed[i] ?? '') : name.trim()))
      : unnamed;
    const twice = names.findIndex((name, i) => names.indexOf(name) < i);
    if (twice >= 0)
      return E.left(
        failure(
          'parse',
          `${source}, line ${first.line}, column ${twice + 1}`,
          'column names that differ',
          `${quote(names[twice])} twice`,
        ),
      );
    return E.right({
      source,
      header: named,
      names,
      rows: rows.map(({ cells }) => cells),
      lines: rows.map(({ line }) => line),
    });
  };

const checked = ({ source = 'CSV', skipLines = 0, delimiter = ',' }: CsvOptions): E.Either<Failure, null> =>
  !(Number.isInteger(skipLines) && skipLines >= 0)
    ? E.left(failure('config', source, 'a whole number of lines to skip', quote(skipLines)))
    : delimiter === '' || /["\r\n]/.test(delimiter)
      ? E.left(failure('config', source, 'a delimiter that is no quote and no line break', quote(delimiter)))
      : E.right(null);

/**
 * The table that a CSV text or file holds. Cells may be quoted, and lines end in any of the usual ways; a byte order mark
 * and blank lines are left out. Fails, with the line and column, on an empty source, rows of unequal length, a quote that
 * is not closed, two columns of one name, unreadable gzip, and bytes that are not UTF-8.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const table = Data.parseCsv({})('size,colour\n1.5,"dark red"\n2,blue\n');
 * pipe(table, E.map(({ names }) => names)) // => E.right(['size', 'colour'])
 * pipe(table, E.map(({ rows }) => rows)) // => E.right([['1.5', 'dark red'], ['2', 'blue']])
 * ```
 */
export const parseCsv =
  (options: CsvOptions) =>
  (input: string | Uint8Array): E.Either<Failure, Table> => {
    const { source = 'CSV', header, skipLines = 0, delimiter = ',' } = options;
    return pipe(
      checked(options),
      E.chain(() =>
        typeof input === 'string' ? E.right(input) : pipe(input, gunzip(source), E.chain(decode(source))),
      ),
      E.map((text) => afterLines(text.replace(/^\uFEFF/, ''), skipLines)),
      E.chain(records(source, delimiter, skipLines)),
      E.chain(table(source, header)),
    );
  };
