/** The files of a command: none may be written over another, by whatever name. */
import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from '../index.ts';
import { codeOf } from '../io/files.ts';

/** A file, and what a person calls it: the option that names it, where there is one. */
export interface Named {
  readonly name: string;
  readonly path: string;
}

/** A path without links: of what is not there yet, the nearest directory that is, and the rest. */
const real = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    const directory = dirname(path);
    if (directory === path) return path;
    const whole = await real(directory);
    // A link to what is not there yet. Of links in a circle nothing is said here: they cannot be read, nor written.
    const link = codeOf(error) === 'ENOENT' ? await readlink(path).catch(() => undefined) : undefined;
    return link === undefined ? join(whole, basename(path)) : real(resolve(whole, link));
  }
};

interface Placed extends Named {
  readonly real: string;
  readonly written: boolean;
}

const placed =
  (written: boolean) =>
  async ({ name, path }: Named): Promise<Placed> => ({ name, path, real: await real(resolve(path)), written });

/** Whether to write one file is to lose another: they are one, or what is written must be a folder for the other to be in. */
const takes = (a: Placed, b: Placed): boolean => a.written && `${b.real}${sep}`.startsWith(`${a.real}${sep}`);

/** Fails where what is written would take the place of something else that is written or read, naming both. */
export const distinct = (written: readonly Named[], read: readonly Named[]): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    TE.fromTask(() => Promise.all([...written.map(placed(true)), ...read.map(placed(false))])),
    TE.chain((all) => {
      const [clash] = all.flatMap((a, i) =>
        all.slice(i + 1).flatMap((b) => (takes(a, b) || takes(b, a) ? [[a, b] as const] : [])),
      );
      if (clash === undefined) return TE.right(undefined);
      const [a, b] = clash;
      const received = `${a.path}, where ${b.name} is: ${b.path}`;
      return TE.left(Failure.failure('value', a.name, 'a file of its own', received));
    }),
  );
