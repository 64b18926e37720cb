/** The objective of `Trial`, for threads: its data is a `Trial.Setup`. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { problem, type Setup } from '../search/trial/problem.ts';
import type { Settings } from '../search/trial/settings.ts';
import { pieces } from '../search/trial/train.ts';
import { type Failure, failure, show } from '../tensor/failure.ts';
import { breathe } from './breathe.ts';
import type { Objective } from './objective.ts';

const problemOf = (data: unknown) =>
  E.tryCatch(
    // The caller gives a setup; what is not one throws when it is read, and is refused.
    () => problem(data as Setup),
    (thrown) => failure('config', 'data', 'a Trial.Setup', E.toError(thrown).message),
  );

/** Trains what points say on the problem of a setup. Fails where that is none. */
export default (data: unknown): TE.TaskEither<Failure, Objective<Settings>> =>
  TE.fromEither(
    pipe(
      problemOf(data),
      E.flatten,
      E.map(pieces()),
      E.map(
        (trained): Objective<Settings> =>
          (point, trial, state, signal) =>
          async () => {
            const all = trained(point, trial, state);
            for (;;) {
              const { done, value } = all.next();
              if (done) return pipe(value, E.mapLeft(show));
              await breathe();
              if (signal?.aborted === true) return E.left('it was stopped');
            }
          },
      ),
    ),
  );
