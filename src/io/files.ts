/**
 * Files as effects that may fail. What is written is whole or not written at all: the text goes to a new file beside the
 * old one, which then takes its name.
 */
import { access, constants, lstat, mkdir, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as Failure from '../tensor/failure.ts';

/** The system's code of an error. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);

/** What the system's error codes mean to a person. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'no file of that name',
  EISDIR: 'a directory',
  ENOTDIR: 'a path that leads through a file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a read-only disk',
  ENOSPC: 'a full disk',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'links that lead in a circle',
  ERR_FS_FILE_TOO_LARGE: 'a file of more than 2 GiB',
};

/** What the system said of a path, as a failure. */
export const because =
  (path: string, expected: string) =>
  (error: unknown): Failure.Failure =>
    Failure.failure('file', path, expected, MEANINGS[codeOf(error)] ?? codeOf(error));

/** What a file holds. Fails where there is none, where it is a directory, and where it may not be read. */
export const readBytes = (path: string): TE.TaskEither<Failure.Failure, Uint8Array> =>
  TE.tryCatch(() => readFile(path), because(path, 'a file that can be read'));

/** What a file holds, as text in UTF-8. Fails as `readBytes` does, and on bytes that are not UTF-8. */
export const readText = (path: string): TE.TaskEither<Failure.Failure, string> =>
  pipe(
    readBytes(path),
    TE.chainEitherK((bytes) =>
      E.tryCatch(
        () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
        () => Failure.failure('parse', path, 'text in UTF-8', 'bytes that are not'),
      ),
    ),
  );

/** Makes a directory and those above it; one that is there already will do. */
export const makeDirectory = (path: string): TE.TaskEither<Failure.Failure, void> =>
  TE.tryCatch(
    async () => void (await mkdir(path, { recursive: true })),
    (error) =>
      codeOf(error) === 'EEXIST'
        ? Failure.failure('file', path, 'a directory', 'a file of that name')
        : because(path, 'a directory that can be made')(error),
  );

/** The file that a path names, behind any links; the path itself where it is no link, or there is no file yet. */
export const target = async (path: string): Promise<string> => {
  try {
    return (await lstat(path)).isSymbolicLink() ? await realpath(path) : path;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return path;
    throw error;
  }
};

const regular = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
};

/** Asks, before the work that it is the result of, whether a text could be written: its directory is there and may be
 * written to, and nothing but a file has its name. */
export const writable = (path: string): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    TE.tryCatch(
      async () => {
        const file = await target(path);
        await access(dirname(file), constants.W_OK);
        return (await stat(dirname(file))).isDirectory() && (await regular(file));
      },
      (error) =>
        codeOf(error) === 'ENOENT'
          ? Failure.failure('file', path, 'a directory to write in', `no directory ${Failure.quote(dirname(path))}`)
          : because(path, 'a path that can be written to')(error),
    ),
    TE.filterOrElse(
      (free) => free,
      () => Failure.failure('file', path, 'a file, or a name that is free', 'something that is no file'),
    ),
    TE.asUnit,
  );

/** The nearest directory that is there, from a path upwards. */
const nearest = async (path: string): Promise<string> => {
  try {
    await stat(path);
    return path;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return nearest(dirname(path));
  }
};

/** Asks whether a directory is there, or could be made, and written in; makes none. */
export const makeable = (path: string): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    TE.tryCatch(
      async () => {
        const found = await nearest(path);
        await access(found, constants.W_OK);
        return (await stat(found)).isDirectory();
      },
      because(path, 'a directory that can be written in'),
    ),
    TE.filterOrElse(
      (directory) => directory,
      () => Failure.failure('file', path, 'a directory', 'a path that leads through a file'),
    ),
    TE.asUnit,
  );

/** Asks whether a file could be written once the directories that it is to lie in are made; makes none. */
export const creatable = (path: string): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    makeable(dirname(path)),
    TE.chain(() =>
      pipe(
        writable(path),
        TE.orElse((wrong) => (wrong.received.startsWith('no directory') ? TE.right(undefined) : TE.left(wrong))),
      ),
    ),
  );

/** Writes a text in UTF-8, whole or not at all. Fails as `writable` does, and where the disk does. */
export const writeText =
  (path: string) =>
  (text: string): TE.TaskEither<Failure.Failure, void> =>
    pipe(
      writable(path),
      TE.chain(() =>
        TE.tryCatch(
          async () => {
            const file = await target(path);
            const draft = join(dirname(file), `.${process.pid}.${Date.now()}.draft`);
            try {
              await writeFile(draft, text, { flag: 'wx' });
              await rename(draft, file);
            } catch (error) {
              await unlink(draft).catch(() => undefined);
              throw error;
            }
          },
          because(path, 'a path that can be written to'),
        ),
      ),
    );
