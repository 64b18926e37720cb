/**
 * A pure run of a search with a pure objective: for laws, examples and cheap functions. Several workers are played: a trial
 * takes as long as its budget adds to what it goes on from, and results arrive when they are due, those due at once in the
 * order of their numbers.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import {
  costOf,
  failed,
  finished,
  type History,
  pending,
  type Result,
  started,
  type Trial,
  trials,
} from './history.ts';
import type { Search } from './search.ts';

/** The value of a trial (smaller is better), or why it has none. What has a state goes on from that of `trial.from`. */
export type Objective<A> = (point: A, trial: Trial<A>) => E.Either<string, number>;

/** How a run is done. */
export interface RunOptions {
  /** How many trials are under way at once: 1 unless told. */
  readonly workers?: number;
  /** A run that would begin more trials than these stops there: 10 000 unless told. */
  readonly atMost?: number;
  /** How long a trial takes; what its budget adds unless told. */
  readonly duration?: (trial: { readonly number: number; readonly budget: number }, cost: number) => number;
}

interface UnderWay<A> {
  readonly trial: Trial<A>;
  readonly takes: number;
  readonly due: number;
}

const resultOf = <A>(objective: Objective<A>, trial: Trial<A>): Result =>
  pipe(
    objective(trial.point, trial),
    E.fold(
      (reason): Result => failed(trial.number, reason),
      (value): Result =>
        Number.isFinite(value) ? finished(trial.number, value) : failed(trial.number, `its value is ${value}`),
    ),
  );

/**
 * The history after a search is done, from any history: trials under way in it are run first. A value that is not finite is a
 * failed trial. Fails where the search does, where it waits though nothing is under way, on no worker, on fewer than no trials
 * and on a duration that is not finite or is below 0.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ x: Space.integer({ low: -3, high: 3 }) }),
 *   E.chain(Search.grid()),
 *   E.chain((search) => Search.run(search, { workers: 2 })(({ x }) => E.right(x * x))(Search.begin)),
 *   E.map((history) => Search.best(history)?.trial.point),
 * ) // => E.right({ x: 0 })
 * ```
 */
export const run =
  <A>(search: Search<A>, { workers = 1, atMost = 10_000, duration = (_, cost) => cost }: RunOptions = {}) =>
  (objective: Objective<A>) =>
  (from: History<A>): E.Either<Failure, History<A>> => {
    const fail = (expected: string, received: string): E.Either<Failure, never> =>
      E.left(failure('config', 'Search.run', expected, received));
    if (!(Number.isSafeInteger(workers) && workers >= 1)) return fail('at least one worker', `${workers}`);
    if (!(atMost >= 0)) return fail('atMost: a number of trials, at least 0', `${atMost}`);
    const begun = [...trials(from)];
    let [history, now] = [from, 0];
    const due = (trial: Trial<A>): UnderWay<A> => {
      const takes = duration(trial, costOf(begun, trial));
      return { trial, takes, due: now + takes };
    };
    let underWay: ReadonlyArray<UnderWay<A>> = pending(from).map(due);
    for (;;) {
      const odd = underWay.find(({ takes }) => !(Number.isFinite(takes) && takes >= 0));
      if (odd !== undefined) return fail(`a finite duration of trial ${odd.trial.number}, at least 0`, `${odd.takes}`);
      const suggestion = underWay.length >= workers ? E.right('wait' as const) : search.suggest(history);
      if (E.isLeft(suggestion)) return suggestion;
      const next = suggestion.right;
      if (typeof next === 'object' && begun.length < atMost) {
        const after = search.observe(history, started(next));
        if (E.isLeft(after)) return after;
        history = after.right;
        begun.push({ trial: next });
        underWay = [...underWay, due(next)];
        continue;
      }
      const [first, ...rest] = underWay.toSorted((a, b) => a.due - b.due || a.trial.number - b.trial.number);
      if (first === undefined)
        return next === 'wait' ? fail('a trial or the end, for nothing is under way', '"wait"') : E.right(history);
      const after = search.observe(history, resultOf(objective, first.trial));
      if (E.isLeft(after)) return after;
      history = after.right;
      now = first.due;
      underWay = rest;
    }
  };
