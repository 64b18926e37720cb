/**
 * A law as a value: a name, a statement in words, how to draw a sample, and a predicate that answers with what went
 * wrong. Interpreters run it: `check` (results as data) and `register` (one named test a law, in any runner).
 */
import * as fc from 'fast-check';

/** What a predicate answers: `undefined` when the law holds, else both sides in words. */
export type Verdict = Disagreement | undefined;
export interface Disagreement {
  readonly expected: string;
  readonly received: string;
  /** Where the first difference is, for example `params[2].weight[0,3]`. */
  readonly where?: string;
  /** The tolerance and where it comes from. */
  readonly tolerance?: string;
}

/** One law, closed over the type of its samples. */
export interface Law {
  readonly name: string;
  readonly statement: string;
  /** How many samples a run draws, before the run's multiplier. */
  readonly runs: number;
  readonly check: (options: RunOptions) => Outcome;
}

export interface RunOptions {
  /** Which samples are drawn; every law mixes its own name into it. */
  readonly seed: number;
  /** Multiplies every law's own number of samples. */
  readonly multiplier: number;
}

export type Outcome =
  | { readonly tag: 'held'; readonly runs: number }
  | { readonly tag: 'failed'; readonly message: string };

/** A named, nested set of laws. */
export interface LawSet {
  readonly name: string;
  readonly laws: readonly Law[];
  readonly sets: readonly LawSet[];
}

/** FNV-1a, so that a law's samples do not depend on which laws stand before it. */
const hash = (text: string): number =>
  [...text].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);

const show = (d: Disagreement): string =>
  [
    `  expected  ${d.expected}`,
    `  received  ${d.received}`,
    ...(d.where === undefined ? [] : [`  at        ${d.where}`]),
    ...(d.tolerance === undefined ? [] : [`  tolerance ${d.tolerance}`]),
  ].join('\n');

/** A law from its name, its statement, its samples and its predicate. */
export const law = <A>(
  name: string,
  statement: string,
  arbitrary: fc.Arbitrary<A>,
  predicate: (sample: A) => Verdict,
  options: { readonly runs?: number; readonly show?: (sample: A) => string } = {},
): Law => {
  const runs = options.runs ?? 100;
  const print = options.show ?? ((sample: A) => fc.stringify(sample));
  return Object.freeze({
    name,
    statement,
    runs,
    check: ({ seed, multiplier }: RunOptions): Outcome => {
      const numRuns = Math.max(1, Math.round(runs * multiplier));
      const details = fc.check(
        fc.property(arbitrary, (sample) => {
          const verdict = predicate(sample);
          if (verdict !== undefined) throw new Error(show(verdict));
        }),
        { seed: hash(name) ^ seed, numRuns },
      );
      if (!details.failed) return { tag: 'held', runs: numRuns };
      const sample = details.counterexample?.[0];
      const thrown = details.errorInstance;
      return {
        tag: 'failed',
        message: [
          `law       ${name}`,
          `states    ${statement}`,
          ...(sample === undefined ? [] : [`sample    ${print(sample)}`]),
          thrown instanceof Error && thrown.message.startsWith('  expected')
            ? thrown.message
            : `  threw     ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
          `replay    LAWS_SEED=${seed} LAWS_RUNS=${multiplier} (path ${details.counterexamplePath ?? '–'})`,
        ].join('\n'),
      };
    },
  });
};

/** A law about finitely many cases, each checked once whatever the number of runs. */
export const lawOf = <A>(
  name: string,
  statement: string,
  cases: readonly A[],
  predicate: (sample: A) => Verdict,
): Law =>
  Object.freeze({
    name,
    statement,
    runs: cases.length,
    check: (): Outcome => {
      for (const sample of cases) {
        const verdict = predicate(sample);
        if (verdict !== undefined)
          return {
            tag: 'failed',
            message: [
              `law       ${name}`,
              `states    ${statement}`,
              `sample    ${fc.stringify(sample)}`,
              show(verdict),
            ].join('\n'),
          };
      }
      return { tag: 'held', runs: cases.length };
    },
  });

/** A named set of laws. */
export const lawSet = (name: string, laws: readonly Law[], sets: readonly LawSet[] = []): LawSet =>
  Object.freeze({ name, laws, sets });

/** Holds when two values are the same (`Object.is`, so +0 is not −0 and NaN is NaN). */
export const same = (expected: unknown, received: unknown, where?: string): Verdict =>
  Object.is(expected, received)
    ? undefined
    : { expected: fc.stringify(expected), received: fc.stringify(received), ...(where === undefined ? {} : { where }) };

/** Holds when a condition does. */
export const holds = (condition: boolean, expected: string, received: string): Verdict =>
  condition ? undefined : { expected, received };

/** The first disagreement of several. */
export const all = (...verdicts: readonly Verdict[]): Verdict => verdicts.find((v) => v !== undefined);

/** The outcomes of every law of a set, in order, with their paths. */
export const check = (
  set: LawSet,
  options: RunOptions = { seed: 0, multiplier: 1 },
): ReadonlyArray<{ readonly path: readonly string[]; readonly outcome: Outcome }> => [
  ...set.laws.map((l) => ({ path: [set.name, l.name], outcome: l.check(options) })),
  ...set.sets.flatMap((inner) =>
    check(inner, options).map(({ path, outcome }) => ({ path: [set.name, ...path], outcome })),
  ),
];

/** What a test runner must offer: vitest, jest, mocha and node:test all do. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => void) => unknown;
}

/** Registers a set with a test runner: one group a set, one test a law. */
export const register =
  (runner: Runner, options: RunOptions) =>
  (set: LawSet): void => {
    runner.describe(set.name, () => {
      for (const l of set.laws)
        runner.it(l.name, () => {
          const outcome = l.check(options);
          if (outcome.tag === 'failed') throw new Error(`\n${outcome.message}`);
        });
      for (const inner of set.sets) register(runner, options)(inner);
    });
  };
