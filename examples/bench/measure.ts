/** A workload, timed: every contestant in a process of its own, one after the other in every round. */
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as T from 'fp-ts/lib/Task.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from 'nabla-ts';
import type { Contestant } from './contestants.ts';
import type { Result } from './result.ts';
import { absent, isRunning, type Pace, type Running, round, setup, type Turn, train, warm } from './runner.ts';
import { summarise } from './statistics.ts';
import type { Workload } from './workloads.ts';

/** A turn of everybody who is still there; one that fails is absent from then on. */
const all =
  (turn: Turn) =>
  (running: readonly Running[]): T.Task<readonly Running[]> =>
    pipe(
      running,
      T.traverseSeqArray((one) =>
        isRunning(one)
          ? pipe(
              turn(one),
              TE.matchE(
                (failure): T.Task<Running> =>
                  pipe(
                    one.child.end,
                    T.map(() => absent(one.contestant, Failure.show(failure), false)),
                  ),
                (next) => T.of(next),
              ),
            )
          : T.of(one),
      ),
    );

const result = (one: Running): Result =>
  isRunning(one)
    ? {
        name: one.contestant.name,
        kind: one.contestant.kind,
        made: one.made,
        differs: one.differs,
        first: one.first,
        step: summarise(one.times),
        products: one.countsProducts ? summarise(one.productTimes) : null,
        losses: one.losses,
        steps: one.steps,
        memory: one.memory,
      }
    : one;

const nameOf = (one: Running): string => (isRunning(one) ? one.contestant.name : one.name);

/** The results of the contestants, in their order, at the problem in a folder. */
export const measure =
  (pace: Pace, contestants: readonly Contestant[]) =>
  (workload: Workload, folder: string): T.Task<readonly Result[]> =>
    pipe(
      contestants,
      T.traverseSeqArray(setup(folder)),
      T.chain(all(train(() => 1))),
      // The rest of the first epoch.
      T.chain(all(train(() => workload.batches - 1))),
      T.chain(all(warm(pace))),
      // Each round begins with another, so that nobody always follows the same one.
      T.chain((running) =>
        Array.from({ length: pace.rounds }, () => all(round(pace))).reduce(
          (done, next) =>
            pipe(
              done,
              T.chain(next),
              T.map((after) => RA.rotate(-1)(after)),
            ),
          T.of(running),
        ),
      ),
      T.chainFirst(T.traverseSeqArray((one) => (isRunning(one) ? one.child.end : T.of(undefined)))),
      T.map((running) => {
        const found = new Map(running.map((one) => [nameOf(one), result(one)]));
        return contestants.flatMap(({ name }) => found.get(name) ?? []);
      }),
    );
