/**
 * Mutation testing, a folder at a time: `npm run mutate -- loss optimizer`, `npm run mutate:numbers -- loss`, or one
 * file: `npm run mutate -- loss:src/loss/huber.ts`. With `--again` only what was not killed the last time runs.
 * Ends with 1 when a mutant survives that `survivors.ts` does not tell to be equivalent.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { folders } from './folders.ts';
import { numbers } from './numbers.ts';
import { isKilled, type Report, renewed, reportOf } from './report.ts';

const words = process.argv.slice(2);
const ofNumbers = words.includes('--numbers');
const again = words.includes('--again');
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
const notKilled = (file: string): readonly string[] =>
  Object.entries(read(file).files).flatMap(([path, { source, mutants }]) =>
    readFileSync(path, 'utf8') !== source
      ? [path]
      : mutants
          .filter((mutant) => !isKilled(mutant) && mutant.status !== 'Ignored')
          .map(({ location: { start, end } }) => `${path}:${start.line}:${start.column - 1}-${end.line}:${end.column}`),
  );

const run = async (name: string, paths: readonly string[]): Promise<boolean> => {
  const folder = folders[name];
  if (folder === undefined) throw new Error(`no folder "${name}"; there are ${Object.keys(folders).join(', ')}`);
  const label = paths.length === 0 ? name : `${name}-file`;
  const file = `out/mutation/${kind}-${label}.json`;
  const some = again && paths.length === 0 && existsSync(file);
  const mutate = paths.length > 0 ? paths : some ? notKilled(file) : folder.mutate;
  if (mutate.length === 0) return true;
  const latest = some ? `out/mutation/${kind}-${label}-again.json` : file;
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
    timeoutMS: again ? 600_000 : 8_000,
    timeoutFactor: again ? 4 : 1.5,
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
  if (some) writeFileSync(file, JSON.stringify(renewed(read(file), read(latest))));
  const { text, unknown } = reportOf(read(file));
  process.stdout.write(`${name} (${kind})\n${text}\n`);
  return unknown === 0;
};

if (ofNumbers) await useNumbers();
const wanted = named.length === 0 ? Object.keys(folders) : named;
const fine: boolean[] = [];
for (const word of wanted) {
  const [name = '', ...paths] = word.split(':');
  fine.push(await run(name, paths));
}
process.exitCode = fine.every(Boolean) ? 0 : 1;
