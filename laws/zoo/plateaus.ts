/** Wrong schedules that watch a metric, and the right one. */
import * as E from 'fp-ts/lib/Either.js';
import { Failure, type Optimizer, type Schedule } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { plateau as lawsOfPlateau, type PlateauOptions } from '../pack/plateau.ts';
import type { Broken } from './broken.ts';

const [RATE, FACTOR, PATIENCE, THRESHOLD] = [0.5, 0.5, 2, 0.01];
const description = { kind: 'halving', rate: RATE, patience: PATIENCE } as const;

type Observe = Schedule.Plateau['observe'];

const none: Optimizer.Numbers = { factor: 1, best: 0, observed: 0, waited: 0 };
const of = (numbers: Optimizer.Numbers, name: string): number => numbers[name] ?? Number.NaN;

/** Halves the rate at the third observation in a row that is not better than the best by a hundredth of it. */
const observe: Observe = (numbers, metric) => {
  const better =
    Number.isFinite(metric) &&
    (of(numbers, 'observed') === 0 || metric < of(numbers, 'best') - THRESHOLD * Math.abs(of(numbers, 'best')));
  const waited = better ? 0 : of(numbers, 'waited') + 1;
  const reduces = waited > PATIENCE;
  return {
    factor: of(numbers, 'factor') * (reduces ? FACTOR : 1),
    best: better ? metric : of(numbers, 'best'),
    observed: better ? 1 : of(numbers, 'observed'),
    waited: reduces ? 0 : waited,
  };
};

const at: Schedule.Plateau['at'] = (_step, numbers) => RATE * of(numbers, 'factor');

const right: Schedule.Plateau = { description, numbers: none, at, observe };

/** What the author of a halving plateau says of it, from its definition. */
const halves: PlateauOptions = {
  patience: PATIENCE,
  expected: (metrics) => {
    let [best, waited, rate] = [Number.POSITIVE_INFINITY, 0, RATE];
    return metrics.map((metric) => {
      const goal = best === Number.POSITIVE_INFINITY ? best : best - THRESHOLD * Math.abs(best);
      waited = metric < goal ? 0 : waited + 1;
      if (metric < goal) best = metric;
      if (waited > PATIENCE) [rate, waited] = [rate * FACTOR, 0];
      return rate;
    });
  },
  decode: (u) =>
    JSON.stringify(u) === JSON.stringify(description)
      ? E.right(right)
      : E.left(Failure.failure('config', 'halving', JSON.stringify(description), JSON.stringify(u))),
};

const entry = (
  name: string,
  fault: string,
  law: string,
  parts: Partial<Schedule.Plateau>,
  options: PlateauOptions = halves,
): Broken => ({ name, fault, law, laws: lawsOfPlateau({ ...right, ...parts }, options) });

/** A plateau that remembers the best metric itself. */
const forgetful = (): Observe => {
  let best = Number.POSITIVE_INFINITY;
  return (numbers, metric) => {
    const next = observe({ ...numbers, best: Number.isFinite(best) ? best : of(numbers, 'best') }, metric);
    best = Math.min(best, Number.isFinite(metric) ? metric : best);
    return next;
  };
};

export const broken: readonly Broken[] = [
  entry(
    'wants the metric to grow',
    'the metric is compared the wrong way around, as if larger were better',
    'stays while it improves',
    {
      observe: (numbers, metric) => observe(numbers, -metric),
    },
  ),
  entry(
    'waits one too few',
    'the count of observations without improvement is compared with ≥ instead of >',
    'patience',
    {
      observe: (numbers, metric) =>
        observe({ ...numbers, waited: of(numbers, 'waited') + (of(numbers, 'waited') === 1 ? 1 : 0) }, metric),
    },
  ),
  entry(
    'waits for ever',
    'the count begins again at every observation, so that the rate is never reduced',
    'patience',
    {
      observe: (numbers, metric) => observe({ ...numbers, waited: 0 }, metric),
    },
  ),
  entry('forgives', 'an improvement gives the first rate back', 'never rises', {
    observe: (numbers, metric) => {
      const next = observe(numbers, metric);
      return of(next, 'best') < of(numbers, 'best') ? { ...next, factor: 1 } : next;
    },
  }),
  entry('subtracts', 'the rate is reduced by an amount, and ends below 0', 'rates', {
    at: (_step, numbers) => RATE + Math.log2(of(numbers, 'factor')) * 0.3,
  }),
  entry('begins at infinity', 'the best metric begins as ∞, which a file cannot hold', 'a function of its numbers', {
    numbers: { ...none, best: Number.POSITIVE_INFINITY, observed: 1 },
    observe: (numbers, metric) =>
      observe({ ...numbers, observed: Number.isFinite(of(numbers, 'best')) ? 1 : 0 }, metric),
  }),
  entry(
    'remembers by itself',
    'the best metric is kept outside of its numbers, shared by all runs',
    'stays while it improves',
    {
      observe: forgetful(),
    },
  ),
  entry('writes to its numbers', 'the numbers that it is given are changed', 'a function of its numbers', {
    observe: (numbers, metric) => Object.assign(numbers, observe(numbers, metric)),
    numbers: { ...none },
  }),
  entry('believes NaN', 'a metric that is no number counts as an improvement', 'formula', {
    observe: (numbers, metric) => observe(numbers, Number.isNaN(metric) ? of(numbers, 'best') - 1 : metric),
  }),
  entry('has no threshold', 'any improvement, however small, counts', 'formula', {
    observe: (numbers, metric) =>
      observe(
        numbers,
        metric < of(numbers, 'best')
          ? of(numbers, 'best') - 2 * THRESHOLD * Math.abs(of(numbers, 'best')) - 1e-9
          : metric,
      ),
  }),
  entry(
    'keeps counting',
    'the count is not begun anew after a reduction, so that every later observation reduces',
    'formula',
    {
      observe: (numbers, metric) => {
        const next = observe(numbers, metric);
        return of(next, 'factor') < of(numbers, 'factor') ? { ...next, waited: PATIENCE } : next;
      },
    },
  ),
  entry('forgets its patience', 'the description leaves out how long it waits', 'description', {
    description: { kind: 'halving', rate: RATE },
  }),
];

export const correct: readonly LawSet[] = [lawsOfPlateau(right, halves)];
