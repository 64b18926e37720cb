/** Where the states that trials leave are kept, by the numbers of the trials. */
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { makeDirectory, writeText } from '../io/files.ts';
import { type Failure, failure } from '../tensor/failure.ts';

/**
 * Keeps states. Laws: what was written is what is read, until something else is written for the same trial; of a trial that
 * nothing was written for, nothing is read.
 */
export interface Store {
  /** The state that a trial left, where one is kept. */
  readonly read: (trial: number) => TE.TaskEither<Failure, string | undefined>;
  /** Keeps the state that a trial left; that it left none, too. */
  readonly write: (trial: number, state: string | undefined) => TE.TaskEither<Failure, void>;
}

/**
 * Keeps states in memory.
 *
 * @example
 * ```ts
 * import { pipe } from 'fp-ts/lib/function.js';
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as TE from 'fp-ts/lib/TaskEither.js';
 * import { Store } from 'nabla-ts/workers';
 * const store = Store.memory();
 * const read = pipe(store.write(3, 'after one epoch'), TE.chain(() => store.read(3)));
 * const state = await read();
 * state // => E.right('after one epoch')
 * ```
 */
export const memory = (): Store => {
  const states = new Map<number, string>();
  return {
    read: (trial) => TE.fromIO(() => states.get(trial)),
    write: (trial, state) =>
      TE.fromIO(() => {
        if (state === undefined) states.delete(trial);
        else states.set(trial, state);
      }),
  };
};

/**
 * Keeps nothing: a trial that is promoted begins anew.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Store } from 'nabla-ts/workers';
 * const state = await Store.none.read(0)();
 * state // => E.right(undefined)
 * ```
 */
export const none: Store = { read: () => TE.right(undefined), write: () => TE.right(undefined) };

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** What is done with a file, where there is one. */
const ifThere = <A>(path: string, act: () => Promise<A>): TE.TaskEither<Failure, A | undefined> =>
  TE.tryCatch(
    () => act().catch((error) => (isMissing(error) ? undefined : Promise.reject(error))),
    (error) =>
      failure('file', path, 'a file that can be read and written', error instanceof Error ? error.message : `${error}`),
  );

/**
 * Keeps each state in a file of a folder, `trial-0.json` and so on, written whole or not at all; makes the folder. Fails where it
 * cannot be made.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Store } from 'nabla-ts/workers';
 * const store = await Store.folder('package.json')();
 * E.isLeft(store) // => true
 * ```
 */
export const folder = (path: string): TE.TaskEither<Failure, Store> => {
  const fileOf = (trial: number): string => join(path, `trial-${trial}.json`);
  return pipe(
    makeDirectory(path),
    TE.map(
      (): Store => ({
        read: (trial) => ifThere(fileOf(trial), () => readFile(fileOf(trial), 'utf8')),
        write: (trial, state) =>
          state === undefined ? ifThere(fileOf(trial), () => unlink(fileOf(trial))) : writeText(fileOf(trial))(state),
      }),
    ),
  );
};
