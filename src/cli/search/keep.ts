/** Where a search keeps what it knows, so that it can be stopped and go on: a history, and the states of trials. */
import { access, rename } from 'node:fs/promises';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Search, Trial } from '../../index.ts';
import { because, readText, writeText } from '../../io/files.ts';
import { Store } from '../../workers/index.ts';
import { oldOf } from './files.ts';
import { fromText, type Known, type Subject, toText } from './kept.ts';
import { isHalving } from './settings.ts';
import { closed, moved, opened } from './states.ts';

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

/** What is known from before, where the search is to go on from it. */
const before = (path: string, subject: Subject): Effect<Known | undefined> =>
  pipe(
    readText(path),
    TE.map((text): string | undefined => text),
    TE.orElse((wrong) => (wrong.received === 'no file of that name' ? TE.right(undefined) : TE.left(wrong))),
    TE.chainEitherK((text) => (text === undefined ? E.right(undefined) : fromText(path, subject)(text))),
  );

/** Puts a history that is not gone on from aside, its states with it: where it is then, if there was one. */
export const putAside = (path: string): Effect<string | undefined> =>
  pipe(
    TE.fromTask(() =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
    TE.chain((there) =>
      there
        ? pipe(
            moved(path, oldOf(path)),
            TE.chain(() => TE.tryCatch(() => rename(path, oldOf(path)), because(path, 'a file that can be renamed'))),
            TE.map(() => oldOf(path)),
          )
        : TE.right(undefined),
    ),
  );

/** Prepares to keep a search in a file, or nowhere; one that resumes goes on from what it finds there. Fails on a history that
 * is not of this search. */
export const keeping = (path: string | null, resumes: boolean, subject: Subject): Effect<Keeping> => {
  const halves = isHalving(String(subject.search.description.kind));
  // Only what goes on from another trial needs its state after this process.
  const inFolder = halves ? path : null;
  return pipe(
    TE.Do,
    TE.bind('earlier', () => (path === null || !resumes ? TE.right(undefined) : before(path, subject))),
    TE.bind('inner', ({ earlier }) =>
      inFolder === null ? TE.right(Store.memory()) : opened(inFolder, earlier === undefined),
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
            return halves ? inner.write(trial, state) : nothing;
          },
        },
        write: (history) => (path === null ? nothing : writeText(path)(toText(subject, { history, scores: found() }))),
        finish: inFolder === null ? nothing : closed(inFolder),
      };
    }),
  );
};
