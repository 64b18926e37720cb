/** The laws of a search for hyperparameters. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Event, History, Trial } from '../../src/search/search/history.ts';
import type { Search } from '../../src/search/search/search.ts';
import type { Point, Space } from '../../src/search/space/space.ts';
import { fromSeed, type Key } from '../../src/tensor/key.ts';
import { spaces } from '../arbitrary/spaces.ts';
import { all, code, holds, type Law, type LawSet, law, lawOf, type Verdict } from '../law.ts';
import { copied, difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';
import { gain } from './search/branin.ts';
import { evenly } from './search/even.ts';
import { beginnings, goesOn, promotesBest } from './search/promotion.ts';
import { type Trace, traced, type Weather } from './search/trace.ts';

/** A kind of search, as it is made for any space, and what it claims of itself. */
export interface SearchSubject {
  /** A search of about a dozen trials in a space, or a failure. */
  readonly make: <A>(space: Space<A>, key: Key) => E.Either<unknown, Search<A>>;
  /** Its trials are the same in whatever order results arrive. */
  readonly anyOrder?: boolean;
  /** Its points are drawn by the key. */
  readonly drawn?: boolean;
  /** It begins no point twice. */
  readonly distinct?: boolean;
  /** A search of so many trials that fill the space more evenly than independent points. */
  readonly even?: <A>(space: Space<A>, key: Key, trials: number) => E.Either<unknown, Search<A>>;
  /** A search of so many trials that learns from them to try better points than independent ones. */
  readonly learning?: <A>(space: Space<A>, key: Key, trials: number) => E.Either<unknown, Search<A>>;
}

interface Sample {
  readonly space: Space<Point>;
  readonly seed: number;
  readonly weather: Weather;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  space: spaces,
  seed: fc.nat(2 ** 31 - 1),
  weather: fc.record({
    workers: fc.integer({ min: 1, max: 5 }),
    salt: fc.nat(1000),
    failing: fc.constantFrom(0, 2, 3, 5),
  }),
});

const show = ({ space, seed, weather }: Sample): string => code({ dimensions: space.dimensions, seed, weather });

const frozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) frozen(entry);
    Object.freeze(value);
  }
  return value;
};

const begun = <A>({ steps }: Trace<A>): ReadonlyArray<Trial<A>> =>
  steps.flatMap(({ suggestion }) => (typeof suggestion === 'object' ? [suggestion] : []));

/** Events that cannot follow a history in which trial 0 has ended and trial 1 has not begun. */
const impossible = <A>(trial: Trial<A>): ReadonlyArray<readonly [string, Event<A>]> => [
  ['a result of a trial that never began', { tag: 'finished', trial: 99, value: 1 }],
  ['a second result', { tag: 'finished', trial: 0, value: 1 }],
  ['a second beginning', { tag: 'started', trial }],
];

/**
 * The laws of anybody's search, in spaces of every kind, with any number of workers, some of whose trials fail: what it suggests
 * is a function of the history alone, also after JSON; its trials lie in the space; promotion is of the best, once, from an
 * end; it ends. What it claims of itself is asked besides.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const random = laws.search(
 *   { drawn: true, anyOrder: true, make: (space, key) => Search.random({ trials: 8, key })(space) },
 *   { runs: 3 },
 * );
 * check(random).filter(({ outcome }) => outcome.tag !== 'held') // => []
 * ```
 */
export const search = (subject: SearchSubject, options: PackOptions = {}): LawSet => {
  const { make, anyOrder = false, drawn = false, distinct = false, even, learning } = subject;
  const made = ({ space, seed }: Sample, then: (search: Search<Point>) => Verdict): Verdict => {
    const search = make(space, fromSeed(seed));
    return E.isLeft(search) ? { expected: 'a search', received: code(search.left) } : then(search.right);
  };
  const stated = (
    name: string,
    statement: string,
    formula: string,
    of: (trace: Trace<Point>, search: Search<Point>, sample: Sample) => Verdict,
  ): Law =>
    law(name, statement, samples, (sample) => made(sample, (one) => of(traced(one, sample.weather), one, sample)), {
      runs: runsOf(options, 15),
      show,
      formula,
    });
  return packed('search', options, [
    stated(
      'the history decides',
      'asked twice of one history, and of a copy of it, it suggests the same and changes nothing',
      'suggest(h) = suggest(h)',
      ({ steps }, one) =>
        all(
          ...steps.map(({ before, suggestion }, i) => {
            const copy = copied(before);
            const again = one.suggest(frozen(copied(before)));
            const verdict: Verdict = E.isLeft(again)
              ? { expected: code(suggestion), received: code(again.left) }
              : difference(suggestion, again.right, `suggestion ${i}`);
            return all(verdict, difference(copy, before, `history ${i}`));
          }),
        ),
    ),
    stated(
      'resumes at any point',
      'made anew, it goes on from a history that was written as JSON and read as if it had never stopped',
      'suggest(parse(text(h))) = suggest(h)',
      ({ steps }, _, sample) =>
        all(
          ...steps.map(({ before, suggestion }, i) =>
            made(sample, (fresh) => {
              const read: History<Point> = JSON.parse(JSON.stringify(before));
              const again = fresh.suggest(read);
              return E.isLeft(again)
                ? { expected: code(suggestion), received: code(again.left) }
                : difference(suggestion, again.right, `suggestion ${i}`);
            }),
          ),
        ),
    ),
    stated(
      'branches are apart',
      'gone on with in another way from a history that was gone on with before, it does what one made anew does from there',
      'run(h | e) = run(h)',
      ({ steps }, one, sample) => {
        const weather = { ...sample.weather, failing: 1 };
        return all(
          ...steps.map(({ before }, i) =>
            made(sample, (fresh) =>
              difference(
                traced(fresh, weather, 1, copied(before)).history,
                traced(one, weather, 1, before).history,
                `from history ${i}`,
              ),
            ),
          ),
        );
      },
    ),
    stated(
      'ends',
      'it waits only for a trial, refuses none of its own, and is done some time',
      'h → … → done',
      (trace) => holds(trace.stuck === undefined, 'an end', trace.stuck ?? '', 'the search'),
    ),
    stated('trials lie in the space', 'every point is one of the space', 'x ∈ S', (trace, _, { space }) =>
      all(...begun(trace).map(({ point, number }) => holds(space.is(point), 'in the space', code(point), `${number}`))),
    ),
    stated('trials are counted', 'each has the next number and a budget above 0', 'numberₖ = k', (trace) =>
      all(
        ...begun(trace).map(({ number, budget }, k) =>
          holds(
            number === k && Number.isFinite(budget) && budget > 0,
            `number ${k}`,
            code({ number, budget }),
            `trial ${k}`,
          ),
        ),
      ),
    ),
    stated(
      'goes on from an end',
      'a promoted trial goes on from one that ended with a value, has its point and more budget, and none goes on from the same',
      'nothing is trained twice',
      (trace) => all(...beginnings(trace).map(({ trial, known }) => goesOn(known, trial))),
    ),
    stated(
      'promotes the best',
      'no trial is promoted while a better one has ended, of the same budget and budgets before it, and is not',
      'v(promoted) ≤ v(others of its budget)',
      (trace) => all(...beginnings(trace).map(({ trial, known }) => promotesBest(known, trial))),
    ),
    law(
      'failures are results',
      'where every trial fails, it ends as well',
      samples,
      (sample) =>
        made(sample, (one) => {
          const { stuck } = traced(one, { ...sample.weather, failing: 1 });
          return holds(stuck === undefined, 'an end', stuck ?? '', 'the search');
        }),
      { runs: runsOf(options, 15), show, formula: 'failed ∈ Result' },
    ),
    law(
      'refuses what is no result',
      'NaN and infinite values, and what cannot have happened, are failures in words',
      samples,
      (sample) =>
        made(sample, (one) => {
          const first = one.suggest({ events: [] });
          if (E.isLeft(first) || typeof first.right !== 'object') return { expected: 'a trial', received: code(first) };
          const trial = first.right;
          const begun: History<Point> = { events: [{ tag: 'started', trial }] };
          const ended: History<Point> = { events: [...begun.events, { tag: 'finished', trial: 0, value: 1 }] };
          const refuses = (what: string, history: History<Point>, event: Event<Point>): Verdict => {
            const after = one.observe(history, event);
            return holds(E.isLeft(after) && after.left.expected !== '', 'a failure in words', 'accepted', what);
          };
          return all(
            ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) =>
              refuses(`a value of ${value}`, begun, { tag: 'finished', trial: 0, value }),
            ),
            ...impossible(trial).map(([what, event]) => refuses(what, ended, event)),
          );
        }),
      { runs: runsOf(options, 5), show, formula: 'observe(h, NaN) = Left' },
    ),
    ...(anyOrder
      ? [
          stated(
            'workers change nothing',
            'one worker and several, in whatever order results arrive, do the same trials',
            'trials(w) = trials(1)',
            (trace, one, { weather }) =>
              difference(begun(traced(one, { ...weather, workers: 1 })), begun(trace), 'trials'),
          ),
        ]
      : []),
    ...(distinct
      ? [
          stated('begins no point twice', 'new trials have new points', 'xᵢ ≠ xⱼ', (trace) => {
            const points = begun(trace)
              .filter(({ from }) => from === undefined)
              .map(({ point }) => JSON.stringify(point));
            const twice = points.find((point, i) => points.indexOf(point) !== i);
            return holds(twice === undefined, 'each point once', `${twice} twice`, 'the points of trials that begin');
          }),
        ]
      : []),
    ...(drawn ? [keyDecides(make, options)] : []),
    ...(even === undefined ? [] : [evenly(even, options)]),
    ...(learning === undefined
      ? []
      : [
          lawOf(
            'finds better than chance',
            // The logarithm has a deviation of 0.5 to 0.6 between seeds (measured: 0.52 of independent points, 0.56 of the
            // tree-structured Parzen estimator, whose mean is log 0.10). So of ten seeds chance passes 3 times in 100,000, and
            // a search whose later trials are in truth worth a fifth is refused once in a million. The best of 40 values
            // decides next to nothing: by it a search that wins three races of four is refused by "8 of 10" every other time.
            'on Branin with normal noise of deviation 1, what it tries in trials 21 to 40 is at most half of what independent points are worth: the middle of the values without noise, in the geometric mean of the seeds 0 to 9',
            ['seeds 0 to 9'],
            () => {
              const gains = Array.from({ length: 10 }, (_, seed) => gain(learning, seed));
              const mean = Math.exp(gains.reduce((sum, one) => sum + one / gains.length, 0));
              return holds(mean <= 0.5, 'at most 0.5', mean.toFixed(2), 'the geometric mean of the seeds');
            },
            { formula: 'median f(x₂₁…x₄₀) ≤ ½ median f(random)' },
          ),
        ]),
  ]);
};

/** In one number from 0 to 1, of which 2⁻⁵³ are the same by chance. */
const keyDecides = (make: SearchSubject['make'], options: PackOptions): Law =>
  law(
    'the key decides',
    'another key gives other points',
    fc
      .tuple(spaces, fc.nat(2 ** 31 - 2))
      .filter(([{ dimensions }]) =>
        Object.values(dimensions).some(({ kind }) => kind === 'uniform' || kind === 'logUniform'),
      ),
    ([space, seed]) => {
      const pointsBy = (from: number): string => {
        const one = make(space, fromSeed(from));
        return E.isLeft(one)
          ? code(one.left)
          : JSON.stringify(begun(traced(one.right, { workers: 1, salt: 0, failing: 0 })).map(({ point }) => point));
      };
      return holds(pointsBy(seed) !== pointsBy(seed + 1), 'other points by another key', 'the same', 'seed + 1');
    },
    {
      runs: runsOf(options, 5),
      show: ([{ dimensions }, seed]) => code({ dimensions, seed }),
      formula: 'x = f(key)',
    },
  );
