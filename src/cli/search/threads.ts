/** How many threads do trials. */
import { availableParallelism } from 'node:os';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import type { World } from '../world.ts';

/** As many threads as are asked for, else one a core; none where the package for them is not installed. */
export const threadsOf = (world: World, threads: number | null): TE.TaskEither<Failure.Failure, number> =>
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
