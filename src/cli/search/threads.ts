/** How many trials are done at once, each in a thread. */
import { availableParallelism } from 'node:os';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Search, type Space } from '../../index.ts';
import type { World } from '../world.ts';

/** How many trials a search has at once, up to so many: those it begins with, for all others follow on some that ended. */
const atOnce = (
  search: Search.Search<Space.Point>,
  most: number,
  begun: Search.History<Space.Point> = Search.begin,
): number =>
  most === 0
    ? 0
    : pipe(
        search.suggest(begun),
        E.filterOrElseW(
          (next) => typeof next === 'object',
          () => undefined,
        ),
        E.chainW((trial) => search.observe(begun, Search.started(trial))),
        E.match(
          () => 0,
          (history) => 1 + atOnce(search, most - 1, history),
        ),
      );

/** As many threads as are asked for, else one a core; none where the package for them is not installed. */
const allowed = (world: World, threads: number | null): TE.TaskEither<Failure.Failure, number> =>
  threads !== null
    ? TE.right(threads)
    : pipe(
        TE.tryCatch(
          () => import('piscina'),
          () => undefined,
        ),
        TE.match(
          () => {
            world.log(
              'nabla: note: one trial at a time, for the package piscina is not installed (npm install piscina)\n',
            );
            return 0;
          },
          () => availableParallelism(),
        ),
        TE.fromTask,
      );

/** As many threads as may be, but none that would have nothing to do. */
export const threadsOf = (
  world: World,
  threads: number | null,
  search: Search.Search<Space.Point>,
): TE.TaskEither<Failure.Failure, number> =>
  pipe(
    allowed(world, threads),
    TE.map((most) => atOnce(search, most)),
  );
