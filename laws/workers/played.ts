/** Threads that are played: tasks are done in this process, and answered in an order that a seed draws. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Key, Search, Space } from '../../src/index.ts';
import { makeWork } from '../../src/workers/load.ts';
import type { Objective, Task } from '../../src/workers/objective.ts';
import type { LoadThreads } from '../../src/workers/pool.ts';
import { got } from '../search/search-mistakes.ts';

export interface Point {
  readonly x: number;
}

export const space: Space.Space<Point> = got(Space.make({ x: Space.integer({ low: 0, high: 40 }) }));

/** Searches that decide the same whatever the number of workers. */
export const searches: Readonly<Record<string, (key: Key.Key) => Search.Search<Point>>> = {
  grid: () => got(Search.grid({ levels: 9 })(space)),
  random: (key) => got(Search.random({ trials: 9, key })(space)),
  'quasi-random': (key) => got(Search.quasiRandom({ trials: 9, key })(space)),
  'successive halving': (key) => got(Search.successiveHalving({ trials: 9, maximum: 9, key })(space)),
  hyperband: (key) => got(Search.hyperband({ maximum: 4, factor: 2, key })(space)),
};

/** What a point is worth after it went through these budgets. */
export const valueOf = ({ x }: Point, budgets: readonly number[]): E.Either<string, number> =>
  x % 7 === 3
    ? E.left('x is three more than a multiple of seven')
    : E.right(((x * 37) % 41) + budgets.reduce((sum, budget) => sum + 1 / budget, 0) / 10 ** budgets.length);

/** The objective of the laws, in this process: its state is the list of budgets that were gone through. */
export const objective: Objective<Point> = (point, { budget }, state) => {
  const budgets = [...(state === undefined ? [] : state.split(' ').map(Number)), budget];
  return pipe(
    TE.fromEither(valueOf(point, budgets)),
    TE.map((value) => ({ value, state: budgets.join(' ') })),
  );
};

/** Threads that answer after so many turns of the event loop as a seed says, so that results arrive in any order. */
export const played =
  (seed: number): LoadThreads =>
  async () => {
    let count = 0;
    const work = makeWork('objective', () => TE.right(objective), undefined);
    return () => ({
      run: async (task) => {
        const { data } = Key.uniform([1], 'f64')(Key.foldIn(count++)(Key.fromSeed(seed)));
        for (let turns = Math.floor(20 * (data[0] ?? 0)); turns > 0; turns--) await new Promise(setImmediate);
        const known = await work;
        // The task is one of the run's own.
        return E.isLeft(known) ? { tag: 'unusable', failure: known.left } : known.right(task as Task<unknown>);
      },
      destroy: async () => undefined,
      on: () => undefined,
      threads: { length: 1 },
    });
  };
