/**
 * Every statement, function and branch of the folders that are covered is run by some test: a run of the tests with
 * `--coverage` fails where one is not, naming it.
 *
 * Left out are fallbacks that the compiler asks for wherever a position of an array is read (`a[i] ?? 0`,
 * `const [first = 0] = a`, a constant on the right): no test can reach one while every position that is read exists, and
 * where one could be reached the laws compare the result with what it should be.
 * Left out is also what a comment `never: ` says cannot happen, with its reason, up to the end of the statement.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Region {
  readonly start: Place;
}

/** As much of a file's coverage (Istanbul's format) as is read here; lines count from 1, columns from 0. */
export interface FileCoverage {
  readonly path: string;
  readonly s: Readonly<Record<string, number>>;
  readonly f: Readonly<Record<string, number>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
  readonly statementMap: Readonly<Record<string, Region>>;
  readonly fnMap: Readonly<Record<string, { readonly loc: Region }>>;
  readonly branchMap: Readonly<
    Record<string, { readonly type: string; readonly loc: Region; readonly locations: readonly Region[] }>
  >;
}

const CONSTANT = /^\s*(?:\?\?\s*)?(?:(?:Number\.)?NaN|-?[\d.]+|'[^']*'|\[\]|undefined)\s*[),\];:}]/;

/** Whether a branch is a constant read only where there is nothing at a position. */
export const isFallback = (source: string, type: string, alternative: number, { line, column }: Place): boolean => {
  const offset = source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, column);
  const before = source
    .slice(0, offset)
    .replace(/\?\?\s*$/, '')
    .trimEnd();
  if (!CONSTANT.test(source.slice(offset))) return false;
  return type === 'binary-expr' ? alternative > 0 && /[\])]$/.test(before) : /\[[^\][;]*=$/.test(before);
};

const NEVER = /\/\/ never: ./;

/** The lines, from 1, that comments say are never run wholly: their own, and those up to the end of the next statement. */
const never = (text: readonly string[]): ReadonlySet<number> =>
  new Set(
    text.flatMap((line, i) => {
      if (!NEVER.test(line)) return [];
      const length = text.slice(i + 1).findIndex((next) => /[;{]$/.test(next)) + 1;
      return Array.from({ length: length + 1 }, (_, more) => i + 1 + more);
    }),
  );

/** What no test ran, as `file:line what`. */
export const gapsOf = (coverage: FileCoverage, source: string): readonly string[] => {
  const text = source.split('\n');
  const excused = never(text);
  const told = ({ line }: Place, what: string): string => `${line} ${what}: ${(text[line - 1] ?? '').trim()}`;
  return [
    ...Object.entries(coverage.statementMap)
      .filter(([id, { start }]) => coverage.s[id] === 0 && !excused.has(start.line))
      .map(([, { start }]) => told(start, 'statement')),
    ...Object.entries(coverage.fnMap)
      .filter(([id, { loc }]) => coverage.f[id] === 0 && !excused.has(loc.start.line))
      .map(([, { loc }]) => told(loc.start, 'function')),
    ...Object.entries(coverage.branchMap).flatMap(([id, { type, loc, locations }]) =>
      locations
        // What is not written, such as the `else` of an `if` alone, stands where the whole does.
        .map(({ start }, alternative) => ({ start: start.line === undefined ? loc.start : start, alternative }))
        .filter(({ alternative }) => (coverage.b[id]?.[alternative] ?? 0) === 0)
        .filter(({ start, alternative }) => !excused.has(start.line) && !isFallback(source, type, alternative, start))
        .map(({ start }) => told(start, type)),
    ),
  ];
};

/** A reporter of vitest that fails a run with gaps. */
export const gaps = {
  onCoverage: (map: unknown): void => {
    const files: Readonly<Record<string, FileCoverage>> = JSON.parse(JSON.stringify(map));
    const found = Object.values(files).flatMap((file) =>
      gapsOf(file, readFileSync(file.path, 'utf8')).map((gap) => `  ${relative(process.cwd(), file.path)}:${gap}`),
    );
    if (found.length === 0) {
      process.stdout.write(`\nEvery line and branch of ${Object.keys(files).length} files is run by the tests.\n`);
      return;
    }
    process.stderr.write(`\nNo test runs:\n${found.join('\n')}\n`);
    process.exitCode = 1;
  },
};
