/** How far a search is: a bar over the training that it will take, with the best so far. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Search, type Space } from '../../index.ts';
import { begin } from '../progress.ts';
import type { World } from '../world.ts';
import type { Subject } from './kept.ts';
import { counted, measured, trained, valued } from './outcome.ts';

type History = Search.History<Space.Point>;

/** A search of more trials than these is not played through beforehand. */
const MOST = 2000;

/** How much training a search takes where no trial fails: what it is when every trial is as good as another. */
const expected = (search: Search.Search<Space.Point>): number => {
  const { kind, trials, budget } = search.description;
  if (kind !== 'grid' && typeof trials === 'number' && typeof budget === 'number') return trials * budget;
  return pipe(
    Search.run(search, { atMost: MOST })(() => E.right(0))(Search.begin),
    E.match(() => 1, Search.spent),
  );
};

const bestOf = (subject: Subject, history: History): string => {
  const best = Search.best(history);
  const { ended } = counted(history);
  return `${ended} trial${ended === 1 ? '' : 's'}${
    best === undefined ? '' : `, best ${measured(subject)} ${valued(subject, best.value)}`
  }`;
};

export interface Watched {
  readonly update: (history: History) => void;
  readonly end: (history: History, stopped: boolean) => void;
}

/** Begins to show a search. */
export const watched = (world: World, subject: Subject): Watched => {
  const { search } = subject;
  const bar = begin(world)(`search ${String(search.description.kind)}`, Math.max(1, expected(search)));
  return {
    update: (history) => bar.update(trained(history), bestOf(subject, history)),
    end: (history, stopped) => bar.end(`${bestOf(subject, history)}${stopped ? ' (stopped)' : ''}`),
  };
};
