/** Runs a search in threads: as many trials at once as there are threads. */
import { availableParallelism } from 'node:os';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  begin,
  type Event,
  failed,
  finished,
  type History,
  pending,
  type Result,
  started,
  type Trial,
} from '../search/search/history.ts';
import { replay } from '../search/search/replay.ts';
import type { Search } from '../search/search/search.ts';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { breathe } from './breathe.ts';
import type { Answer, MakeObjective } from './objective.ts';
import { trialsModule } from './places.ts';
import { inProcess, type LoadThreads, type Pool, piscina, threaded } from './pool.ts';
import { memory, type Store } from './store.ts';

/**
 * The module whose objective is `Trial.train`: its data is a `Trial.Setup`.
 *
 * @example
 * ```ts
 * import { Workers } from 'nabla-ts/workers';
 * Workers.trials.protocol // => 'file:'
 * ```
 */
export const trials: URL = trialsModule;

/** How a search is run. */
export interface Options<A> {
  /** An ES module that exports a `MakeObjective` by default: its URL, absolute. Or the function itself, which only this process
   * can run (`threads: 0`). */
  readonly module: URL | string | MakeObjective<A>;
  /** What the objective is made of in each thread: anything that structured cloning copies. */
  readonly data?: unknown;
  /** How many trials are done at once, each in a thread: as many as there are cores unless told. 0: one after another in this
   * process. */
  readonly threads?: number;
  /** From where the search goes on: the beginning unless told. Trials that are under way in it are done first. */
  readonly history?: History<A>;
  /** Where the states are kept from which trials go on: in memory unless told. */
  readonly states?: Store;
  /** Stops the run: what has ended is kept, what is under way is dropped. */
  readonly signal?: AbortSignal;
  /** Told of every event, with the history that it ends; the run waits for it, and fails where it does. */
  readonly onEvent?: (event: Event<A>, history: History<A>) => TE.TaskEither<Failure, void>;
  /** Node's own options for the threads: those of this process unless told. */
  readonly execArgv?: readonly string[];
}

/** How a run ended. */
export interface Ran<A> {
  readonly history: History<A>;
  /** Whether it was stopped before the search was done. */
  readonly stopped: boolean;
}

const reject = (failure: Failure) => E.left(failure);

/** A trial that has been answered. */
interface Arrived<A> {
  readonly trial: Trial<A>;
  readonly answer: Answer;
}

/** Resolves with nothing as soon as a signal is given. */
const stopOf = (
  signal: AbortSignal | undefined,
): { readonly promise: Promise<undefined>; readonly end: () => void } => {
  let end = (): void => undefined;
  const promise = new Promise<undefined>((resolve) => {
    const stop = (): void => resolve(undefined);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    end = () => signal?.removeEventListener('abort', stop);
  });
  return { promise, end };
};

const resultOf = ({ number }: Trial<unknown>, answer: Exclude<Answer, { tag: 'unusable' }>): Result =>
  answer.tag === 'failed'
    ? failed(number, answer.reason)
    : Number.isFinite(answer.ended.value)
      ? finished(number, answer.ended.value)
      : failed(number, `its value is ${answer.ended.value}`);

const loop = async <A>(
  search: Search<A>,
  pool: Pool,
  { history: first = begin, states = memory(), signal, onEvent = () => TE.right(undefined) }: Options<A>,
  stop: Promise<undefined>,
): Promise<E.Either<Failure, Ran<A>>> => {
  let history: History<A> = first;
  const isStopped = (): boolean => signal?.aborted === true;
  const waiting = [...pending(first)];
  const underWay = new Map<number, Promise<E.Either<Failure, Arrived<A> | undefined>>>();
  const launch = (trial: Trial<A>): void => {
    const { from } = trial;
    const state = from === undefined ? TE.right<Failure, string | undefined>(undefined) : states.read(from);
    underWay.set(
      trial.number,
      pipe(
        state,
        // It may have been stopped while the state was read: what is not begun would be done in vain.
        TE.chainTaskK(
          (kept) => async (): Promise<Arrived<A> | undefined> =>
            isStopped() ? undefined : { trial, answer: await pool.work({ trial, state: kept }) },
        ),
      )(),
    );
  };
  const note = async (event: Event<A>): Promise<E.Either<Failure, void>> => {
    const after = search.observe(history, event);
    if (E.isLeft(after)) return after;
    history = after.right;
    return onEvent(event, history)();
  };
  for (;;) {
    if (isStopped()) return E.right({ history, stopped: true });
    const resumed = underWay.size < pool.slots ? waiting.shift() : undefined;
    if (resumed !== undefined) {
      launch(resumed);
      continue;
    }
    const next = underWay.size < pool.slots ? search.suggest(history) : E.right('wait' as const);
    if (E.isLeft(next)) return next;
    if (typeof next.right === 'object') {
      const noted = await note(started(next.right));
      if (E.isLeft(noted)) return noted;
      // Whoever was told of it may have stopped the run.
      if (!isStopped()) launch(next.right);
      continue;
    }
    if (underWay.size === 0)
      return next.right === 'done'
        ? E.right({ history, stopped: false })
        : reject(failure('config', 'Workers.run', 'a trial or the end, for nothing is under way', '"wait"'));
    const arrived = await Promise.race([stop, ...underWay.values()]);
    if (arrived === undefined) continue;
    if (E.isLeft(arrived)) return arrived;
    if (arrived.right === undefined) continue;
    const { trial, answer } = arrived.right;
    underWay.delete(trial.number);
    if (answer.tag === 'unusable') return reject(answer.failure);
    // The state first: a history never names a trial as ended whose state is still to be written.
    const kept = await states.write(trial.number, answer.tag === 'ended' ? answer.ended.state : undefined)();
    if (E.isLeft(kept)) return kept;
    const noted = await note(resultOf(trial, answer));
    if (E.isLeft(noted)) return noted;
    await breathe();
  }
};

const poolOf = <A>(
  loadThreads: LoadThreads,
  { module, data, threads = availableParallelism(), execArgv }: Options<A>,
): TE.TaskEither<Failure, Pool> => {
  const url = module instanceof URL ? module.href : module;
  if (!(Number.isSafeInteger(threads) && threads >= 0 && threads <= 1024))
    return TE.left(failure('config', 'threads', 'a whole number from 0 to 1024', quote(threads)));
  if (threads === 0) return inProcess(url, data);
  return typeof url === 'string'
    ? threaded(loadThreads, { module: url, data }, threads, execArgv)
    : TE.left(failure('config', 'threads', '0, for a function cannot be sent to a thread', `${threads}`));
};

/**
 * `run` with what makes threads in place of piscina.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import * as TE from 'fp-ts/lib/TaskEither.js';
 * import { Failure, Search, Space } from 'nabla-ts';
 * import { Workers } from 'nabla-ts/workers';
 * const missing = () => Promise.reject(new Error('no such package'));
 * const ran = await pipe(
 *   TE.fromEither(pipe(Space.make({ x: Space.choice(1, 2) }), E.chain(Search.grid()))),
 *   TE.chain((search) => Workers.runWith(missing)(search, { module: Workers.trials, threads: 2 })),
 * )();
 * E.mapLeft(Failure.show)(ran)
 * // => E.left('threads: expected the package piscina (npm install piscina), or threads: 0, received no such package')
 * ```
 */
export const runWith =
  (loadThreads: LoadThreads) =>
  <A>(search: Search<A>, options: Options<A>): TE.TaskEither<Failure, Ran<A>> =>
    pipe(
      TE.fromEither(replay(search)(options.history ?? begin)),
      TE.chain(() => poolOf(loadThreads, options)),
      TE.chain((pool) => async () => {
        const stop = stopOf(options.signal);
        try {
          return await loop(search, pool, options, stop.promise);
        } finally {
          stop.end();
          await pool.close();
        }
      }),
    );

/**
 * Runs a search until it is done or stopped, trials in threads of their own. A trial that throws, diverges or whose thread dies is a
 * failed trial, and the search goes on. Grid, random, quasi-random and synchronous halving do the same trials with any number of
 * threads. Fails on a history of another search, where the package piscina is missing (not with `threads: 0`), where the objective cannot be made, where the search
 * fails, and where a state cannot be kept. Needs Node.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import * as TE from 'fp-ts/lib/TaskEither.js';
 * import { Search, Space } from 'nabla-ts';
 * import { type Objective, Workers } from 'nabla-ts/workers';
 * const square: Objective<{ readonly x: number }> = ({ x }) => TE.right({ value: x * x });
 * const best = await pipe(
 *   TE.fromEither(pipe(Space.make({ x: Space.integer({ low: -3, high: 3 }) }), E.chain(Search.grid()))),
 *   TE.chain((search) => Workers.run(search, { module: () => TE.right(square), threads: 0 })),
 *   TE.map(({ history }) => Search.best(history)?.value),
 * )();
 * best // => E.right(0)
 * ```
 */
export const run: <A>(search: Search<A>, options: Options<A>) => TE.TaskEither<Failure, Ran<A>> = runWith(piscina);
