/** What searches and spaces refuse, in words. */
import * as E from 'fp-ts/lib/Either.js';
import * as Search from '../../src/search/search/index.ts';
import * as Space from '../../src/search/space/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { fromSeed, type Key } from '../../src/tensor/key.ts';
import { all, code, holds, type Law, lawOf, same, type Verdict } from '../law.ts';

/** What an Either holds. */
export const got = <A>(either: E.Either<Failure, A>): A => {
  if (E.isLeft(either)) throw new Error(show(either.left));
  return either.right;
};

/** A value that is refused, in words that hold these. */
const refused = (what: string, result: E.Either<Failure, unknown>, words: string): Verdict =>
  E.isLeft(result)
    ? holds(show(result.left).includes(words), words, show(result.left), what)
    : { expected: 'a failure', received: code(result.right), where: what };

const badSpaces: ReadonlyArray<readonly [string, Space.Dimensions, string]> = [
  ['no dimension', {}, 'empty'],
  ['reversed bounds', { a: Space.uniform({ low: 1, high: 0 }) }, 'lower bound below'],
  ['reversed whole bounds', { a: Space.integer({ low: 2, high: 1 }) }, 'lower bound below'],
  ['equal bounds', { a: Space.uniform({ low: 1, high: 1 }) }, 'lower bound below'],
  ['NaN', { a: Space.uniform({ low: Number.NaN, high: 1 }) }, 'finite'],
  ['infinity', { a: Space.logUniform({ low: 1, high: Number.POSITIVE_INFINITY }) }, 'finite'],
  ['too wide', { a: Space.uniform({ low: -1.7e308, high: 1.7e308 }) }, 'finite'],
  ['log of 0', { a: Space.logUniform({ low: 0, high: 1 }) }, 'above 0'],
  ['log of −1', { a: Space.logUniform({ low: -1, high: 1 }) }, 'above 0'],
  ['half a bound', { a: Space.integer({ low: 0.5, high: 2 }) }, 'whole'],
  ['no option', { a: Space.choice() }, 'at least one option'],
  ['one option twice', { a: Space.choice(1, 2, 1) }, 'once'],
  ['an option of NaN', { a: Space.choice(Number.NaN) }, 'JSON'],
  ['a fixed infinity', { a: Space.fixed(Number.POSITIVE_INFINITY) }, 'JSON'],
  ['a condition on nothing', { a: Space.when('b', [1], Space.fixed(1)) }, 'dimension of the space'],
  [
    'a condition on a number',
    { a: Space.when('b', [1], Space.fixed(1)), b: Space.integer({ low: 0, high: 1 }) },
    'choice',
  ],
  ['a condition that cannot hold', { a: Space.when('b', [3], Space.fixed(1)), b: Space.choice(1, 2) }, 'can hold'],
  ['a condition on no value', { a: Space.when('b', [], Space.fixed(1)), b: Space.choice(1, 2) }, 'none'],
  ['a condition on a value twice', { a: Space.when('b', [1, 1], Space.fixed(1)), b: Space.choice(1, 2) }, 'once'],
  ['a condition on itself', { a: Space.when('a', [1], Space.choice(1, 2)) }, 'circle'],
  [
    'conditions in a circle',
    { a: Space.when('b', [1], Space.choice(1, 2)), b: Space.when('a', [1], Space.choice(1, 2)) },
    'circle',
  ],
];

export const KEY: Key = fromSeed(1);
type Make = (space: Space.Space<Space.PointOf<Space.Dimensions>>) => E.Either<Failure, unknown>;
const badSearches: ReadonlyArray<readonly [string, Make, string]> = [
  ['no trial', Search.random({ trials: 0, key: KEY }), 'trials'],
  ['half a trial', Search.quasiRandom({ trials: 1.5, key: KEY }), 'trials'],
  ['a budget of 0', Search.random({ trials: 1, budget: 0, key: KEY }), 'budget'],
  ['a budget of NaN', Search.random({ trials: 1, budget: Number.NaN, key: KEY }), 'budget'],
  ['no key', Search.decode()({ kind: 'random', trials: 1 }), 'key'],
  ['an unknown field', Search.decode()({ kind: 'grid', level: 3 }), 'level'],
  ['an unknown kind', Search.decode()({ kind: 'bayes' }), 'one of grid'],
  ['no kind', Search.decode()(3), 'kind'],
  ['no level', Search.grid(), 'levels'],
  ['too many points', Search.grid({ levels: 1_000_001 }), 'at most 1000000 points, received one of 1000001'],
  [
    'too many points of brackets',
    Search.hyperband({ maximum: 3 ** 13, key: KEY }),
    'maximum: expected brackets of at most',
  ],
  ['half a level', Search.grid({ levels: 1.5 }), 'level'],
  ['a level of nothing', Search.grid({ levels: { rate: 2, b: 2 } }), 'dimension of the space'],
  ['a factor of 1', Search.hyperband({ maximum: 9, factor: 1, key: KEY }), 'factor'],
  ['a reduction of 1', Search.successiveHalving({ trials: 9, maximum: 9, reduction: 1, key: KEY }), 'reduction'],
  [
    'a reduction without end',
    Search.asynchronousHalving({ trials: 9, maximum: 9, reduction: Number.POSITIVE_INFINITY, key: KEY }),
    'reduction',
  ],
  ['a reduction of brackets', Search.decode()({ kind: 'hyperband', maximum: 9, reduction: 2, key: KEY }), 'reduction'],
  ['a greatest budget between', Search.hyperband({ maximum: 10, key: KEY }), '9 or 27'],
  ['a least budget above', Search.successiveHalving({ trials: 3, minimum: 9, maximum: 3, key: KEY }), 'power of 3'],
  ['all trials good, and more', Search.treeParzen({ trials: 3, good: 1.5, key: KEY }), 'good'],
];

export const unit = got(Space.make<Space.Dimensions>({ rate: Space.uniform({ low: 0, high: 1 }) }));

/** What is wrong is said. */
export const mistakes: readonly Law[] = [
  lawOf(
    'what makes no space is refused',
    'in words that say what is wrong, and where',
    badSpaces,
    ([what, dimensions, words]) => refused(what, Space.make<Space.Dimensions>(dimensions), words),
  ),
  lawOf('what makes no search is refused', 'in words that name the setting', badSearches, ([what, make, words]) =>
    refused(what, make(unit), words),
  ),
  lawOf('the importance of too little is refused', 'of fewer than four values', [0, 3], (n) => {
    const one = got(Search.random({ trials: 3, key: KEY })(unit));
    const history = n === 0 ? Search.begin : got(Search.run(one)(() => E.right(1))(Search.begin));
    return refused(`${n}`, Search.importance(unit)(history), 'at least 4');
  }),
  lawOf(
    'a run refuses',
    'no worker, trials and durations below 0 or NaN, a search that waits for nothing, and goes on after a value of NaN as after a failure',
    ['once'],
    () => {
      const one = got(Search.random({ trials: 3, key: KEY })(unit));
      const waiting: typeof one = { ...one, suggest: () => E.right('wait') };
      const history = got(Search.run(one)(() => E.right(Number.NaN))(Search.begin));
      return all(
        refused('no worker', Search.run(one, { workers: 0 })(() => E.right(1))(Search.begin), 'worker'),
        ...[Number.NaN, -1].flatMap((odd) => [
          refused(
            `${odd} trials`,
            Search.run(one, { atMost: odd })(() => E.right(1))(Search.begin),
            'number of trials',
          ),
          refused(
            `a duration of ${odd}`,
            Search.run(one, { duration: () => odd })(() => E.right(1))(Search.begin),
            `a finite duration of trial 0, at least 0, received ${odd}`,
          ),
        ]),
        refused(
          'no end of a trial',
          Search.run(one, { duration: () => Number.POSITIVE_INFINITY })(() => E.right(1))(Search.begin),
          'received Infinity',
        ),
        refused('waiting', Search.run(waiting)(() => E.right(1))(Search.begin), 'under way'),
        same(undefined, Search.best(history), 'best'),
        same(3, history.events.filter(({ tag }) => tag === 'failed').length, 'failed'),
      );
    },
  ),
];
