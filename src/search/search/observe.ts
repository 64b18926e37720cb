/** How a history goes on: by one event, if that event can have happened. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import { sameJson } from '../space/same.ts';
import type { Space } from '../space/space.ts';
import { within } from '../space/space.ts';
import type { Event, History, Result, Trial } from './history.ts';

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('value', where, expected, received));

/** What the events before say of those that may follow. */
interface Seen<A> {
  readonly started: Array<Trial<A>>;
  readonly ended: Map<number, Result>;
}

const seenIn = <A>({ events }: History<A>): Seen<A> => {
  const seen: Seen<A> = { started: [], ended: new Map() };
  for (const event of events) note(seen, event);
  return seen;
};

const note = <A>({ started, ended }: Seen<A>, event: Event<A>): void => {
  if (event.tag === 'started') started.push(event.trial);
  else ended.set(event.trial, event);
};

/** What is wrong with going on from another trial. */
const checkFrom = <A>({ started, ended }: Seen<A>, trial: Trial<A>): E.Either<Failure, undefined> => {
  const { from } = trial;
  if (from === undefined) return E.right(undefined);
  const where = `trial ${trial.number}.from`;
  const before = started[from];
  if (before === undefined || ended.get(from)?.tag !== 'finished')
    return fail(where, 'the number of a trial that ended with a value', quote(from));
  if (!sameJson(before.point, trial.point)) return fail(where, `the point of trial ${from}`, 'another point');
  if (!(before.budget < trial.budget))
    return fail(where, `a budget above the ${before.budget} of trial ${from}`, quote(trial.budget));
  const other = started.find((one) => one.from === from);
  return other === undefined
    ? E.right(undefined)
    : fail(where, 'a trial that none goes on from', `${from}, from which trial ${other.number} does`);
};

const checkStarted = <A>(space: Space<A>, seen: Seen<A>, trial: Trial<A>): E.Either<Failure, undefined> => {
  if (trial.number !== seen.started.length)
    return fail('trial.number', `${seen.started.length}, the next`, quote(trial.number));
  if (!(Number.isFinite(trial.budget) && trial.budget > 0))
    return fail(`trial ${trial.number}.budget`, 'a finite number above 0', quote(trial.budget));
  const point = within(space)(trial.point);
  return E.isLeft(point) ? point : checkFrom(seen, trial);
};

const checkResult = <A>({ started, ended }: Seen<A>, result: Result): E.Either<Failure, undefined> => {
  if (started[result.trial] === undefined)
    return fail('result', 'the number of a trial that began', quote(result.trial));
  if (ended.has(result.trial)) return fail('result', 'one result of each trial', `a second of trial ${result.trial}`);
  return result.tag === 'failed' || Number.isFinite(result.value)
    ? E.right(undefined)
    : fail(`the value of trial ${result.trial}`, 'a finite number (what diverged has failed)', quote(result.value));
};

const check = <A>(space: Space<A>, seen: Seen<A>, event: Event<A>): E.Either<Failure, undefined> =>
  event.tag === 'started' ? checkStarted(space, seen, event.trial) : checkResult(seen, event);

/** The first event that cannot have followed those before it. */
export const checkEvents =
  <A>(space: Space<A>) =>
  (history: History<A>): E.Either<Failure, History<A>> => {
    const seen = seenIn<A>({ events: [] });
    for (const event of history.events) {
      const checked = check(space, seen, event);
      if (E.isLeft(checked)) return checked;
      note(seen, event);
    }
    return E.right(history);
  };

/** −0 is lost in JSON, and means nothing here. */
const written = <A>(event: Event<A>): Event<A> =>
  event.tag === 'finished' ? { ...event, value: event.value + 0 } : event;

/** The history with an event after it. */
export const observe =
  <A>(space: Space<A>) =>
  (history: History<A>, event: Event<A>): E.Either<Failure, History<A>> =>
    E.map((): History<A> => Object.freeze({ events: Object.freeze([...history.events, written(event)]) }))(
      check(space, seenIn(history), event),
    );
