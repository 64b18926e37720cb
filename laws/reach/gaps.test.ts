/** What the coverage of tests leaves out is what it says, and nothing else. */
import { lawOf, lawSet, same } from '../law.ts';
import { runLaws } from '../run.ts';
import { type FileCoverage, gapsOf, isFallback } from './gaps.ts';

const at = (line: number, column = 0) => ({ start: { line, column } });
const nothing: FileCoverage = { path: 'a.ts', s: {}, f: {}, b: {}, statementMap: {}, fnMap: {}, branchMap: {} };
/** A file whose one statement, function or branch was run so often. */
const statement = (line: number, times: number): FileCoverage => ({
  ...nothing,
  s: { 0: times },
  statementMap: { 0: at(line) },
});
const fn = (line: number, times: number): FileCoverage => ({
  ...nothing,
  f: { 0: times },
  fnMap: { 0: { loc: at(line) } },
});
const branch = (line: number, columns: readonly number[], times: readonly number[]): FileCoverage => ({
  ...nothing,
  b: { 0: times },
  branchMap: { 0: { type: 'binary-expr', loc: at(line), locations: columns.map((column) => at(line, column)) } },
});

const gap = lawOf<readonly [source: string, coverage: FileCoverage, gaps: readonly string[]]>(
  'gaps',
  'what no test runs is told with its place, and what a test runs is not',
  [
    ['f();\ng();', statement(2, 0), ['2 statement: g();']],
    ['f();\ng();', statement(2, 1), []],
    ['const f = () => 1;', fn(1, 0), ['1 function: const f = () => 1;']],
    ['const f = () => 1;', fn(1, 3), []],
    // An alternative that computes something is no fallback, nor is a constant beside what is no position.
    ['a[i] ?? f();', branch(1, [0, 8], [1, 0]), ['1 binary-expr: a[i] ?? f();']],
    ['a.b ?? 0;', branch(1, [0, 7], [1, 0]), ['1 binary-expr: a.b ?? 0;']],
    ['a[i] ?? 0;', branch(1, [0, 8], [1, 0]), []],
    ['a[i] ?? 0;', branch(1, [0, 8], [0, 1]), ['1 binary-expr: a[i] ?? 0;']],
  ],
  ([source, coverage, gaps]) => same(gaps.join('\n'), gapsOf(coverage, source).join('\n')),
);

const excused = lawOf<readonly [source: string, line: number, told: boolean]>(
  'never',
  'a comment with a reason leaves out its own line and the next statement, and no more',
  [
    ['f(); // never: because', 1, false],
    ['// never: because\nf();\ng();', 2, false],
    ['// never: because\nf();\ng();', 3, true],
    ['// never: because\nf(\n  a,\n);\ng();', 3, false],
    ['// never: because\nf(\n  a,\n);\ng();', 5, true],
    // Without a reason it excuses nothing.
    ['// never:\nf();', 2, true],
    ['// never\nf();', 2, true],
  ],
  ([source, line, told]) => same(told ? 1 : 0, gapsOf(statement(line, 0), source).length),
);

const fallback = lawOf<readonly [source: string, type: string, alternative: number, column: number, is: boolean]>(
  'fallbacks',
  'are constants on the right of a position, or of a name taken from one',
  [
    ['a[i] ?? 0;', 'binary-expr', 1, 8, true],
    ['a[i] ?? Number.NaN;', 'binary-expr', 1, 8, true],
    ["f(x) ?? '';", 'binary-expr', 1, 8, true],
    ['a[i] ?? 0;', 'binary-expr', 0, 0, false],
    ['a.b ?? 0;', 'binary-expr', 1, 7, false],
    ['a[i] ?? b;', 'binary-expr', 1, 8, false],
    ['a[i] ?? 1 + 1;', 'binary-expr', 1, 8, false],
    ['const [x = 0] = a;', 'default-arg', 0, 11, true],
    ['const { x = 0 } = a;', 'default-arg', 0, 12, false],
  ],
  ([source, type, alternative, column, is]) => same(is, isFallback(source, type, alternative, { line: 1, column })),
);

runLaws(lawSet('gaps', [gap, excused, fallback]));
