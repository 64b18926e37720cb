/**
 * A law as a value: a name, a statement in words, its formula, how to draw a sample, and a predicate that answers with
 * what went wrong. Interpreters run it: `check` (results as data) and `register` (one named test a law, in any runner).
 */
import * as fc from 'fast-check';
import { code } from './code.ts';
import { checked, checkedRuns, nothingAt, type RunOptions, seedOf } from './options.ts';
import { type Excluded, isExcluded, type Verdict } from './verdict.ts';

/** How a law is tried: samples, a predicate on them, and how a sample is written as code. */
export interface Trial<A> {
  readonly arbitrary: fc.Arbitrary<A>;
  readonly predicate: (sample: A) => Verdict;
  readonly show: (sample: A) => string;
}

/** One law, closed over the type of its samples. */
export interface Law {
  readonly name: string;
  /** What it says, in words. */
  readonly statement: string;
  /** What it says, in one line of mathematics. */
  readonly formula?: string;
  /** How many samples a run draws, before the run's multiplier. */
  readonly runs: number;
  /** Why it is not expected to hold, where it is not. */
  readonly notExpected?: string;
  /** Hands out the samples and the predicate, whatever the type of the samples. */
  readonly open: <R>(use: <A>(trial: Trial<A>) => R) => R;
  readonly check: (options?: RunOptions) => Outcome;
}

/** A law that does not hold, and the smallest sample that shows it. */
export interface LawFailure {
  readonly law: string;
  readonly statement: string;
  readonly formula?: string;
  /** The sample as a line of code. */
  readonly counterexample: string;
  readonly expected: string;
  readonly received: string;
  /** Where the first difference is, for example `params[2].weight[0,3]`. */
  readonly where?: string;
  /** The tolerance and where it comes from. */
  readonly tolerance?: string;
  readonly seed: number;
  readonly path: string;
  /** How many samples were tried until it was caught. */
  readonly runs: number;
  /** What was thrown, where something was. */
  readonly cause?: unknown;
}

/** How trying a law ended. */
export type Outcome =
  | {
      readonly tag: 'held';
      readonly runs: number;
      /** How many samples could not be judged, by reason. */
      readonly excluded: Readonly<Record<string, number>>;
    }
  | { readonly tag: 'failed'; readonly failure: LawFailure; readonly message: string }
  | { readonly tag: 'skipped'; readonly reason: string };

/** A failure as text: the law, its shrunk counterexample, both sides, and how to see it again. */
const messageOf = (failure: LawFailure): string => {
  const { law: name, statement, formula, counterexample, expected, received, where, tolerance, seed, path } = failure;
  return [
    `law       ${name}`,
    `states    ${statement}`,
    ...(formula === undefined ? [] : [`formula   ${formula}`]),
    `sample    ${counterexample}`,
    `expected  ${expected}`,
    `received  ${received}`,
    ...(where === undefined ? [] : [`at        ${where}`]),
    ...(tolerance === undefined ? [] : [`tolerance ${tolerance}`]),
    `replay    seed ${seed}, path ${JSON.stringify(path)}; caught after ${failure.runs} ${failure.runs === 1 ? 'sample' : 'samples'}`,
  ].join('\n');
};

const failed = (failure: LawFailure): Outcome => ({ tag: 'failed', failure, message: messageOf(failure) });

type Caught<A> = {
  readonly sample: A;
  readonly verdict: Exclude<Verdict, Excluded | undefined>;
  readonly cause?: unknown;
};

/** The verdict on a sample; what a value throws is received in place of what was expected. */
const judge = <A>({ predicate }: Trial<A>, sample: A): Caught<A> | Excluded | undefined => {
  try {
    const verdict = predicate(sample);
    return verdict === undefined || isExcluded(verdict) ? verdict : { sample, verdict };
  } catch (cause) {
    if (fc.PreconditionFailure.isFailure(cause)) throw cause;
    const received = `it threw: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { sample, verdict: { expected: 'an answer', received }, cause };
  }
};

const isCaught = <A>(judged: Caught<A> | Excluded): judged is Caught<A> => 'verdict' in judged;

const total = (excluded: Readonly<Record<string, number>>): number =>
  Object.values(excluded).reduce((sum, n) => sum + n, 0);

interface Known {
  readonly name: string;
  readonly statement: string;
  readonly formula?: string;
}

/** What a run at a path gives; fast-check throws where the path leads nowhere. */
const found = <A>(run: () => A, words: string): A => {
  try {
    return run();
  } catch (cause) {
    throw new RangeError(words, { cause });
  }
};

/** Tries a law on random samples. */
const attempt =
  <A>(known: Known, trial: Trial<A>, runs: number) =>
  (options: RunOptions = {}): Outcome => {
    const { seed, multiplier, path } = checked(options);
    const numRuns = Math.max(1, Math.round(runs * multiplier));
    const excluded: Record<string, number> = {};
    // The last sample that failed is the one that shrinking ends with.
    let last: Caught<A> | undefined;
    const property = fc.property(trial.arbitrary, (sample) => {
      const judged = judge(trial, sample);
      if (judged === undefined) return true;
      if (isCaught(judged)) {
        last = judged;
        return false;
      }
      excluded[judged.excluded] = (excluded[judged.excluded] ?? 0) + 1;
      return true;
    });
    const run = () =>
      fc.check(property, { seed: seedOf(known.name, seed), numRuns, ...(path === undefined ? {} : { path }) });
    const details = path === undefined ? run() : found(run, nothingAt(known.name, { seed, path }));
    const named = {
      law: known.name,
      statement: known.statement,
      ...(known.formula === undefined ? {} : { formula: known.formula }),
      seed,
      path: details.counterexamplePath ?? '',
    };
    if (last !== undefined)
      return failed({
        ...named,
        counterexample: trial.show(last.sample),
        ...last.verdict,
        runs: details.numRuns,
        ...('cause' in last ? { cause: last.cause } : {}),
      });
    const out = total(excluded);
    if (details.failed || 2 * out > numRuns)
      return failed({
        ...named,
        counterexample: 'none',
        expected: `at least half of ${numRuns} samples to be judged`,
        received: details.failed
          ? `${details.numSkips} were skipped`
          : `${out} were excluded: ${Object.keys(excluded).join('; ')}`,
        runs: numRuns,
      });
    return { tag: 'held', runs: numRuns, excluded };
  };

/** How a law is printed and how often it is tried. */
export interface LawOptions<A> {
  /** 100 unless given. */
  readonly runs?: number;
  /** A sample as code; `code` unless given. */
  readonly show?: (sample: A) => string;
  readonly formula?: string;
}

/**
 * A law from its name, its statement, its samples and its predicate.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { law, same } from 'nabla-ts/laws';
 * const commutes = law('addition commutes', 'the order does not matter', fc.tuple(fc.double(), fc.double()), ([a, b]) =>
 *   same(a + b, b + a),
 * );
 * commutes.check({ seed: 7 }).tag // => 'held'
 * ```
 */
export const law = <A>(
  name: string,
  statement: string,
  arbitrary: fc.Arbitrary<A>,
  predicate: (sample: A) => Verdict,
  { runs = 100, show = code, formula }: LawOptions<A> = {},
): Law => {
  const trial: Trial<A> = { arbitrary, predicate, show };
  const known: Known = { name, statement, ...(formula === undefined ? {} : { formula }) };
  return Object.freeze({
    ...known,
    runs: checkedRuns(name, runs),
    open: <R>(use: <B>(trial: Trial<B>) => R): R => use<A>(trial),
    check: attempt(known, trial, runs),
  });
};

/**
 * A law about finitely many cases, each checked once whatever the number of runs.
 *
 * @example
 * ```ts
 * import { holds, lawOf } from 'nabla-ts/laws';
 * const small = lawOf('squares grow', 'n² ≥ n', [1, 2, 3], (n) => holds(n * n >= n, 'n² ≥ n', `${n * n} for ${n}`));
 * small.check().tag // => 'held'
 * ```
 */
export const lawOf = <A>(
  name: string,
  statement: string,
  cases: readonly A[],
  predicate: (sample: A) => Verdict,
  { show = code, formula }: Pick<LawOptions<A>, 'show' | 'formula'> = {},
): Law => {
  const trial: Trial<A> = { arbitrary: fc.constantFrom(...cases), predicate, show };
  const known: Known = { name, statement, ...(formula === undefined ? {} : { formula }) };
  return Object.freeze({
    ...known,
    runs: cases.length,
    open: <R>(use: <B>(trial: Trial<B>) => R): R => use<A>(trial),
    check: (options: RunOptions = {}): Outcome => {
      const { seed, path } = checked(options);
      const excluded: Record<string, number> = {};
      const asked = [...cases.entries()].filter(([index]) => path === undefined || path === `case ${index}`);
      if (asked.length === 0) throw new RangeError(nothingAt(name, { seed, path: path ?? '' }));
      for (const [index, sample] of asked) {
        const judged = judge(trial, sample);
        if (judged === undefined) continue;
        if (isCaught(judged))
          return failed({
            law: name,
            statement,
            ...(formula === undefined ? {} : { formula }),
            counterexample: show(sample),
            ...judged.verdict,
            seed,
            path: `case ${index}`,
            runs: index + 1,
            ...('cause' in judged ? { cause: judged.cause } : {}),
          });
        excluded[judged.excluded] = (excluded[judged.excluded] ?? 0) + 1;
      }
      return { tag: 'held', runs: asked.length, excluded };
    },
  });
};

/**
 * A law that is not expected to hold, and why.
 *
 * @example
 * ```ts
 * import { holds, lawOf, skipped } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'is odd', [1, 2], (n) => holds(n % 2 === 1, 'odd', `${n}`));
 * skipped(odd, 'some are even').check() // => { tag: 'skipped', reason: 'some are even' }
 * ```
 */
export const skipped = (of: Law, reason: string): Law =>
  Object.freeze({ ...of, notExpected: reason, check: (): Outcome => ({ tag: 'skipped', reason }) });
