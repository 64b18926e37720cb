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
 * The smallest value so far after each result, in the order in which they arrived; nothing before the first value.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * const begun = [0, 1, 2].map((number) => Search.started({ number, point: {}, budget: 1 }));
 * Search.bestSoFar({ events: [...begun, Search.finished(1, 3), Search.finished(0, 5), Search.finished(2, 1)] }) // => [3, 3, 1]
 * ```
 */
export const bestSoFar = <A>({ events }: History<A>): readonly number[] => {
  let least = Number.POSITIVE_INFINITY;
  return events.flatMap((event) => {
    if (event.tag === 'finished') least = Math.min(least, event.value);
    return event.tag === 'started' || least === Number.POSITIVE_INFINITY ? [] : [least];
  });
};
