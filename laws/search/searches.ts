/** Our searches and spaces: the laws of the pack for each, and what is particular to them. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { halton } from '../../src/search/search/halton.ts';
import * as Search from '../../src/search/search/index.ts';
import type { Search as Searching } from '../../src/search/search/search.ts';
import * as Space from '../../src/search/space/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { pointsOf, spaces } from '../arbitrary/spaces.ts';
import { all, code, holds, type Law, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { codec } from '../pack/codec.ts';
import { difference } from '../pack/difference.ts';
import { beats } from '../pack/search/branin.ts';
import { traced } from '../pack/search/trace.ts';
import { type SearchSubject, search } from '../pack/search.ts';
import { historyLaws } from './histories.ts';
import { got, KEY, mistakes, unit } from './search-mistakes.ts';
import { spacesByThePack } from './spacesByThePack.ts';

/** The search itself, and as it is read from its description after JSON. */
const asDescribed =
  (make: SearchSubject['make']): SearchSubject['make'] =>
  (space, key) => {
    const made = make(space, key);
    return E.isLeft(made) ? made : Search.decode()(JSON.parse(JSON.stringify(made.right.description)))(space);
  };

const ours: Readonly<Record<string, SearchSubject>> = {
  grid: { make: Search.grid({ levels: 2 }), anyOrder: true, distinct: true },
  random: {
    make: (space, key) => Search.random({ trials: 8, key })(space),
    anyOrder: true,
    drawn: true,
  },
  'quasi-random': {
    make: (space, key) => Search.quasiRandom({ trials: 8, key })(space),
    anyOrder: true,
    drawn: true,
    even: (space, key, trials) => Search.quasiRandom({ trials, key })(space),
  },
  'successive halving': {
    make: (space, key) => Search.successiveHalving({ trials: 9, maximum: 9, key })(space),
    anyOrder: true,
    drawn: true,
  },
  'successive halving, gently': {
    make: (space, key) => Search.successiveHalving({ trials: 9, maximum: 9, reduction: 1.5, key })(space),
    anyOrder: true,
    drawn: true,
  },
  hyperband: {
    make: (space, key) => Search.hyperband({ minimum: 2, maximum: 8, factor: 2, key })(space),
    anyOrder: true,
    drawn: true,
  },
  'asynchronous halving': {
    make: (space, key) => Search.asynchronousHalving({ trials: 9, maximum: 4, factor: 2, key })(space),
    drawn: true,
  },
  'tree-structured Parzen estimator': {
    make: (space, key) => Search.treeParzen({ trials: 10, startup: 3, candidates: 6, key })(space),
    drawn: true,
    learning: (space, key, trials) => Search.treeParzen({ trials, key })(space),
  },
};

const example = got(
  Space.make({
    rate: Space.logUniform({ low: 1e-4, high: 1e-1 }),
    width: Space.uniform({ low: -1, high: 3 }),
    layers: Space.integer({ low: 1, high: 3 }),
    optimizer: Space.choice('adam', 'momentum', 'none'),
    momentum: Space.when('optimizer', ['momentum'], Space.uniform({ low: 0.5, high: 0.9 })),
    nesterov: Space.when('optimizer', ['momentum'], Space.choice(true, false)),
    damping: Space.when('nesterov', [false], Space.integer({ low: 0, high: 1 })),
    seed: Space.fixed(7),
  }),
);

/** The rungs of a search on a plain run: how many trials each budget had, in order. */
const rungs = <A>(one: Searching<A>): string => {
  const { history } = traced(one, { workers: 1, salt: 3, failing: 0 });
  const counts: Array<{ budget: number; count: number }> = [];
  for (const { trial } of Search.trials(history)) {
    const last = counts[counts.length - 1];
    if (last?.budget === trial.budget) last.count += 1;
    else counts.push({ budget: trial.budget, count: 1 });
  }
  return counts.map(({ budget, count }) => `${count}@${budget}`).join(' ');
};

const particular: readonly Law[] = [
  lawOf(
    'the tree-structured Parzen estimator beats chance',
    'on Branin with normal noise of deviation 1 its choice after 40 trials is better than that of 40 independent points in 8 or more of the seeds 0 to 9: a figure of these seeds: of the seeds 0 to 399 it is 299',
    ['seeds 0 to 9'],
    () => {
      const won = Array.from({ length: 10 }, (_, seed) =>
        beats((of, key, trials) => Search.treeParzen({ trials, key })(of), seed),
      ).filter((better) => better);
      return holds(won.length >= 8, '8 of 10', `${won.length} of 10`);
    },
    { formula: 'f(x_best) < f(x_random)' },
  ),
  lawOf(
    'the brackets of Hyperband',
    'are those of Li and others 2018, table 1, for R = 81 and η = 3; of equal trials, rungs that run into one another are one here',
    ['81@1 27@3 9@9 3@27 1@81 34@3 11@9 3@27 1@81 15@9 5@27 1@81 8@27 2@81 5@81'.replace('2@81 5@81', '7@81')],
    (expected) => same(expected, rungs(got(Search.hyperband({ maximum: 81, key: KEY })(unit)))),
  ),
  lawOf(
    'rungs of halving',
    'each keeps ⌊n ÷ reduction⌋, the factor unless told; by hand',
    [
      [{}, '36@3 12@9 4@27'],
      [{ reduction: 3 }, '36@3 12@9 4@27'],
      [{ reduction: 2.5 }, '36@3 14@9 5@27'],
      [{ factor: 9, reduction: 4.5 }, '36@3 8@27'],
      [{ minimum: 1, factor: 27, reduction: 36 }, '36@1 1@27'],
      [{ reduction: 40 }, '36@3'],
    ] as const,
    ([more, expected]) =>
      same(
        expected,
        rungs(got(Search.successiveHalving({ trials: 36, minimum: 3, maximum: 27, key: KEY, ...more })(unit))),
        code(more),
      ),
    { formula: 'nₖ₊₁ = ⌊nₖ ÷ reduction⌋' },
  ),
  law(
    'Halton fills intervals',
    'the first bᵏ coordinates in base b lie one in each of bᵏ equal intervals, and of two coordinates the first 2ᵏ3ˡ one in each box',
    fc.nat(2 ** 31 - 1),
    (seed) => {
      const at = halton(2, fromSeed(seed));
      const cells = Array.from({ length: 72 }, (_, i) => {
        const [x = 0, y = 0] = at(i);
        return `${Math.floor(x * 8)} ${Math.floor(y * 9)}`;
      });
      return same(72, new Set(cells).size, 'boxes with a point');
    },
    { runs: 10, formula: '|{i < 2ᵏ3ˡ : xᵢ ∈ box}| = 1' },
  ),
  law(
    'points go to the unit cube and back',
    'a point is that of its own place; the middle of a share is inside it',
    spaces.chain((of) => pointsOf(of).map((point) => ({ of, point }))),
    ({ of, point }) => {
      const places = got(Space.toUnit(of)(point));
      const again = got(Space.fromUnit(of)(places.map((place) => place ?? 0)));
      // A logarithm and an exponential are each within 2 ulp; |log x| ≤ 10 here, so that the exponential makes 10 times the
      // ulps of the logarithm relative ones: below 100 in all.
      const near = (a: unknown, b: unknown): boolean =>
        typeof a === 'number' && typeof b === 'number'
          ? Math.abs(a - b) <= 100 * 2 ** -52 * Math.max(1, Math.abs(a))
          : JSON.stringify(a) === JSON.stringify(b);
      return all(
        same(Object.keys(point).join(), Object.keys(again).join(), 'dimensions'),
        ...Object.entries(point).map(([name, value]) =>
          holds(near(value, again[name]), code(value), code(again[name]), name),
        ),
      );
    },
    { runs: 50, show: ({ of, point }) => code({ dimensions: of.dimensions, point }) },
  ),
  law(
    'spaces come back from JSON',
    'written as text and read, a space is the same and so are its samples',
    spaces,
    (of) => {
      const again = got(Space.decode(JSON.parse(JSON.stringify(Space.encode(of)))));
      return all(
        difference(of.dimensions, again.dimensions, 'dimensions'),
        difference(Space.sample(of)(KEY), Space.sample(again)(KEY), 'sample'),
      );
    },
    { runs: 30, show: ({ dimensions }) => code(dimensions) },
  ),
  law(
    'the grid has every point once',
    'as many as are counted, all in the space and different; of choices and whole numbers, as many as the space has',
    spaces,
    (of) => {
      const grid = got(Space.grid(3)(of));
      const points = Array.from({ length: Math.min(grid.count, 500) }, (_, i) => got(grid.at(i)));
      return all(
        same(points.length, new Set(points.map((point) => JSON.stringify(point))).size, 'different points'),
        holds(points.every(of.is), 'in the space', 'outside'),
        holds(grid.count <= Space.size(of), `at most ${Space.size(of)}`, `${grid.count}`),
        holds(E.isLeft(grid.at(grid.count)), 'no point after the last', 'one'),
      );
    },
    { runs: 30, show: ({ dimensions }) => code(dimensions) },
  ),
  law(
    'the importance is what was planted',
    'of y = 3a + b + noise over a grid, ε² of a is about 9 times that of b, and of c about 0',
    fc.nat(1000),
    (seed) => {
      const cube = got(
        Space.make({ a: Space.choice(-1, 1), b: Space.choice(-1, 1), c: Space.uniform({ low: 0, high: 1 }) }),
      );
      const one = got(Search.grid({ levels: 25 })(cube));
      const history = got(Search.run(one)(({ a, b }) => E.right(3 * a + b + (seed % 7)))(Search.begin));
      const of = got(Search.importance(cube)(history));
      // n = 100, b = 2: SSW = Σ b² = 100 and SST = 1000 for a; 900 for b. c has no effect: its ε² is at most what is below 0.
      return all(
        holds(Math.abs((of.a ?? 0) - (1 - 100 / 98 / (1000 / 99))) < 1e-12, '0.899…', `${of.a}`, 'a'),
        holds(Math.abs((of.b ?? 0) - (1 - 900 / 98 / (1000 / 99))) < 1e-12, '0.090…', `${of.b}`, 'b'),
        same(0, of.c, 'c'),
      );
    },
    { runs: 3 },
  ),
  law(
    'a run goes on where it stopped',
    'stopped after any number of events and run on, one worker does what it would have done; its replay is itself',
    fc.tuple(fc.constantFrom(...Object.values(ours).map(({ make }) => make)), fc.nat(30)),
    ([make, stop]) => {
      const one = make(example, KEY);
      if (E.isLeft(one)) return { expected: 'a search', received: code(one.left) };
      const valueOf = ({ rate, layers }: { readonly rate: number; readonly layers: number }) =>
        layers === 2 ? E.left('it diverged') : E.right(rate * layers);
      const whole = got(Search.run(one.right, { atMost: 40 })(valueOf)(Search.begin));
      const part = { events: whole.events.slice(0, stop) };
      return all(
        difference(whole, got(Search.run(one.right, { atMost: 40 })(valueOf)(part)), 'history'),
        difference(whole, got(Search.replay(one.right)(whole)), 'replay'),
      );
    },
    { runs: 20, show: ([, stop]) => `${stop}` },
  ),
  lawOf(
    'nothing is looked at twice',
    'a run of n trials asks the space about a point twice a trial, however many there are: when it is drawn and when it is begun',
    [10, 300],
    (trials) => {
      let asked = 0;
      const counting: typeof unit = {
        ...unit,
        is: (u): u is Space.Point => {
          asked += 1;
          return unit.is(u);
        },
      };
      const one = got(Search.random({ trials, key: KEY })(counting));
      got(Search.run(one)(() => E.right(1))(Search.begin));
      return same(2 * trials, asked, `points of ${trials} trials`);
    },
  ),
];

/** Histories of the example's searches, at any point. */
const histories: fc.Arbitrary<Search.History<Space.Point>> = fc
  .record({
    make: fc.constantFrom(...Object.values(ours).map(({ make }) => make)),
    seed: fc.nat(1000),
    salt: fc.nat(1000),
    stop: fc.nat(24),
  })
  .map(({ make, seed, salt, stop }) => {
    const one = make({ ...example, is: (u): u is Space.Point => example.is(u) }, fromSeed(seed));
    if (E.isLeft(one)) throw new Error('no search');
    const { history } = traced(one.right, { workers: 3, salt, failing: 3 });
    return { events: history.events.slice(0, stop) };
  });

const historyCodec = Search.historyCodec({ ...example, is: (u): u is Space.Point => example.is(u) });

/** The laws of searches and spaces. */
export const searchLaws: LawSet = lawSet(
  'search',
  [...mistakes, ...historyLaws, ...particular],
  [
    spacesByThePack(example),
    codec(historyCodec, histories, { name: 'histories', runs: 10 }),
    ...Object.entries(ours).map(([name, subject]) => search({ ...subject, make: asDescribed(subject.make) }, { name })),
  ],
);
