/**
 * Mutation testing, a folder at a time: `npm run mutate -- loss optimizer`, `npm run mutate:numbers -- loss`, or one
 * file or folder within it: `npm run mutate -- loss:src/loss/huber.ts`. With `--again` only what was not killed the
 * last time runs, and with `--report` nothing: what is known already is told once more. Ends with 1 when a mutant survives that `survivors.ts` does not tell to be equivalent.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { folders } from './folders.ts';
import { numbers } from './numbers.ts';
import { compiled, isOpen, type Report, renewed, reportOf } from './report.ts';

const words = process.argv.slice(2);
const ofNumbers = words.includes('--numbers');
const again = words.includes('--again');
const onlyTold = words.includes('--report');
const named = words.filter((word) => !word.startsWith('--'));
const kind = ofNumbers ? 'numbers' : 'code';

/** Stryker has no door for a mutator of one's own, but keeps its own in an array. */
const MUTATORS = 'node_modules/@stryker-mutator/instrumenter/dist/src/mutators/mutate.js';

const useNumbers = async (): Promise<void> => {
  const theirs: { readonly allMutators: unknown[] } = await import(pathToFileURL(MUTATORS).href);
  theirs.allMutators.splice(0, theirs.allMutators.length, numbers);
};

const read = (file: string): Report => JSON.parse(readFileSync(file, 'utf8'));

/** Where the mutants stand that were not killed the last time; of a file that has changed since, all of them. */
const notKilled = (report: Report): readonly string[] =>
  Object.entries(report.files).flatMap(([path, { source, mutants }]) =>
    !existsSync(path)
      ? []
      : readFileSync(path, 'utf8') !== source
        ? [path]
        : mutants
            .filter(isOpen)
            .map(
              ({ location: { start, end } }) => `${path}:${start.line}:${start.column - 1}-${end.line}:${end.column}`,
            ),
  );

/** The part of a report that is about some files; of all, if none is named. */
const about = (report: Report, paths: readonly string[]): Report =>
  paths.length === 0
    ? report
    : {
        ...report,
        files: Object.fromEntries(
          Object.entries(report.files).filter(([file]) => paths.some((path) => file.startsWith(path))),
        ),
      };

const run = async (name: string, paths: readonly string[]): Promise<boolean> => {
  const folder = folders[name];
  if (folder === undefined) throw new Error(`no folder "${name}"; there are ${Object.keys(folders).join(', ')}`);
  const file = `out/mutation/${kind}-${name}.json`;
  const before = existsSync(file) ? read(file) : undefined;
  const told = (report: Report): boolean => {
    const { text, unknown } = reportOf(about(report, paths));
    process.stdout.write(`${name} (${kind})\n${text}\n`);
    return unknown === 0;
  };
  if (onlyTold) return before !== undefined && told(before);
  const whole =
    paths.length > 0 ? paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)) : folder.mutate;
  const mutate = again && before !== undefined ? notKilled(about(before, paths)) : whole;
  if (mutate.length === 0) return before === undefined || told(before);
  const latest = `out/mutation/${kind}-${name}-latest.json`;
  process.env.MUTATION_TESTS = folder.tests.join(',');
  // A quarter of the samples finds nearly all; what survives them meets them all with `--again`.
  process.env.LAWS_RUNS ??= again ? '1' : '0.25';
  mkdirSync('out/mutation', { recursive: true });
  const options: ConstructorParameters<typeof Stryker>[0] = {
    testRunner: 'laws',
    plugins: ['./laws/mutation/runner.ts'],
    testRunnerNodeArgs: ['--import', 'tsx'],
    buildCommand: `${process.execPath} --import tsx laws/mutation/bundle.ts`,
    mutate: [...mutate],
    coverageAnalysis: 'perTest',
    concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
    // A mutant that is merely slow is not an endless loop: a time-out is no kill.
    timeoutMS: again ? 600_000 : 30_000,
    timeoutFactor: again ? 4 : 3,
    dryRunTimeoutMinutes: 20,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: latest },
    tempDirName: 'out/stryker',
    ignorePatterns: ['dist', 'out', 'docs', 'coverage', '.doc-examples'],
    // Stryker rewrites the file with the compiler's own programming interface, which TypeScript 7 has not.
    tsconfigFile: 'none.json',
    allowConsoleColors: false,
  };
  await new Stryker(options).runMutationTest();
  const after = compiled(read(latest));
  const report = before === undefined || mutate === folder.mutate ? after : renewed(before, after);
  writeFileSync(file, JSON.stringify(report));
  return told(report);
};

if (ofNumbers) await useNumbers();
const wanted = named.length === 0 ? Object.keys(folders) : named;
const fine: boolean[] = [];
for (const word of wanted) {
  const [name = '', ...paths] = word.split(':');
  fine.push(await run(name, paths));
}
process.exitCode = fine.every(Boolean) ? 0 : 1;
