/** Laws of the schedule that watches a metric. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { decode } from '../../src/optimizer/schedule/decode.ts';
import { reduceOnPlateau } from '../../src/optimizer/schedule/plateau.ts';
import type { Plateau, Rate } from '../../src/optimizer/schedule/schedule.ts';
import { failure } from '../../src/tensor/failure.ts';
import { all, lawOf, lawSet, same } from '../law.ts';
import { plateau } from '../pack/plateau.ts';
import { type Description, plateaus } from './configs.ts';
import { numberIn, plateauMade, scheduleMade } from './schedule-made.ts';

const isPlateau = (rate: Rate): rate is Plateau => typeof rate === 'object' && 'observe' in rate;
const watchesNothing = failure('config', 'Schedule', 'a schedule that watches a metric', 'one that watches none');

/** PyTorch's `ReduceLROnPlateau` in mode `min`, as its source says it, on one rate. */
const plateauByHand = (
  description: Description,
  base: (t: number) => number,
  metrics: readonly number[],
): readonly number[] => {
  const of = (name: string): number => numberIn(description, name);
  let [best, bad, cooldown, factor] = [Number.POSITIVE_INFINITY, 0, 0, 1];
  return metrics.map((metric, t) => {
    const goal =
      best === Number.POSITIVE_INFINITY
        ? best
        : description.thresholdMode === 'relative'
          ? best * (1 - of('threshold'))
          : best - of('threshold');
    if (metric < goal) {
      best = metric;
      bad = 0;
    } else bad += 1;
    if (cooldown > 0) {
      cooldown -= 1;
      bad = 0;
    }
    if (bad > of('patience')) {
      factor *= of('factor');
      cooldown = of('cooldown');
      bad = 0;
    }
    return Math.min(base(t), Math.max(of('minimum'), base(t) * factor));
  });
};

const baseOf = ({ initial }: Description): ((t: number) => number) =>
  typeof initial === 'number' ? () => initial : scheduleMade({ kind: '', ...Object(initial) }).at;

/** Where the first rate is above the least one it can be reduced. */
const patienceOf = (description: Description): number | undefined =>
  baseOf(description)(0) > numberIn(description, 'minimum') ? numberIn(description, 'patience') : undefined;

const packed = plateau(plateaus.map(plateauMade), {
  name: 'reduceOnPlateau',
  expected: (metrics, description) => plateauByHand(description, baseOf(description), metrics),
  patience: patienceOf,
  decode: (description) =>
    pipe(
      decode()(description),
      E.filterOrElse(isPlateau, () => watchesNothing),
    ),
});

/** What is best so far, the threshold, and the least metric that is no improvement on it. */
const goals: ReadonlyArray<readonly [mode: 'relative' | 'absolute', best: number, threshold: number, goal: number]> = [
  ['relative', 2, 0.25, 1.5],
  ['absolute', 2, 0.25, 1.75],
  ['relative', 8, 0.5, 4],
  ['absolute', 8, 0.5, 7.5],
  ['relative', 3, 0, 3],
  ['absolute', 3, 0, 3],
];

const improvements = lawOf(
  'improvements',
  'are below best·(1 − threshold), or best − threshold, and not just there; what is not finite is none (PyTorch’s source)',
  goals,
  ([thresholdMode, best, threshold, goal]) => {
    const { observe, numbers } = reduceOnPlateau({ initial: 1, thresholdMode, threshold, patience: 3 });
    const first = observe(numbers, best);
    const bestAfter = (metric: number) => observe(first, metric).best;
    return all(
      same(best, first.best, 'the first metric'),
      same(best, bestAfter(goal), `best after ${goal}`),
      same(goal - 2 ** -50, bestAfter(goal - 2 ** -50), `best after just less than ${goal}`),
      ...[Number.NaN, Infinity, -Infinity].flatMap((metric) => [
        same(best, bestAfter(metric), `best after ${metric}`),
        same(0, observe(numbers, metric).observed, `metrics observed after ${metric}`),
      ]),
    );
  },
);

const cooling = lawOf(
  'cooling down',
  'so many observations after a reduction are not counted; the next that is no improvement reduces again',
  [
    [0, '1,0.5,0.25,0.125,0.0625'],
    [1, '1,0.5,0.5,0.25,0.25'],
    [2, '1,0.5,0.5,0.5,0.25'],
  ] as const,
  ([cooldown, expected]) => {
    const { observe, numbers, at } = reduceOnPlateau({ initial: 1, factor: 0.5, patience: 0, cooldown });
    const rates: number[] = [];
    [1, 1, 1, 1, 1].reduce((last, metric) => {
      const next = observe(last, metric);
      rates.push(at(0, next));
      return next;
    }, numbers);
    return same(expected, rates.join());
  },
);

export const plateauLaws = lawSet('plateaus', [improvements, cooling], [packed]);
