/** What a search is told of its trials by: an objective, which a module exports, so that a thread can load it. */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Trial } from '../search/search/history.ts';
import type { Failure } from '../tensor/failure.ts';

/** How a trial ended: its value (smaller is better), and the state from which one that goes on from it begins. */
export interface Ended {
  readonly value: number;
  readonly state?: string;
}

/** Does a trial of a point: how it ended, or why it has no value. `state` is what the trial `trial.from` left, where it left
 * one and it was kept. `signal` is given when the run is stopped, and nobody asks any more what the trial comes to: in this
 * process (`threads: 0`) one that takes long is to look for it from time to time. In a thread, which is ended, there is none. */
export type Objective<A> = (
  point: A,
  trial: Trial<A>,
  state: string | undefined,
  signal?: AbortSignal,
) => TaskEither<string, Ended>;

/** What a module exports by default: an objective made of the data that the run was given. */
export type MakeObjective<A> = (data: unknown) => TaskEither<Failure, Objective<A>>;

/** A trial to do. */
export interface Task<out A> {
  readonly trial: Trial<A>;
  readonly state: string | undefined;
}

/** What came of it. `unusable`: no trial can be done, for the objective itself could not be made. */
export type Answer =
  | { readonly tag: 'ended'; readonly ended: Ended }
  | { readonly tag: 'failed'; readonly reason: string }
  | { readonly tag: 'unusable'; readonly failure: Failure };
