/** Laws as the tests of a test runner. */
import { asked } from './asked.ts';
import type { RunOptions } from './options.ts';
import type { LawSet } from './set.ts';

/** What a test runner must offer: vitest, jest, mocha and node:test all do. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => void) => unknown;
}

/**
 * Registers a set with a test runner: one group a set, one test a law. The test of a law that is not expected to hold
 * says so in its name, with the reason.
 *
 * @example
 * ```ts
 * import { holds, lawOf, lawSet, register } from 'nabla-ts/laws';
 * const names: string[] = [];
 * const note = (name: string, body: () => void) => {
 *   names.push(name);
 *   body();
 * };
 * const odd = lawOf('odd', 'is odd', [1, 3], (n) => holds(n % 2 === 1, 'odd', `${n}`));
 * register({ describe: note, it: note })(lawSet('numbers', [odd]));
 * names // => ['numbers', 'odd']
 * ```
 */
export const register =
  (runner: Runner, options: RunOptions = {}) =>
  (set: LawSet): void => {
    const group = (of: LawSet): void => {
      runner.describe(of.name, () => {
        for (const law of of.laws) {
          const { name, notExpected } = law;
          runner.it(notExpected === undefined ? name : `${name} (not expected: ${notExpected})`, () => {
            const outcome = law.check(options);
            if (outcome.tag === 'failed') throw new Error(`\n${outcome.message}`, { cause: outcome.failure.cause });
          });
        }
        of.sets.forEach(group);
      });
    };
    group(asked(options, set));
  };
