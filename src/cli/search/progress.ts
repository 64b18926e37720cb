/** How far a search is: a bar over the training that it will take, with the best so far. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Search, Space } from '../../index.ts';
import { type Bracket, trainingOf } from '../../search/search/brackets.ts';
import { bracketsOf } from '../../search/search/halving.ts';
import { rungsOf } from '../../search/search/rungs.ts';
import { begin } from '../progress.ts';
import type { World } from '../world.ts';
import type { Subject } from './kept.ts';
import { counted, measured, trained, valued } from './outcome.ts';

type History = Search.History<Space.Point>;

/** How much training a search takes where no trial fails. */
export const expected = ({ description, space }: Search.Search<Space.Point>): number => {
  const { kind, levels } = description;
  const of = (field: string): number => Number(description[field]);
  const halved = (brackets: (budgets: readonly number[]) => readonly Bracket[], reduction: number): number =>
    pipe(
      rungsOf('', { minimum: of('minimum'), maximum: of('maximum'), factor: of('factor') }),
      E.match(
        () => 0, // never: it was made of these
        (budgets) => trainingOf(brackets(budgets), reduction),
      ),
    );
  switch (kind) {
    case 'grid':
      return pipe(
        space,
        Space.grid(
          typeof levels === 'number'
            ? levels
            : Object.fromEntries(Object.entries(levels ?? {}).map(([name, level]) => [name, Number(level)])),
        ),
        E.match(
          () => 0, // never: it was made of these
          ({ count }) => count * of('budget'),
        ),
      );
    case 'hyperband':
      return halved((budgets) => bracketsOf(budgets, of('factor')), of('factor'));
    case 'successiveHalving':
    case 'asynchronousHalving':
      return halved((budgets) => [{ trials: of('trials'), budgets }], of('reduction'));
    default:
      return of('trials') * of('budget');
  }
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
