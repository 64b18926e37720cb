/**
 * The folder beside a history in which the states of its trials are kept until the search is done. It may lie where other
 * files are, so it carries a mark: one without it is not touched, and of one with it only what a search writes is removed.
 */
import { readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from '../../index.ts';
import { makeDirectory, writeText } from '../../io/files.ts';
import { Store } from '../../workers/index.ts';
import { statesOf } from './files.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;

const MARK = 'nabla-search.txt';
const MARKED = 'The states of the trials of a search by nabla, until it is done: it removes them then.\n';
/** What is written here: states, and drafts of them where the process ended in the midst. */
const OURS = /^trial-\d+\.json$|^\.\d+\.\d+\.draft$/;

const tried = <A>(folder: string, expected: string, act: () => Promise<A>): Effect<A> =>
  TE.tryCatch(act, (error) =>
    Failure.failure('file', folder, expected, error instanceof Error ? error.message : `${error}`),
  );

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const namesIn = (folder: string): Effect<readonly string[]> =>
  tried(folder, 'a folder that can be read', () =>
    readdir(folder).catch((error) => (isMissing(error) ? [] : Promise.reject(error))),
  );

/** Removes what a search wrote, its mark last, and the folder where nothing else is in it. */
const removed =
  (folder: string) =>
  (names: readonly string[]): Effect<void> =>
    tried(folder, 'a folder that can be emptied', async () => {
      for (const name of names.filter((one) => OURS.test(one))) await unlink(join(folder, name));
      if (names.includes(MARK)) await unlink(join(folder, MARK));
      // A folder that holds more, or a link to one, stays.
      await rmdir(folder).catch(() => undefined);
    });

const inOurs = (folder: string): Effect<readonly string[]> =>
  pipe(
    namesIn(folder),
    TE.filterOrElse(
      (names) => names.length === 0 || names.includes(MARK),
      ([first]) =>
        Failure.failure(
          'file',
          folder,
          'a folder for the states of trials: empty, or of a search before',
          `one of other files, such as ${Failure.quote(first)}`,
        ),
    ),
  );

/** The states of a history, empty where a search begins; their folder is made. Fails where it is there already and not ours. */
export const opened = (history: string, begins: boolean): Effect<Store.Store> => {
  const folder = statesOf(history);
  return pipe(
    makeDirectory(folder),
    TE.chain(() => inOurs(folder)),
    TE.chain((names) => (begins ? removed(folder)(names) : TE.right(undefined))),
    TE.chain(() => Store.folder(folder)),
    TE.chainFirst(() => writeText(join(folder, MARK))(MARKED)),
    TE.map(
      (store): Store.Store => ({
        ...store,
        // Without it the trial would begin anew, and what was trained be trained twice.
        read: (trial) =>
          pipe(
            store.read(trial),
            TE.filterOrElse(
              (state) => state !== undefined,
              () =>
                Failure.failure(
                  'file',
                  folder,
                  `the state that trial ${trial} left, to go on from it`,
                  `none: the search can only begin anew, without the file ${history}`,
                ),
            ),
          ),
      }),
    ),
  );
};

/** Removes the states of a history, and their folder where nothing else is in it. */
export const closed = (history: string): Effect<void> =>
  pipe(namesIn(statesOf(history)), TE.chain(removed(statesOf(history))));

/** Makes the states of a history, where it has any, those of another, whose own are removed. */
export const moved = (history: string, other: string): Effect<void> => {
  const [from, to] = [statesOf(history), statesOf(other)];
  return pipe(
    inOurs(from),
    TE.chainFirst(() => pipe(inOurs(to), TE.chain(removed(to)))),
    TE.chain((names) =>
      names.length === 0 ? TE.right(undefined) : tried(from, 'a folder that can be moved', () => rename(from, to)),
    ),
  );
};
