/**
 * A history is all that happened in a search, in the order in which it did: which trials were started, and how each ended.
 * It is plain data, and a search remembers nothing else, so that it goes on from any history as if it had never stopped.
 */

/** One training to do: a point, up to a budget, anew or on from the state in which another trial ended. */
export interface Trial<out A> {
  /** How many trials were started before it. */
  readonly number: number;
  readonly point: A;
  /** How much training the point will have had in all when the trial ends, in units of one's own: epochs, say. */
  readonly budget: number;
  /** The number of the trial, of the same point and a smaller budget, from whose end it goes on. */
  readonly from?: number;
}

/** A trial is begun. */
export interface Started<out A> {
  readonly tag: 'started';
  readonly trial: Trial<A>;
}

/** A trial ended with a value; smaller is better. */
export interface Finished {
  readonly tag: 'finished';
  readonly trial: number;
  readonly value: number;
}

/** A trial ended without a value: it failed or diverged. */
export interface Failed {
  readonly tag: 'failed';
  readonly trial: number;
  readonly reason: string;
}

/** How a trial ended. */
export type Result = Finished | Failed;

export type Event<A> = Started<A> | Result;

export interface History<out A> {
  /** In the order in which they happened. */
  readonly events: ReadonlyArray<Event<A>>;
}

/** What is known of a trial: its result where it has ended. */
export interface Known<out A> {
  readonly trial: Trial<A>;
  readonly result?: Result;
}

/** A trial that ended with a value. */
export interface Measured<out A> {
  readonly trial: Trial<A>;
  readonly value: number;
}

/**
 * The history before anything happened.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Search.begin // => { events: [] }
 * ```
 */
export const begin: History<never> = Object.freeze({ events: Object.freeze([]) });

/**
 * The event that a trial is begun.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Search.started({ number: 0, point: {}, budget: 1 }).tag // => 'started'
 * ```
 */
export const started = <A>(trial: Trial<A>): Started<A> => ({ tag: 'started', trial });

/**
 * The event that the trial of a number ended with a value; smaller is better.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Search.finished(0, 0.25) // => { tag: 'finished', trial: 0, value: 0.25 }
 * ```
 */
export const finished = (trial: number, value: number): Finished => ({ tag: 'finished', trial, value });

/**
 * The event that the trial of a number ended without a value, and why.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Search.failed(0, 'the loss is NaN').reason // => 'the loss is NaN'
 * ```
 */
export const failed = (trial: number, reason: string): Failed => ({ tag: 'failed', trial, reason });

/**
 * The trials of a history in the order of their numbers, each with its result where it has ended.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * const trial = { number: 0, point: { x: 1 }, budget: 1 };
 * Search.trials({ events: [Search.started(trial), Search.finished(0, 3)] }) // => [{ trial, result: Search.finished(0, 3) }]
 * ```
 */
export const trials = <A>({ events }: History<A>): ReadonlyArray<Known<A>> => {
  const results = new Map(events.flatMap((event) => (event.tag === 'started' ? [] : [[event.trial, event] as const])));
  return events.flatMap((event) => {
    if (event.tag !== 'started') return [];
    const result = results.get(event.trial.number);
    return [result === undefined ? { trial: event.trial } : { trial: event.trial, result }];
  });
};

/**
 * The trials that are begun and not ended.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Search.pending({ events: [Search.started({ number: 0, point: {}, budget: 1 })] }).length // => 1
 * ```
 */
export const pending = <A>(history: History<A>): ReadonlyArray<Trial<A>> =>
  trials(history).flatMap(({ trial, result }) => (result === undefined ? [trial] : []));

/** The trials among these that ended with a value, the best first; of equal values the first started. */
export const ranked = <A>(known: ReadonlyArray<Known<A>>): ReadonlyArray<Measured<A>> =>
  known
    .flatMap(({ trial, result }) => (result?.tag === 'finished' ? [{ trial, value: result.value }] : []))
    .toSorted((a, b) => (a.value === b.value ? a.trial.number - b.trial.number : a.value < b.value ? -1 : 1));

/** The first of those ranked, of trials in the order of their numbers, without a look at the order of the others. */
export const leading = <A>(known: ReadonlyArray<Known<A>>): Measured<A> | undefined =>
  known.reduce<Measured<A> | undefined>(
    (best, { trial, result }) =>
      result?.tag === 'finished' && (best === undefined || result.value < best.value)
        ? { trial, value: result.value }
        : best,
    undefined,
  );

/**
 * How much training was begun in all: of every trial its budget, less that of the trial from which it goes on.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * const first = { number: 0, point: {}, budget: 1 };
 * const second = { number: 1, point: {}, budget: 3, from: 0 };
 * Search.spent({ events: [Search.started(first), Search.finished(0, 1), Search.started(second)] }) // => 3
 * ```
 */
export const spent = <A>(history: History<A>): number => {
  const known = trials(history);
  return known.reduce((sum, { trial }) => sum + costOf(known, trial), 0);
};

/** How much training a trial takes. */
export const costOf = <A>(known: ReadonlyArray<Known<A>>, { budget, from }: Trial<A>): number =>
  budget - (from === undefined ? 0 : (known[from]?.trial.budget ?? 0));
