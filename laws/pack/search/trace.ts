/** A search run step by step by hands that know nothing of it but its two functions. */
import * as E from 'fp-ts/lib/Either.js';
import { type Event, type History, pending, type Trial } from '../../../src/search/search/history.ts';
import type { Search, Suggestion } from '../../../src/search/search/search.ts';
import { type Failure, show } from '../../../src/tensor/failure.ts';

/** How a run goes: how many at once, which trials fail, which values there are, who is done first. */
export interface Weather {
  readonly workers: number;
  readonly salt: number;
  /** One in so many trials fails; none for 0, all for 1. */
  readonly failing: number;
}

/** A question and its answer. */
export interface Step<A> {
  readonly before: History<A>;
  readonly suggestion: Suggestion<A>;
}

export interface Trace<A> {
  readonly steps: ReadonlyArray<Step<A>>;
  readonly history: History<A>;
  /** Why it went no further, where that is not because it was done. */
  readonly stuck?: string;
}

/** FNV-1a: numbers from 0 to 2³² of a text. */
export const hash = (text: string): number =>
  [...text].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);

/** Runs that begin more trials have no end. */
export const MOST = 220;

export const resultOf = <A>(trial: Trial<A>, { salt, failing }: Weather, sign = 1): Event<A> => {
  const luck = hash(`${salt} ${JSON.stringify(trial.point)} ${trial.budget}`);
  return failing > 0 && luck % failing === 0
    ? { tag: 'failed', trial: trial.number, reason: 'bad luck' }
    : { tag: 'finished', trial: trial.number, value: (sign * (luck % 1009)) / 1009 };
};

/** Runs a search to its end, results arriving in an order that the salt and the number of workers decide. */
export const traced = <A>(
  search: Search<A>,
  weather: Weather,
  sign = 1,
  from: History<A> = { events: [] },
): Trace<A> => {
  const steps: Step<A>[] = [];
  let history = from;
  let underWay = pending(from);
  const stuck = (why: string): Trace<A> => ({ steps, history, stuck: why });
  const note = (event: Event<A>): Failure | undefined => {
    const after = search.observe(history, event);
    if (E.isLeft(after)) return after.left;
    history = after.right;
    return undefined;
  };
  for (let begun = 0; ; ) {
    if (underWay.length < weather.workers) {
      const suggested = search.suggest(history);
      if (E.isLeft(suggested)) return stuck(`suggest refused: ${show(suggested.left)}`);
      const suggestion = suggested.right;
      steps.push({ before: history, suggestion });
      if (typeof suggestion === 'object') {
        begun += 1;
        if (begun > MOST) return stuck(`more than ${MOST} trials`);
        const refused = note({ tag: 'started', trial: suggestion });
        if (refused !== undefined) return stuck(`observe refused: ${show(refused)}`);
        underWay = [...underWay, suggestion];
        continue;
      }
      if (underWay.length === 0) return suggestion === 'done' ? { steps, history } : stuck('it waits for nothing');
    }
    const lucky = hash(`${weather.salt} ${begun} ${underWay.length}`) % underWay.length;
    const first = underWay[lucky];
    if (first === undefined) return stuck('nothing is under way');
    underWay = underWay.filter((trial) => trial !== first);
    const refused = note(resultOf(first, weather, sign));
    if (refused !== undefined) return stuck(`observe refused: ${show(refused)}`);
  }
};
