/**
 * A search is a reducer over its history: `suggest` says what to try next, `observe` adds what happened. Whoever runs it
 * observes that a suggested trial is started, runs it, and observes its result; several may be under way at once.
 *
 * Laws: what is suggested is a function of the history, its order included, and the same after the history went through
 * JSON; a trial lies in the space; one that goes on from another does so from one that ended with a value, has its point
 * and a larger budget, and none goes on from the same: nothing is trained twice; no trial is promoted while a better one
 * of its budget is not; a trial that fails is a result; every search ends. Grid, random, quasi-random and synchronous
 * halving do the same trials in whatever order results arrive.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import type { Space } from '../space/space.ts';
import type { Event, History, Known, Trial } from './history.ts';
import { observing } from './observe.ts';

/** What to do next: a trial; to wait for a result; or nothing more. */
export type Suggestion<A> = Trial<A> | 'wait' | 'done';

export interface Search<A> {
  /** The search as JSON: its kind and settings. */
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  readonly space: Space<A>;
  /** What to do next after this history. Fails on a history that cannot have happened. */
  readonly suggest: (history: History<A>) => E.Either<Failure, Suggestion<A>>;
  /** The history with an event after it. Fails on an event that cannot follow: a trial that is not next, a point outside the
   * space, a result of a trial that is not under way, a value that is not finite. */
  readonly observe: (history: History<A>, event: Event<A>) => E.Either<Failure, History<A>>;
}

/** Decides from the trials so far, in the order of their numbers. */
export type Decide<A> = (known: ReadonlyArray<Known<A>>) => E.Either<Failure, Suggestion<A>>;

/** A search of a space by how it decides. */
export const searchOf = <A>(description: Search<A>['description'], space: Space<A>, decide: Decide<A>): Search<A> => {
  const { known, observe } = observing(space);
  return Object.freeze({
    description,
    space,
    suggest: (history: History<A>) => pipe(known(history), E.chain(decide)),
    observe,
  });
};
