/** What a history says: the best trial, and the best so far after each. */
import { type History, type Measured, ranked, trials } from './history.ts';

/**
 * The best trial of a history: of those that ended with a value at the greatest budget at which any did, the one with the
 * smallest (of equal ones the first). Nothing where none ended with a value.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * const trial = { number: 0, point: { x: 1 }, budget: 1 };
 * Search.best({ events: [Search.started(trial), Search.finished(0, 3)] }) // => { trial, value: 3 }
 * Search.best(Search.begin) // => undefined
 * ```
 */
export const best = <A>(history: History<A>): Measured<A> | undefined => {
  const measured = ranked(trials(history));
  const most = measured.reduce((budget, { trial }) => Math.max(budget, trial.budget), 0);
  return measured.find(({ trial }) => trial.budget === most);
};

/**
 * The value of the best trial so far after each result, in the order in which results arrived; nothing before the first
 * value. It is the best as `Search.best` has it, so that it rises where a trial is the first of a greater budget.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * const begun = [1, 1, 1, 3].map((budget, number) => Search.started({ number, point: {}, budget }));
 * const results = [Search.finished(1, 3), Search.finished(0, 5), Search.finished(2, 1), Search.finished(3, 2)];
 * Search.bestSoFar({ events: [...begun, ...results] }) // => [3, 3, 1, 2]
 * ```
 */
export const bestSoFar = <A>(history: History<A>): readonly number[] => {
  const known = trials(history);
  let [most, least] = [0, Number.POSITIVE_INFINITY];
  return history.events.flatMap((event) => {
    if (event.tag === 'started') return [];
    const budget = known[event.trial]?.trial.budget ?? 0; // never 0: it began
    if (event.tag === 'finished' && (budget > most || (budget === most && event.value < least)))
      [most, least] = [budget, event.value];
    return most === 0 ? [] : [least];
  });
};
