/** Laws of the schedule that watches a metric. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { decode } from '../../src/optimizer/schedule/decode.ts';
import type { Plateau, Rate } from '../../src/optimizer/schedule/schedule.ts';
import { failure } from '../../src/tensor/failure.ts';
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

export const plateauLaws = plateau(plateaus.map(plateauMade), {
  name: 'reduceOnPlateau',
  expected: (metrics, description) => plateauByHand(description, baseOf(description), metrics),
  patience: patienceOf,
  decode: (description) =>
    pipe(
      decode()(description),
      E.filterOrElse(isPlateau, () => watchesNothing),
    ),
});
