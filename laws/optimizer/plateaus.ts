/** Laws of the schedule that watches a metric. */

import * as fc from 'fast-check';
import { all, holds, law, lawSet, same } from '../law.ts';
import { type Description, plateaus } from './configs.ts';

import { numberIn, plateauMade, scheduleMade } from './schedule-made.ts';

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

const metric = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 0.99, 0.9, 0.89995, 0.5, 0.2, -1) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

const plateau = law(
  'reduceOnPlateau',
  'the rate after each observation is what an independent transcription gives; all numbers can be saved as JSON',
  fc.tuple(plateaus, fc.array(metric, { minLength: 1, maxLength: 30 })),
  ([description, metrics]) => {
    const made = plateauMade(description);
    const { initial } = description;
    const base = typeof initial === 'number' ? () => initial : scheduleMade({ kind: '', ...Object(initial) }).at;
    const expected = plateauByHand(description, base, metrics);
    let numbers = made.numbers;
    for (const [t, seen] of metrics.entries()) {
      const before = JSON.stringify(numbers);
      const next = made.observe(numbers, seen);
      const verdict = all(
        same(before, JSON.stringify(numbers), 'the numbers before'),
        same(expected[t], made.at(t, next), `observation ${t + 1}`),
        holds(Object.values(next).every(Number.isFinite), 'finite numbers', JSON.stringify(next)),
      );
      if (verdict !== undefined) return verdict;
      numbers = next;
    }
    return undefined;
  },
);

export const plateauLaws = lawSet('plateaus', [plateau]);
