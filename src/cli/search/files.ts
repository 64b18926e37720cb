/** The files of a search: what it reads, what it writes and where, no two of them the same. */
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { because, creatable, target } from '../../io/files.ts';
import type { SearchCommand } from '../command.ts';
import { distinct, type Named } from '../distinct.ts';
import { reportIn } from '../report/write.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;

/** Where the history goes: where it is asked for, else beside the report. */
const historyOf = ({ history, json, out }: SearchCommand): string | null =>
  history ?? (json ? null : join(out, 'history.json'));

/** The file of the history, behind any links, so that what is kept beside it is found by whatever name it is called. */
export const historyFile = (command: SearchCommand): Effect<string | null> => {
  const path = historyOf(command);
  return path === null
    ? TE.right(null)
    : TE.tryCatch(() => target(path), because(path, 'a path that can be written to'));
};

/** The folder for the states of the trials of a history. */
export const statesOf = (history: string): string => `${history}.states`;

/** The file that says which process is at a history. */
export const lockOf = (history: string): string => `${history}.lock`;

/** Where the history of an earlier search is put, where nobody asked to go on from it. */
export const oldOf = (history: string): string => `${history}.old`;

/** What stays when a search is done. */
const results = (command: SearchCommand): readonly Named[] => {
  const { save, json, out } = command;
  const history = historyOf(command);
  return [
    ...(save === null ? [] : [{ name: '--save', path: save }]),
    ...(history === null ? [] : [{ name: command.history === null ? 'the history' : '--history', path: history }]),
    ...(json ? [] : [{ name: 'the report', path: reportIn(out) }]),
  ];
};

/** What comes and goes beside a history; where it is not gone on from, one before it is put aside. */
const beside = ({ history: asked }: SearchCommand, history: string): readonly Named[] => [
  { name: 'the states of trials', path: statesOf(history) },
  { name: 'the lock of the history', path: lockOf(history) },
  ...(asked === null
    ? [
        { name: 'the history before', path: oldOf(history) },
        { name: 'the states before', path: statesOf(oldOf(history)) },
      ]
    : []),
];

/** Asks before the work whether its results can be written, and over nothing that the search reads or keeps. */
export const canWrite = (command: SearchCommand, history: string | null): Effect<void> => {
  const stays = results(command);
  const read = [
    { name: 'SPACE', path: command.space },
    { name: '--data', path: command.data },
  ];
  return pipe(
    stays,
    TE.traverseSeqArray(({ path }) => creatable(path)),
    TE.chain(() => distinct([...stays, ...(history === null ? [] : beside(command, history))], read)),
  );
};
