/** Where trials are done: in this process, or in threads. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { load, makeWork, messageOf, type Work } from './load.ts';
import type { Answer } from './objective.ts';
import { OURS, type ThreadData, threadProgram } from './places.ts';

/** Does trials, several at once; `close` ends those that are under way. */
export interface Pool {
  readonly slots: number;
  readonly work: Work;
  readonly close: () => Promise<void>;
}

/** The part of piscina that is used. */
export interface Threads {
  readonly run: (task: unknown) => Promise<unknown>;
  readonly destroy: () => Promise<void>;
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown;
  /** Those that run. */
  readonly threads: { readonly length: number };
}

/** The part of its options that is used. */
export interface ThreadOptions {
  readonly filename: string;
  readonly minThreads: number;
  readonly maxThreads: number;
  readonly atomics: 'disabled';
  readonly recordTiming: boolean;
  readonly workerData: { readonly [OURS]: ThreadData };
  readonly execArgv?: string[];
}

/** Loads piscina: what makes threads. */
export type LoadThreads = () => Promise<(options: ThreadOptions) => Threads>;

/** The package piscina, where it is installed. */
export const piscina: LoadThreads = async () => {
  const { Piscina } = await import('piscina');
  return (options) => new Piscina(options);
};

/** A pool of this process, one trial at a time. */
export const inProcess = (module: unknown, data: unknown): TE.TaskEither<Failure, Pool> => {
  const controller = new AbortController();
  const { signal } = controller;
  return pipe(
    async () => (typeof module === 'string' ? load(module, data, signal) : makeWork('objective', module, data, signal)),
    TE.map((work) => ({ slots: 1, work, close: async () => controller.abort() })),
  );
};

// What our own thread answers was made by `load`, whose type it is.
const isAnswer = (u: unknown): u is Answer => typeof u === 'object' && u !== null && 'tag' in u;

/** Answers as soon as threads no longer start: trials would wait for ever. */
const brokenOf = (threads: Threads): Promise<Answer> =>
  new Promise((resolve) => {
    // A thread that dies in no trial says so here too; while there are others, or a new one in its place, that is no harm.
    threads.on('error', ({ message }) => {
      if (threads.threads.length === 0)
        resolve({ tag: 'unusable', failure: failure('file', 'threads', 'threads that start', message) });
    });
  });

const workOf = (threads: Threads): Work => {
  const broken = brokenOf(threads);
  return async (task) => {
    try {
      const answer = await Promise.race([threads.run(task), broken]);
      return isAnswer(answer) ? answer : { tag: 'failed', reason: 'its thread gave no answer' };
    } catch (error) {
      return { tag: 'failed', reason: `its thread died: ${messageOf(error)}` };
    }
  };
};

/** A pool of threads. Fails, saying what to install, where piscina is missing. */
export const threaded = (
  loadThreads: LoadThreads,
  given: ThreadData,
  slots: number,
  execArgv: readonly string[] | undefined,
): TE.TaskEither<Failure, Pool> =>
  pipe(
    TE.tryCatch(loadThreads, (error) =>
      failure(
        'file',
        'threads',
        'the package piscina (npm install piscina), or threads: 0',
        error instanceof Error ? error.message : `${error}`,
      ),
    ),
    TE.chainEitherK((make) =>
      E.tryCatch(
        () => {
          const threads = make({
            filename: threadProgram.href,
            minThreads: slots,
            maxThreads: slots,
            atomics: 'disabled',
            recordTiming: false,
            workerData: { [OURS]: given },
            ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
          });
          return { slots, work: workOf(threads), close: () => threads.destroy() };
        },
        (error) => failure('config', 'threads', 'data that can be sent to a thread', messageOf(error)),
      ),
    ),
  );
