/**
 * How a history goes on: by one event, if that event can have happened. What a history says is remembered while it is the
 * latest of those that a search has made, so that a search of n trials takes n looks at a trial and not n².
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import { sameJson } from '../space/same.ts';
import type { Space } from '../space/space.ts';
import { within } from '../space/space.ts';
import type { Event, History, Known, Result, Trial } from './history.ts';

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('value', where, expected, received));

/** What the events before say of those that may follow. */
interface Seen<A> {
  /** By their numbers. */
  readonly known: Array<Known<A>>;
  /** The number of the trial that goes on from each that one goes on from. */
  readonly promoted: Map<number, number>;
}

const note = <A>({ known, promoted }: Seen<A>, event: Event<A>): void => {
  if (event.tag === 'started') {
    const { trial } = event;
    known.push({ trial });
    if (trial.from !== undefined) promoted.set(trial.from, trial.number);
    return;
  }
  const before = known[event.trial];
  if (before !== undefined) known[event.trial] = { trial: before.trial, result: event };
};

/** What is wrong with going on from another trial. */
const checkFrom = <A>({ known, promoted }: Seen<A>, trial: Trial<A>): E.Either<Failure, undefined> => {
  const { from } = trial;
  if (from === undefined) return E.right(undefined);
  const where = `trial ${trial.number}.from`;
  const before = known[from];
  if (before?.result?.tag !== 'finished')
    return fail(where, 'the number of a trial that ended with a value', quote(from));
  if (!sameJson(before.trial.point, trial.point)) return fail(where, `the point of trial ${from}`, 'another point');
  if (!(before.trial.budget < trial.budget))
    return fail(where, `a budget above the ${before.trial.budget} of trial ${from}`, quote(trial.budget));
  const other = promoted.get(from);
  return other === undefined
    ? E.right(undefined)
    : fail(where, 'a trial that none goes on from', `${from}, from which trial ${other} does`);
};

const checkStarted = <A>(space: Space<A>, seen: Seen<A>, trial: Trial<A>): E.Either<Failure, undefined> => {
  if (trial.number !== seen.known.length)
    return fail('trial.number', `${seen.known.length}, the next`, quote(trial.number));
  if (!(Number.isFinite(trial.budget) && trial.budget > 0))
    return fail(`trial ${trial.number}.budget`, 'a finite number above 0', quote(trial.budget));
  const point = within(space)(trial.point);
  return E.isLeft(point) ? point : checkFrom(seen, trial);
};

const checkResult = <A>({ known }: Seen<A>, result: Result): E.Either<Failure, undefined> => {
  const before = known[result.trial];
  if (before === undefined) return fail('result', 'the number of a trial that began', quote(result.trial));
  if (before.result !== undefined)
    return fail('result', 'one result of each trial', `a second of trial ${result.trial}`);
  return result.tag === 'failed' || Number.isFinite(result.value)
    ? E.right(undefined)
    : fail(`the value of trial ${result.trial}`, 'a finite number (what diverged has failed)', quote(result.value));
};

const check = <A>(space: Space<A>, seen: Seen<A>, event: Event<A>): E.Either<Failure, undefined> =>
  event.tag === 'started' ? checkStarted(space, seen, event.trial) : checkResult(seen, event);

const seenIn =
  <A>(space: Space<A>) =>
  (history: History<A>): E.Either<Failure, Seen<A>> => {
    const seen: Seen<A> = { known: [], promoted: new Map() };
    for (const event of history.events) {
      const checked = check(space, seen, event);
      if (E.isLeft(checked)) return checked;
      note(seen, event);
    }
    return E.right(seen);
  };

/** The first event that cannot have followed those before it. */
export const checkEvents =
  <A>(space: Space<A>) =>
  (history: History<A>): E.Either<Failure, History<A>> =>
    pipe(
      seenIn(space)(history),
      E.map(() => history),
    );

/** −0 is lost in JSON, and means nothing here. */
const written = <A>(event: Event<A>): Event<A> =>
  event.tag === 'finished' ? { ...event, value: event.value + 0 } : event;

/** What is known of histories, and how they go on. */
export interface Observing<A> {
  /** The trials of a history in the order of their numbers. Fails on one that cannot have happened. */
  readonly known: (history: History<A>) => E.Either<Failure, ReadonlyArray<Known<A>>>;
  /** The history with an event after it. */
  readonly observe: (history: History<A>, event: Event<A>) => E.Either<Failure, History<A>>;
}

/** How histories of a space are observed. A history that is not remembered is read and checked from its beginning. */
export const observing = <A>(space: Space<A>): Observing<A> => {
  // Only frozen histories that were made here are remembered. What was seen goes over from one to the next: an older one,
  // from which something else may follow, is read anew.
  const remembered = new WeakMap<History<A>, Seen<A>>();
  const seen = (history: History<A>): E.Either<Failure, Seen<A>> => {
    const known = remembered.get(history);
    return known === undefined ? seenIn(space)(history) : E.right(known);
  };
  return {
    known: (history) =>
      pipe(
        seen(history),
        E.map(({ known }) => known),
      ),
    observe: (history, event) =>
      pipe(
        seen(history),
        E.chainFirst((before) => check(space, before, event)),
        E.map((before) => {
          const next = written(event);
          const after: History<A> = Object.freeze({ events: Object.freeze([...history.events, next]) });
          note(before, next);
          remembered.delete(history);
          remembered.set(after, before);
          return after;
        }),
      ),
  };
};
