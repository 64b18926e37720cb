/** Where a report goes: `report.html` in a folder. */
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { creatable, makeDirectory, writeText } from '../../io/files.ts';

/** The file of a report. */
export const reportIn = (folder: string): string => join(folder, 'report.html');

/** Asks, before the work, whether a report could be written to a folder, which need not be there yet. */
export const reportable = (folder: string): TE.TaskEither<Failure.Failure, void> => creatable(reportIn(folder));

/** Writes a report to a folder: its path. */
export const writeReport =
  (folder: string) =>
  (html: string): TE.TaskEither<Failure.Failure, string> =>
    pipe(
      makeDirectory(folder),
      TE.chain(() => writeText(reportIn(folder))(html)),
      TE.map(() => reportIn(folder)),
    );
