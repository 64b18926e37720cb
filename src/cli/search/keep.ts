/** Where a search keeps what it knows, so that it can be stopped and go on: a history, and the states of trials. */
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Search, Trial } from '../../index.ts';
import { makeDirectory, readText, writable, writeText } from '../../io/files.ts';
import { Store } from '../../workers/index.ts';
import type { SearchCommand } from '../command.ts';
import { fromText, type Known, type Subject, toText } from './kept.ts';
import { isHalving } from './settings.ts';
import { closed, folderOf, opened } from './states.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;
const nothing: Effect<void> = TE.right(undefined);

/** What a search knows, and where it puts what it learns. */
export interface Keeping {
  readonly known: Known;
  /** Whether any of it was there before. */
  readonly resumed: boolean;
  readonly states: Store.Store;
  /** What was measured so far in each fold, by the number of the trial. */
  readonly scores: () => Known['scores'];
  readonly write: (history: Known['history']) => Effect<void>;
  /** When nothing is to go on: the states are of no more use. */
  readonly finish: Effect<void>;
  /** The file of the history. */
  readonly path: string | null;
}

const fresh: Known = { history: Search.begin, scores: {} };

/** Where the history goes: where it is asked for, else beside the report. */
export const pathOf = ({ history, json, out }: Pick<SearchCommand, 'history' | 'json' | 'out'>): string | null =>
  history ?? (json ? null : join(out, 'history.json'));

/** What is known from before. One that nobody asked for is not gone on from. */
const before = ({ history }: Pick<SearchCommand, 'history'>, subject: Subject): Effect<Known | undefined> =>
  history === null
    ? TE.right(undefined)
    : pipe(
        writable(history),
        TE.chain(() => readText(history)),
        TE.map((text): string | undefined => text),
        TE.orElse((wrong) => (wrong.received === 'no file of that name' ? TE.right(undefined) : TE.left(wrong))),
        TE.chainEitherK((text) => (text === undefined ? E.right(undefined) : fromText(history, subject)(text))),
      );

/** Prepares to keep a search. Fails where its history cannot be written, and on one that is not of this search. */
export const keeping = (command: SearchCommand, subject: Subject): Effect<Keeping> => {
  const path = pathOf(command);
  // Only what goes on from another trial needs its state after this process.
  const folder = path === null || !isHalving(String(subject.search.description.kind)) ? null : folderOf(path);
  return pipe(
    TE.Do,
    TE.bind('earlier', () => before(command, subject)),
    TE.bind('inner', ({ earlier }) =>
      folder === null ? TE.right(Store.memory()) : opened(folder, earlier === undefined),
    ),
    TE.map(({ earlier, inner }): Keeping => {
      const known = earlier ?? fresh;
      const scores = new Map(Object.entries(known.scores));
      const found = (): Known['scores'] => Object.fromEntries(scores);
      return {
        known,
        resumed: earlier !== undefined,
        path,
        scores: found,
        states: {
          ...inner,
          write: (trial, state) => {
            const summary = state === undefined ? undefined : Trial.read(state);
            if (summary !== undefined && E.isRight(summary)) scores.set(String(trial), summary.right.scores);
            return isHalving(String(subject.search.description.kind)) ? inner.write(trial, state) : nothing;
          },
        },
        write: (history) =>
          path === null
            ? nothing
            : pipe(
                command.history === null ? makeDirectory(command.out) : nothing,
                TE.chain(() => writeText(path)(toText(subject, { history, scores: found() }))),
              ),
        finish: folder === null ? nothing : closed(folder),
      };
    }),
  );
};
