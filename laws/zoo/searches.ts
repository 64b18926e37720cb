/** Wrong searches. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { History, Known, Trial } from '../../src/search/search/history.ts';
import * as Search from '../../src/search/search/index.ts';
import type { Suggestion } from '../../src/search/search/search.ts';
import * as Space from '../../src/search/space/index.ts';
import { type Failure, failure } from '../../src/tensor/failure.ts';
import { foldIn, fromSeed, type Key } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type SearchSubject, search } from '../pack/search.ts';
import type { Broken } from './broken.ts';

const TRIALS = 8;

/** A search by what it suggests; its bookkeeping is ours unless told. */
const by =
  (
    suggest: <A>(known: ReadonlyArray<Known<A>>, space: Space.Space<A>, key: Key) => E.Either<Failure, Suggestion<A>>,
    observe?: <A>(history: History<A>, event: Search.Event<A>) => E.Either<Failure, History<A>>,
  ): SearchSubject['make'] =>
  (space, key) =>
    pipe(
      Search.random({ trials: TRIALS, key })(space),
      E.map((plain) => ({
        ...plain,
        suggest: (history) => suggest(Search.trials(history), space, key),
        observe: observe ?? plain.observe,
      })),
    );

const drawn = <A>(space: Space.Space<A>, key: Key, i: number): E.Either<Failure, A> =>
  Space.sample(space)(foldIn(i)(key));

/** A new trial of budget 1 at a point. */
const anew =
  <A>(known: ReadonlyArray<Known<A>>) =>
  (point: A): Trial<A> => ({ number: known.length, point, budget: 1 });

const randomly = <A>(
  known: ReadonlyArray<Known<A>>,
  space: Space.Space<A>,
  key: Key,
  trials = TRIALS,
): E.Either<Failure, Suggestion<A>> =>
  known.length >= trials ? E.right('done') : pipe(drawn(space, key, known.length), E.map(anew(known)));

interface Ended<A> {
  readonly trial: Trial<A>;
  readonly value: number;
}

const endedIn = <A>(known: ReadonlyArray<Known<A>>): ReadonlyArray<Ended<A>> =>
  known.flatMap(({ trial, result }) => (result?.tag === 'finished' ? [{ trial, value: result.value }] : []));

/** Eight points with a budget of 1, and then whoever is chosen goes on with 2, once. */
const promoting = (
  choose: <A>(ended: ReadonlyArray<Ended<A>>, known: ReadonlyArray<Known<A>>) => Trial<A> | undefined,
  goOn: <A>(trial: Trial<A>) => Pick<Trial<A>, 'point' | 'budget' | 'from'> = ({ point, number }) => ({
    point,
    budget: 2,
    from: number,
  }),
  promotions = 1,
): SearchSubject['make'] =>
  by((known, space, key) => {
    if (known.length < TRIALS) return randomly(known, space, key);
    if (known.slice(0, TRIALS).some(({ result }) => result === undefined)) return E.right('wait');
    if (known.length >= TRIALS + promotions) return E.right('done');
    const chosen = choose(endedIn(known.slice(0, TRIALS)), known);
    return E.right(chosen === undefined ? 'done' : { number: known.length, ...goOn(chosen) });
  });

const ordered = <A>(ended: ReadonlyArray<Ended<A>>): ReadonlyArray<Ended<A>> =>
  ended.toSorted((a, b) => a.value - b.value);
const bestOf = <A>(ended: ReadonlyArray<Ended<A>>): Trial<A> | undefined => ordered(ended)[0]?.trial;

/** The clock of a wrong search. */
const ticks = (): (() => number) => {
  let now = 0;
  return () => {
    now += 1;
    return now;
  };
};
const clock = ticks();

export const broken: readonly Broken[] = [
  {
    name: 'a search that ignores its history',
    fault: 'it suggests its first trial for ever',
    law: 'ends',
    laws: search({ make: by((_, space, key) => pipe(drawn(space, key, 0), E.map(anew([])))) }),
  },
  {
    name: 'a search without an end',
    fault: 'the number of trials is not looked at',
    law: 'ends',
    laws: search({ make: by((known, space, key) => randomly(known, space, key, Number.POSITIVE_INFINITY)) }),
  },
  {
    name: 'a search that waits for what failed',
    fault: 'a failed trial is waited for, though its result has come',
    law: 'failures are results',
    laws: search({
      make: by((known, space, key) =>
        known.some(({ result }) => result?.tag !== 'finished') ? E.right('wait') : randomly(known, space, key),
      ),
    }),
  },
  {
    name: 'a search that promotes the worst',
    fault: 'values are sorted the wrong way round',
    law: 'promotes the best',
    laws: search({ make: promoting((ended) => ordered(ended).at(-1)?.trial) }),
  },
  {
    name: 'a search that promotes twice',
    fault: 'who was promoted is not remembered',
    law: 'ends',
    laws: search({ make: promoting(bestOf, undefined, 2) }),
  },
  {
    name: 'a lenient search that promotes twice',
    fault: 'neither suggestion nor observation remembers who was promoted: the same state is trained again',
    law: 'goes on from an end',
    laws: search({
      make: (space, key) =>
        pipe(
          promoting(bestOf, undefined, 2)(space, key),
          E.map((one) => ({
            ...one,
            observe: (history, event) => E.right({ events: [...history.events, event] }),
          })),
        ),
    }),
  },
  {
    name: 'a search that reads a clock',
    fault: 'a point depends on how often it was asked for',
    law: 'the history decides',
    laws: search({ make: by((known, space, key) => randomly(known, space, foldIn(clock())(key))) }),
  },
  {
    name: 'a search that counts for itself',
    fault: 'the next point is told by a counter of the search and not by its history',
    law: 'resumes at any point',
    laws: search({
      make: (space, key) => {
        const counts = new Map<number, number>();
        const count = ticks();
        return by((known, of, from) => {
          const at = counts.get(known.length) ?? count();
          counts.set(known.length, at);
          // A search that is made anew starts at 1 whatever the history.
          return known.length >= TRIALS ? E.right('done') : pipe(drawn(of, from, at), E.map(anew(known)));
        })(space, key);
      },
    }),
  },
  {
    name: 'a search that remembers by length',
    fault: 'what it suggests is looked up by how many events there were, whatever these were',
    law: 'branches are apart',
    laws: search({
      make: (space, key) =>
        pipe(
          promoting(bestOf)(space, key),
          E.map((one) => {
            const said = new Map<number, ReturnType<typeof one.suggest>>();
            return {
              ...one,
              suggest: (history) => {
                const found = said.get(history.events.length) ?? one.suggest(history);
                said.set(history.events.length, found);
                return found;
              },
            };
          }),
        ),
    }),
  },
  {
    name: 'a search that counts from 1',
    fault: 'its trials have the numbers 1, 2, …',
    law: 'trials are counted',
    laws: search({
      make: by(
        (known, space, key) =>
          pipe(
            randomly(known, space, key),
            E.map((next) => (typeof next === 'object' ? { ...next, number: next.number + 1 } : next)),
          ),
        (history, event) => E.right({ events: [...history.events, event] }),
      ),
    }),
  },
  {
    name: 'a search that believes NaN',
    fault: 'results are appended without a look',
    law: 'refuses what is no result',
    laws: search({
      make: by(
        (known, space, key) => randomly(known, space, key),
        (history, event) => E.right({ events: [...history.events, event] }),
      ),
    }),
  },
  {
    name: 'a search that changes its history',
    fault: 'it writes to the trials of the history that it was given',
    law: 'the history decides',
    laws: search({
      make: by((known, space, key) => {
        for (const one of known) Object.assign(one.trial, { budget: one.trial.budget + 1 });
        return randomly(known, space, key);
      }),
    }),
  },
  {
    name: 'a search that claims any order',
    fault: 'its points depend on how many trials have ended, yet it claims to do the same for any number of workers',
    law: 'workers change nothing',
    laws: search({
      anyOrder: true,
      make: by((known, space, key) => randomly(known, space, foldIn(endedIn(known).length)(key))),
    }),
  },
  {
    name: 'a search that repeats trials',
    fault: 'a grid of whole steps whose last point is done twice',
    law: 'begins no point twice',
    laws: search({
      distinct: true,
      make: by((known, space) =>
        pipe(
          Space.grid(2)(space),
          E.chain(
            ({ count, at }): E.Either<Failure, Suggestion<Parameters<typeof space.is>[0]>> =>
              known.length > count ? E.right('done') : pipe(at(Math.min(count - 1, known.length)), E.map(anew(known))),
          ),
          // The type of a point is lost in the grid's own.
          E.chain((next) =>
            typeof next !== 'object'
              ? E.right(next)
              : space.is(next.point)
                ? E.right({ ...next, point: next.point })
                : E.left(failure('value', 'point', 'a point', 'none')),
          ),
        ),
      ),
    }),
  },
  {
    name: 'a search without its key',
    fault: 'points are always drawn by seed 0',
    law: 'the key decides',
    laws: search({ drawn: true, make: by((known, space) => randomly(known, space, fromSeed(0))) }),
  },
  {
    name: 'a quasi-random search that is random',
    fault: 'points are drawn independently',
    law: 'fills the space evenly',
    laws: search({
      make: (space, key) => Search.random({ trials: TRIALS, key })(space),
      even: (space, key, trials) => Search.random({ trials, key })(space),
    }),
  },
  {
    name: 'a search that learns nothing',
    fault: 'it calls itself Bayesian and draws at random',
    law: 'finds better than chance',
    laws: search({
      make: (space, key) => Search.random({ trials: TRIALS, key })(space),
      learning: (space, key, trials) => Search.random({ trials, key })(space),
    }),
  },
];

/** Halving by hand, a random search, and those of ours that claim more. */
export const correct: readonly LawSet[] = [
  search({ make: promoting(bestOf), anyOrder: true, drawn: true }, { name: 'one promotion' }),
  search(
    { make: by((known, space, key) => randomly(known, space, key)), anyOrder: true, drawn: true },
    { name: 'random' },
  ),
  search({ make: Search.grid({ levels: 2 }), distinct: true, anyOrder: true }, { name: 'grid' }),
  search(
    {
      make: (space, key) => Search.quasiRandom({ trials: TRIALS, key })(space),
      even: (space, key, trials) => Search.quasiRandom({ trials, key })(space),
    },
    { name: 'quasi-random' },
  ),
];
