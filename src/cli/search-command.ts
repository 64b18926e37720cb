/** `nabla search`: reads a space and a table, tries hyperparameters, and shows what they came to. */
import * as E from 'fp-ts/lib/Either.js';
import { identity, pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, Failure, Key, Search, Trial } from '../index.ts';
import { readBytes, readText } from '../io/files.ts';
import { Workers } from '../workers/index.ts';
import type { SearchCommand } from './command.ts';
import { writeReport } from './report/write.ts';
import type { Status } from './run.ts';
import { blamed, checkPoints, checkSearch } from './search/check.ts';
import { inFile, readSearchFile, type SearchFile } from './search/file.ts';
import { canWrite, historyFile } from './search/files.ts';
import { type Keeping, keeping, putAside } from './search/keep.ts';
import { fingerprint, type Subject } from './search/kept.ts';
import { alone } from './search/lock.ts';
import { counted, results, type Searched, summary } from './search/outcome.ts';
import { searchPage } from './search/page.ts';
import { watched } from './search/progress.ts';
import { saveBest } from './search/save.ts';
import { searchOf } from './search/settings.ts';
import { type Prepared, prepare } from './search/table.ts';
import { threadsOf } from './search/threads.ts';
import type { World } from './world.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;
const nothing: Effect<void> = TE.right(undefined);

const FOLDS = 5;

const setupOf = ({ features, targets, classes, folds }: Prepared, file: SearchFile, key: Key.Key): Trial.Setup => ({
  task: classes === undefined ? { kind: 'regression' } : { kind: 'classification', classes: classes.length },
  inputs: features,
  targets,
  folds,
  settings: file.settings,
  key,
  ...(file.scaling === undefined ? {} : { scaling: file.scaling }),
  ...(file.measure === undefined ? {} : { measure: file.measure }),
});

interface Asked {
  readonly subject: Subject;
  readonly prepared: Prepared;
  readonly setup: Trial.Setup;
}

/** All that is asked for, read and checked. */
const read = (command: SearchCommand): Effect<Asked> => {
  const root = Key.fromSeed(command.seed);
  const [searching = root, folding = root, training = root] = Key.split(3)(root);
  return pipe(
    TE.Do,
    TE.bind('file', () => pipe(readText(command.space), TE.chainEitherK(readSearchFile(command.space)))),
    TE.bind('search', ({ file }) =>
      TE.fromEither(
        pipe(
          searchOf(file, command, searching),
          E.chainFirst((search) => checkSearch(search)),
          E.mapLeft(blamed(command)),
        ),
      ),
    ),
    TE.bind('bytes', () => readBytes(command.data)),
    TE.let('folds', ({ file }) => command.folds ?? file.folds ?? FOLDS),
    TE.bind('prepared', ({ bytes, folds }) =>
      TE.fromEither(
        pipe(
          bytes,
          Data.parseCsv({ source: command.data, skipLines: command.skipLines }),
          E.chain(prepare(command, folds, folding)),
        ),
      ),
    ),
    TE.let('setup', ({ prepared, file }) => setupOf(prepared, file, training)),
    TE.bind('problem', ({ setup }) => TE.fromEither(pipe(Trial.problem(setup), E.mapLeft(inFile(command.space))))),
    TE.chainFirst(({ file, problem }) =>
      TE.fromEither(pipe(checkPoints(file, problem, searching), E.mapLeft(inFile(command.space)))),
    ),
    TE.map(({ search, file, bytes, folds, prepared, setup, problem }) => ({
      prepared,
      setup,
      subject: {
        search,
        settings: file.settings,
        measure: problem.measure,
        scaling: file.scaling ?? 'standardise',
        folds,
        seed: command.seed,
        target: prepared.schema.target.name,
        table: fingerprint(bytes),
      },
    })),
  );
};

/** Runs the search, keeping what ended after each trial. */
const searched = (
  world: World,
  command: SearchCommand,
  { subject, prepared, setup }: Asked,
  kept: Keeping,
  threads: number,
): Effect<Searched> => {
  const bar = watched(world, subject);
  const controller = new AbortController();
  const release = world.onInterrupt(() => controller.abort());
  return pipe(
    Workers.run(subject.search, {
      module: Workers.trials,
      data: setup,
      threads,
      history: kept.known.history,
      states: kept.states,
      signal: controller.signal,
      onEvent: (event, history) => {
        if (event.tag === 'started') return nothing;
        bar.update(history);
        return kept.write(history);
      },
    }),
    TE.chainFirst(({ history }) => kept.write(history)),
    TE.bimap(
      (wrong) => {
        release();
        return wrong;
      },
      ({ history, stopped }): Searched => {
        release();
        bar.end(history, stopped);
        return { source: command.data, subject, prepared, history, stopped, scores: kept.scores() };
      },
    ),
  );
};

/** Why a search came to nothing. */
const fruitless = (space: string, { history }: Searched): Failure.Failure => {
  const [first] = history.events.flatMap((event) => (event.tag === 'failed' ? [event] : []));
  return Failure.failure(
    'value',
    space,
    'a trial that ends with a value',
    `${counted(history).failed} without one, the first because: ${first?.reason ?? 'none ended'}`,
  );
};

const told = (world: World, command: SearchCommand, found: Searched, begun: number): Effect<void> =>
  command.json
    ? TE.fromIO(() =>
        world.print(
          `${JSON.stringify({ ...results(found), timings: { total: Math.round(world.now() - begun) / 1000 } })}\n`,
        ),
      )
    : pipe(
        searchPage(found),
        TE.chain(writeReport(command.out)),
        TE.chainIOK((path) => () => {
          world.print(summary(found));
          world.print(`report    ${path}\n`);
        }),
      );

/** How to go on after an interrupt. */
const resuming = (world: World, { save }: SearchCommand, { path }: Keeping, found: Searched): void => {
  const { ended } = counted(found.history);
  world.log(
    path === null
      ? `nabla: stopped after ${ended} trials; with --history FILE they would have been kept\n`
      : `nabla: stopped; ${ended} trials are kept in ${path}. The same command with --history ${path} goes on from there\n`,
  );
  if (save !== null) world.log(`nabla: nothing is saved in ${save}: that is done when the search is\n`);
};

/** Searches, and says what it came to. */
const performed = (
  world: World,
  command: SearchCommand,
  asked: Asked,
  history: string | null,
  begun: number,
): Effect<Status> =>
  pipe(
    history === null || command.history !== null ? TE.right(undefined) : putAside(history),
    TE.chain((old) => {
      if (old !== undefined) world.log(`nabla: the history of an earlier search is now in ${old}\n`);
      return keeping(history, command.history !== null, asked.subject);
    }),
    TE.bindTo('kept'),
    TE.chainFirst(({ kept: { resumed, known } }) => {
      if (resumed) world.log(`nabla: going on after ${counted(known.history).ended} trials\n`);
      return nothing;
    }),
    TE.bind('threads', () => threadsOf(world, command.threads, asked.subject.search)),
    TE.bind('found', ({ kept, threads }) => searched(world, command, asked, kept, threads)),
    TE.chain(({ found, kept }): Effect<Status> => {
      const some = Search.best(found.history) !== undefined;
      if (found.stopped)
        return pipe(
          some ? told(world, command, found, begun) : nothing,
          TE.map((): Status => {
            resuming(world, command, kept, found);
            return 130;
          }),
        );
      return pipe(
        kept.finish,
        TE.chain(() => (some ? told(world, command, found, begun) : TE.left(fruitless(command.space, found)))),
        TE.chain(() => saveBest(command, asked.setup, world.log)(found)),
        TE.map((): Status => 0),
      );
    }),
  );

export const searchCommand =
  (world: World) =>
  (command: SearchCommand): Effect<Status> => {
    const begun = world.now();
    return pipe(
      TE.Do,
      TE.bind('history', () => historyFile(command)),
      TE.chainFirst(({ history }) => canWrite(command, history)),
      TE.bind('asked', () => read(command)),
      TE.chain(({ asked, history }) =>
        pipe(performed(world, command, asked, history, begun), history === null ? identity : alone(history)),
      ),
    );
  };
