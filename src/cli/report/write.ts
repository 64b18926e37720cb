/** Where a report goes: `report.html` in a folder. */
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { makeable, makeDirectory, writable, writeText } from '../../io/files.ts';

const NAME = 'report.html';

/** Asks, before the work, whether a report could be written to a folder, which need not be there yet. */
export const reportable = (folder: string): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    makeable(folder),
    TE.chain(() =>
      pipe(
        writable(join(folder, NAME)),
        // No folder yet: it can be made.
        TE.orElse((wrong) => (wrong.received.startsWith('no directory') ? TE.right(undefined) : TE.left(wrong))),
      ),
    ),
  );

/** Writes a report to a folder: its path. */
export const writeReport =
  (folder: string) =>
  (html: string): TE.TaskEither<Failure.Failure, string> =>
    pipe(
      makeDirectory(folder),
      TE.chain(() => writeText(join(folder, NAME))(html)),
      TE.map(() => join(folder, NAME)),
    );
