/** What is said of a history: its best, the best so far, and what was spent. */
import * as fc from 'fast-check';
import * as Search from '../../src/search/search/index.ts';
import type * as Space from '../../src/search/space/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { all, code, holds, type Law, law, same } from '../law.ts';
import { traced } from '../pack/search/trace.ts';
import { got, unit } from './search-mistakes.ts';

/** Histories of searches with rungs, stopped anywhere, some of whose trials failed. */
export const rungHistories: fc.Arbitrary<Search.History<Space.Point>> = fc
  .record({
    seed: fc.nat(1000),
    asynchronous: fc.boolean(),
    workers: fc.integer({ min: 1, max: 4 }),
    failing: fc.constantFrom(0, 2, 5),
    stop: fc.nat(60),
  })
  .map(({ seed, asynchronous, workers, failing, stop }) => {
    const rungs = { maximum: 9, key: fromSeed(seed) };
    const make = asynchronous ? Search.asynchronousHalving({ trials: 12, ...rungs }) : Search.hyperband(rungs);
    const { history } = traced(got(make(unit)), { workers, salt: seed, failing });
    return { events: history.events.slice(0, stop) };
  });

const show = (history: Search.History<Space.Point>): string => code(history.events);

/** The laws of what is said of histories. */
export const historyLaws: readonly Law[] = [
  law(
    'the best is of those trained longest',
    'no trial that ended with a value has a greater budget, and none of its budget a smaller value, or the same and a smaller number',
    rungHistories,
    (history) => {
      const best = Search.best(history);
      const ended = Search.trials(history).flatMap(({ trial, result }) =>
        result?.tag === 'finished' ? [{ trial, value: result.value }] : [],
      );
      if (best === undefined) return same(0, ended.length, 'trials with a value');
      return all(
        ...ended.map(({ trial, value }) =>
          holds(
            trial.budget < best.trial.budget ||
              (trial.budget === best.trial.budget &&
                (value > best.value || (value === best.value && trial.number >= best.trial.number))),
            `no better trial than ${best.trial.number}`,
            `${trial.number}, of value ${value} at budget ${trial.budget}`,
          ),
        ),
      );
    },
    { runs: 40, show, formula: 'best = argmin {v : budget = max}' },
  ),
  law(
    'the best so far is the best of what is so far',
    'after each result that of the history up to it, and its last that of the whole',
    rungHistories,
    (history) => {
      const bests = history.events.flatMap((event, i) => {
        const best = Search.best({ events: history.events.slice(0, i + 1) });
        return event.tag === 'started' || best === undefined ? [] : [best.value];
      });
      return all(
        same(code(bests), code(Search.bestSoFar(history)), 'values'),
        same(Search.best(history)?.value, Search.bestSoFar(history).at(-1), 'the last'),
      );
    },
    { runs: 40, show, formula: 'bestSoFar(h)ₖ = best(h₁…hₖ)' },
  ),
  law(
    'what was spent is what its trials come to',
    'the budgets of the trials from which none goes on: what one goes on from was not trained again',
    rungHistories,
    (history) => {
      const known = Search.trials(history);
      const gone = new Set(known.map(({ trial }) => trial.from));
      const last = known.filter(({ trial }) => !gone.has(trial.number));
      return same(
        last.reduce((sum, { trial }) => sum + trial.budget, 0),
        Search.spent(history),
      );
    },
    { runs: 40, show, formula: 'spent = Σ budgets of the last' },
  ),
];
