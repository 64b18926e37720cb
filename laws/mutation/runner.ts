/**
 * How Stryker runs this project's laws: all of them in one process, loaded anew for every mutant, so that nothing which
 * one mutant computed is left for the next, and stopped at the first law that fails. The laws that noticed other mutants
 * of a file for the least time come first.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Script } from 'node:vm';
import { INSTRUMENTER_CONSTANTS, type MutantCoverage } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { SCRIPT, TIMES } from './script.ts';

interface Test {
  readonly id: string;
  readonly run: () => Promise<void>;
}

/** What the instrumented sources read and write. */
interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

const SKIPPED = Symbol('skipped');
const skip = (): never => {
  throw SKIPPED;
};

type Body = (context: { readonly skip: () => never }) => unknown;

/** What stands for vitest while the tests load: it keeps them instead of running them. */
const collector = () => {
  const tests: Test[] = [];
  const path: string[] = [];
  const seen = new Map<string, number>();
  const it = (name: string, body: Body): void => {
    const said = [...path, name].join(' > ');
    const times = (seen.get(said) ?? 0) + 1;
    seen.set(said, times);
    tests.push({ id: times === 1 ? said : `${said} (${times})`, run: async () => void (await body({ skip })) });
  };
  const describe = (name: string, body: () => void): void => {
    path.push(name);
    body();
    path.pop();
  };
  return { tests, vitest: { describe, it, test: it, expect, vi: { setConfig: () => undefined } } };
};

/** Loads the script: every module of it is new. */
const loader = () => {
  const path = join(process.cwd(), SCRIPT);
  const source = `(function (exports, require, module, __filename) {${readFileSync(path, 'utf8')}\n})`;
  const script = new Script(source, { filename: path });
  const outside = createRequire(path);
  return (multiplier: number): readonly Test[] => {
    const { tests, vitest } = collector();
    process.env.LAWS_RUNS = String(multiplier);
    const exports = {};
    script.runInThisContext()(
      exports,
      (name: string) => (name === 'vitest' ? vitest : outside(name)),
      { exports },
      path,
    );
    return tests;
  };
};

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A law that could judge too few samples says nothing where it was given only a part of them. */
const isUndecided = (error: unknown, share: number): boolean =>
  share < 1 && said(error).includes('samples to be judged');

const resultOf = async ({ id, run }: Test, share: number): Promise<TestResult> => {
  const start = performance.now();
  const named = (): { id: string; name: string; timeSpentMs: number } => ({
    id,
    name: id,
    timeSpentMs: performance.now() - start,
  });
  try {
    await run();
    return { ...named(), status: TestStatus.Success };
  } catch (error) {
    return error === SKIPPED || isUndecided(error, share)
      ? { ...named(), status: TestStatus.Skipped }
      : { ...named(), status: TestStatus.Failed, failureMessage: said(error) };
  }
};

/** A first look takes a part of the samples: most mutants are noticed at once. */
const FIRST_LOOK = 0.2;

const runner = (): TestRunner => {
  // The one value that the sources under test and Stryker share.
  const board: Switchboard = {};
  Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: board });
  fc.configureGlobal({ endOnFailure: true });
  const multiplier = Number(process.env.LAWS_RUNS ?? 1);
  // How long each test takes is found by one process, and told to those that come after it.
  const times = new Map<string, number>();
  const learn = (): void => {
    if (times.size === 0 && existsSync(TIMES))
      for (const [id, time] of JSON.parse(readFileSync(TIMES, 'utf8'))) times.set(id, time);
  };
  const kills = new Map<string, Map<string, number>>();
  let load: ReturnType<typeof loader>;

  const noticed = async (
    { activeMutant: { id, fileName }, mutantActivation, testFilter }: MutantRunOptions,
    share: number,
  ): Promise<readonly TestResult[]> => {
    const before = kills.get(fileName) ?? new Map<string, number>();
    kills.set(fileName, before);
    const worth = (test: Test): number => ((before.get(test.id) ?? 0) + 0.1) / ((times.get(test.id) ?? 0) + 2);
    board.activeMutant = mutantActivation === 'static' ? id : undefined;
    const wanted = new Set(testFilter);
    const results: TestResult[] = [];
    try {
      const tests = load(share).filter((test) => testFilter === undefined || wanted.has(test.id));
      board.activeMutant = id;
      for (const test of [...tests].sort((a, b) => worth(b) - worth(a))) {
        const result = await resultOf(test, share);
        results.push(result);
        if (result.status === TestStatus.Failed) {
          before.set(test.id, (before.get(test.id) ?? 0) + 1);
          break;
        }
      }
    } catch (error) {
      const failureMessage = `the tests do not load: ${said(error)}`;
      results.push({ id: 'loads', name: 'loads', timeSpentMs: 0, status: TestStatus.Failed, failureMessage });
    } finally {
      board.activeMutant = undefined;
    }
    return results;
  };

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      load = loader();
    },
    dryRun: async (): Promise<DryRunResult> => {
      const mutantCoverage: MutantCoverage = { static: {}, perTest: {} };
      board.mutantCoverage = mutantCoverage;
      const results: TestResult[] = [];
      for (const test of load(multiplier)) {
        board.currentTestId = test.id;
        const result = await resultOf(test, multiplier);
        times.set(test.id, result.timeSpentMs);
        results.push(result);
      }
      board.currentTestId = undefined;
      writeFileSync(TIMES, JSON.stringify([...times]));
      return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
    },
    mutantRun: async (options): Promise<MutantRunResult> => {
      learn();
      board.hitCount = 0;
      board.hitLimit = options.hitLimit;
      const first = await noticed(options, multiplier * FIRST_LOOK);
      const tests = first.some(({ status }) => status === TestStatus.Failed)
        ? first
        : await noticed(options, multiplier);
      const endless = determineHitLimitReached(board.hitCount, options.hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: [...tests] });
    },
  };
};
runner.inject = [] as const;

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'laws', runner)];
