/**
 * One search at a time on a history: two would each remove what the other is to go on from. A file beside it holds the number
 * of the process that is at it; one that was left by a process that is gone is removed.
 */
import { readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from '../../index.ts';
import { because, codeOf, makeDirectory } from '../../io/files.ts';
import { lockOf } from './files.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;

const OURS = `${process.pid}\n`;

/** What is done with a file; nothing where it is gone. */
const ifThere = <A>(act: Promise<A>): Promise<A | undefined> =>
  act.catch((error) => (codeOf(error) === 'ENOENT' ? undefined : Promise.reject(error)));

/** Whether who wrote this into a lock lives; whoever wrote anything else may. */
const lives = (holder: string): boolean => {
  // A process that is gone may have had our number: nobody else has it now.
  if (holder === OURS) return false;
  if (!/^\d+\n$/.test(holder)) return true;
  try {
    process.kill(Number(holder), 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
};

/** Removes a lock with this in it; one that another process put in its place meanwhile is put back. */
const removed = async (lock: string, holder: string): Promise<void> => {
  const aside = `${lock}.${process.pid}`;
  await rename(lock, aside);
  await ((await readFile(aside, 'utf8')) === holder ? unlink(aside) : rename(aside, lock));
};

/** Writes our number into a lock; who holds it, where another does. */
const taken = async (lock: string): Promise<string | undefined> => {
  try {
    await writeFile(lock, OURS, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const holder = await ifThere(readFile(lock, 'utf8'));
  if (holder !== undefined && lives(holder)) return holder;
  if (holder !== undefined) await ifThere(removed(lock, holder));
  return taken(lock);
};

/** Does something with a history while no other process may. Fails, saying how to go on, where one is at it already. */
export const alone =
  (history: string) =>
  <A>(act: Effect<A>): Effect<A> => {
    const lock = lockOf(history);
    const failed = because(lock, 'a file that can be written');
    return TE.bracket(
      pipe(
        makeDirectory(dirname(history)),
        TE.chain(() => TE.tryCatch(() => taken(lock), failed)),
        TE.filterOrElse(
          (holder) => holder === undefined,
          (holder) =>
            Failure.failure(
              'file',
              history,
              'a history that no other search is at',
              `one that process ${holder?.trim() || '?'} is at (where that is no search, remove ${lock})`,
            ),
        ),
      ),
      () => act,
      () => TE.tryCatch(async () => void (await ifThere(removed(lock, OURS))), failed),
    );
  };
