/** Tables drawn at random and written as CSV by a writer of the laws' own, to be read back. */
import * as fc from 'fast-check';

/** A CSV text, and what it was written from. */
export interface Written {
  readonly names: readonly string[] | undefined;
  readonly rows: ReadonlyArray<readonly string[]>;
  /** The line, from 1, on which each row begins. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly skipped: number;
  readonly text: string;
}

/** How a table is written. */
export interface Style {
  readonly delimiter: string;
  readonly newline: string;
  readonly ends: boolean;
  readonly mark: boolean;
  readonly prologue: readonly string[];
  /** Whether cells are quoted that need not be. */
  readonly eager: boolean;
}

export const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  ends: fc.boolean(),
  mark: fc.boolean(),
  prologue: fc.array(fc.constantFrom('', '# "unbalanced', '569,30,malignant'), { maxLength: 3 }),
  eager: fc.boolean(),
});

/** How many line breaks a text holds: line feeds, and carriage returns that no line feed follows. */
const breaks = (text: string): number =>
  [...text].filter((c, i, all) => c === '\n' || (c === '\r' && all[i + 1] !== '\n')).length;

const cell =
  ({ delimiter, eager }: Style) =>
  (text: string): string =>
    eager || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.split('"').join('""')}"` : text;

/** Writes a table as CSV. */
export const write = (
  how: Style,
  names: readonly string[] | undefined,
  rows: ReadonlyArray<readonly string[]>,
): Written => {
  const records = [...(names === undefined ? [] : [names]), ...rows];
  const starts = records.map(
    (_, i) =>
      1 +
      how.prologue.length +
      records.slice(0, i).reduce((sum, record) => sum + 1 + record.reduce((n, text) => n + breaks(text), 0), 0),
  );
  return {
    names,
    rows,
    lines: names === undefined ? starts : starts.slice(1),
    delimiter: how.delimiter,
    skipped: how.prologue.length,
    text:
      (how.mark ? '\uFEFF' : '') +
      [...how.prologue, ...records.map((record) => record.map(cell(how)).join(how.delimiter))].join(how.newline) +
      (how.ends ? how.newline : ''),
  };
};

const pieces = ['a', 'b', '"', ',', ';', '|', '\t', '\n', '\r', '\r\n', ' ', 'é', '語', '😀', '1', '.', '-', '0'];
const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** Tables of any text, of at least two columns (a blank line is no row). */
export const written: fc.Arbitrary<Written> = fc
  .tuple(style, fc.integer({ min: 2, max: 5 }), fc.boolean())
  .chain(([how, width, named]) =>
    fc
      .tuple(
        fc.uniqueArray(fc.constantFrom('size', 'colour', 'a "b"', 'x, y', 'größe', '3'), {
          minLength: width,
          maxLength: width,
        }),
        fc.array(fc.array(anyText, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      )
      .map(([names, rows]) => write(how, named ? names : undefined, rows)),
  );

/** A finite number and a text that reads as it. */
export const numberText: fc.Arbitrary<readonly [number, string]> = fc
  .tuple(
    fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.constantFrom('', ' ', '  '),
  )
  .map(([x, space]) => [x, `${space}${Object.is(x, -0) ? '-0' : String(x)}${space}`] as const);
