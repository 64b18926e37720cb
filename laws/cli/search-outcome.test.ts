/** That the table and the curves of a report say what its headline says. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivals } from '../../src/cli/search/curves.ts';
import { intervalOf, ordered } from '../../src/cli/search/outcome.ts';
import { Search } from '../../src/index.ts';
import { runs } from '../run.ts';
import { rungHistories } from '../search/histories.ts';

it('has the best at the top of the table, every trial that ended in it, and no worse one of its budget before another', () => {
  fc.assert(
    fc.property(rungHistories, (history) => {
      const table = ordered(history);
      const ended = Search.trials(history).filter(({ result }) => result !== undefined);
      expect(table.toSorted((a, b) => a.trial.number - b.trial.number)).toEqual(ended);
      const measured = table.flatMap(({ trial: { number, budget }, result }) =>
        result?.tag === 'finished' ? [{ number, budget, value: result.value }] : [],
      );
      expect(measured[0]?.number).toBe(Search.best(history)?.trial.number);
      expect(table.slice(measured.length).every(({ result }) => result?.tag === 'failed')).toBe(true);
      for (const [i, one] of measured.slice(1).entries()) {
        const before = measured[i];
        expect(before !== undefined && (before.budget > one.budget || before.value <= one.value)).toBe(true);
      }
    }),
    runs(40),
  );
});

it('ends the curve of the best so far at the best, beside what was spent', () => {
  fc.assert(
    fc.property(rungHistories, (history) => {
      const all = arrivals(history);
      const last = all.at(-1);
      expect(last?.best).toBe(Search.best(history)?.value);
      expect(all.filter(({ best }) => best !== undefined).map(({ best }) => best)).toEqual(Search.bestSoFar(history));
      expect(all.map(({ value }) => value)).toEqual(
        history.events.flatMap((event) =>
          event.tag === 'started' ? [] : [event.tag === 'finished' ? event.value : undefined],
        ),
      );
    }),
    runs(40),
  );
});

it('has no interval of scores that happen to be equal', () => {
  const history = { events: [Search.started({ number: 0, point: {}, budget: 1 }), Search.finished(0, 0.25)] };
  const prepared = {
    folds: [
      { train: [0, 1], validation: [2, 3] },
      { train: [2, 3], validation: [0, 1] },
    ],
  };
  expect(intervalOf({ prepared, history, scores: { 0: [0.25, 0.25] } })).toBeUndefined();
  const wide = intervalOf({ prepared, history, scores: { 0: [0, 0.5] } });
  expect(wide === undefined ? undefined : [wide.low < 0.25, wide.high > 0.25]).toEqual([true, true]);
});
