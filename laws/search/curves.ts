/** Laws of curves that are this project's own: what is shared between points, and the intervals. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Curve from '../../src/search/curve/index.ts';
import type { Interval } from '../../src/search/interval/index.ts';
import { fromSeed, type Key } from '../../src/tensor/key.ts';
import { right } from '../data/helpers.ts';
import { all, holds, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';

const seeds = fc.nat(2 ** 31 - 1);

const near = (expected: number, received: number, where: string, within = 1e-12): Verdict =>
  holds(Math.abs(expected - received) <= within * Math.max(1, Math.abs(expected)), `${expected}`, `${received}`, where);

const halves = [
  { train: [0, 1, 2, 3, 4, 5], validation: [6, 7] },
  { train: [2, 3, 4, 5, 6, 7], validation: [0, 1] },
];

const nestedSets = law(
  'learning-sets-are-nested',
  'a larger set holds the smaller ones, ascending, and the largest is the fold as it was; fields beside rows stay',
  seeds,
  (seed) => {
    const sets: (readonly number[])[] = [];
    const notes: string[] = [];
    const curve = pipe(
      halves.map((half) => ({ ...half, note: `validates ${half.validation}` })),
      Curve.learningCurve({ sizes: [1, 3, 6], level: 0.9 })(
        ({ train, note }: (typeof halves)[number] & { readonly note: string }) => {
          sets.push(train);
          notes.push(note);
          return E.right({ train: 0, validation: 0 });
        },
      )(fromSeed(seed)),
    );
    const within = (small: readonly number[] = [], large: readonly number[] = []): Verdict =>
      holds(
        small.every((row) => large.includes(row)),
        `rows of ${large}`,
        `${small}`,
      );
    return right(curve, () =>
      all(
        ...[0, 1].flatMap((fold) => [
          within(sets[fold], sets[fold + 2]),
          within(sets[fold + 2], sets[fold + 4]),
          same(`${halves[fold]?.train}`, `${sets[fold + 4]}`, 'the whole'),
        ]),
        ...sets.map((rows) => same(`${rows.toSorted((a, b) => a - b)}`, `${rows}`, 'ascending')),
        same('validates 6,7; validates 0,1; '.repeat(3), notes.map((note) => `${note}; `).join(''), 'notes'),
      ),
    );
  },
  { runs: 10 },
);

const ownOrders = law(
  'folds-have-orders-of-their-own',
  'two folds of the same rows are not cut to the same rows by the same key, over five keys',
  seeds,
  (seed) => {
    const twice = [0, 1].map(() => ({ train: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], validation: [10] }));
    const cuts = [0, 1, 2, 3, 4].map((i) => {
      const seen: string[] = [];
      void pipe(
        twice,
        Curve.learningCurve({ sizes: [5], level: 0.9 })(({ train }) => {
          seen.push(`${train}`);
          return E.right({ train: 0, validation: 0 });
        })(fromSeed(seed + i)),
      );
      return seen;
    });
    // Two orders of ten take the same five with probability 1/252; five times, 1e-12.
    return holds(
      cuts.some(([a, b]) => a !== b),
      'different rows',
      `${cuts[0]}`,
    );
  },
  { runs: 10 },
);

/** Half of an interval. */
const half = ({ low, high }: Interval): number => (high - low) / 2;

const foldIntervals = law(
  'fold-intervals',
  'Student’s quantile of one degree of freedom is a tangent: 1 at level ½, tan(2π/5) at 0.8. The interval of two folds is the mean ± it times the deviation times √(1/2 + n₂/n₁), of the folds before they are cut',
  fc.tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: -50, max: 50 }),
    seeds,
    fc.constantFrom<readonly [number, number]>([0.5, 1], [0.8, 3.077683537175253]),
  ),
  ([a, b, seed, [level, quantile]]) => {
    const errors = [
      { train: a, validation: b },
      { train: b, validation: a + b },
    ];
    const fit = (_: unknown, index: number) => E.right(errors[index] ?? { train: Number.NaN, validation: Number.NaN });
    // Two of eight rows are validated, so n₂/n₁ = 2/6; the deviation of two numbers is their distance over √2.
    const wide = quantile * Math.sqrt((1 / 2 + 2 / 6) / 2);
    const judged = ({ train, validation }: Curve.Point<unknown>): Verdict =>
      all(
        near((a + b) / 2, train.estimate, 'train'),
        near(wide * Math.abs(a - b), half(train), 'half of train', 1e-9),
        near((a + 2 * b) / 2, validation.estimate, 'validation'),
        near(wide * Math.abs(a), half(validation), 'half of validation', 1e-9),
      );
    return all(
      right(Curve.learningCurve({ sizes: [2, 5], level })(fit)(fromSeed(seed))(halves), (points) =>
        all(same('2,5', `${points.map(({ at }) => at)}`), ...points.map(judged)),
      ),
      right(
        Curve.validationCurve({ values: ['x', 'y'], level })((_value, fold, index) => fit(fold, index))(halves),
        (points) => all(same('x,y', `${points.map(({ at }) => at)}`), ...points.map(judged)),
      ),
      right(
        Curve.seedCurve({ values: [7], runs: 2, level })((_value, key, run) => fit(key, run))(fromSeed(seed)),
        ([point]) =>
          all(
            same(7, point?.at),
            near((a + b) / 2, point?.train.estimate ?? Number.NaN, 'train of seeds'),
            // Independent runs: √(1/2) of the deviation.
            near(
              (quantile * Math.abs(a - b)) / 2,
              point === undefined ? Number.NaN : half(point.train),
              'half of seeds',
              1e-9,
            ),
          ),
      ),
    );
  },
);

const sameFolds = law(
  'validation-curve-folds',
  'every value is tried on every fold once, in order, and its errors stand in that order',
  fc.array(fc.integer(), { minLength: 1, maxLength: 5 }),
  (values) => {
    const seen: string[] = [];
    const curve = Curve.validationCurve({ values, level: 0.9 })((value, fold: (typeof halves)[number], index) => {
      seen.push(`${value} on ${fold.train} | ${fold.validation} as ${index}`);
      return E.right({ train: index, validation: value });
    })(halves);
    return right(curve, (points) =>
      all(
        same(
          values
            .flatMap((value) => halves.map((fold, i) => `${value} on ${fold.train} | ${fold.validation} as ${i}`))
            .join('; '),
          seen.join('; '),
        ),
        same(
          JSON.stringify(values.map((value) => [0, 1].map((train) => ({ train, validation: value })))),
          JSON.stringify(points.map(({ errors }) => errors)),
          'errors',
        ),
      ),
    );
  },
  { runs: 20 },
);

const pairedRuns = law(
  'seed-curve-keys',
  'run i has one key at all values, and no two runs have the same',
  fc.tuple(seeds, fc.integer({ min: 2, max: 6 })),
  ([seed, runs]) => {
    const text = (key: Key): string => JSON.stringify(key);
    const keys: string[][] = [];
    const curve = Curve.seedCurve({ values: [0, 1], runs, level: 0.9 })((value, key, run) => {
      keys[value] = [...(keys[value] ?? []), `${run}: ${text(key)}`];
      return E.right({ train: 0, validation: 0 });
    })(fromSeed(seed));
    return right(curve, () =>
      all(
        same(keys[0]?.join('; '), keys[1]?.join('; '), 'keys of both values'),
        same(runs, new Set(keys[0]).size, 'different keys'),
        holds(keys[0]?.every((line, run) => line.startsWith(`${run}: `)) === true, 'runs in order', `${keys[0]}`),
      ),
    );
  },
  { runs: 20 },
);

const least = law(
  'lowest',
  'no point has a lower mean validation error, and none before it an equal one',
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 }),
  (errors) =>
    right(
      pipe(
        halves,
        Curve.validationCurve({ values: errors.map((_, i) => i), level: 0.9 })((i) =>
          E.right({ train: -i, validation: errors[i] ?? 0 }),
        ),
        E.chain(Curve.lowest),
      ),
      ({ at }) => same(errors.indexOf(errors.reduce((a, b) => Math.min(a, b))), at),
    ),
);

/** The laws of curves that are this project's own. */
export const curveLaws: LawSet = lawSet('curves', [nestedSets, ownOrders, foldIntervals, sameFolds, pairedRuns, least]);
