/** Laws of schedules. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { isSchedule } from '../../src/optimizer/rate.ts';
import { decode } from '../../src/optimizer/schedule/decode.ts';
import type { Plateau, Schedule } from '../../src/optimizer/schedule/schedule.ts';
import { show } from '../../src/tensor/failure.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Description, plateaus, scheduleConfigs, schedules } from './configs.ts';

const u = 2 ** -53;

const decoded = (description: Description): Schedule | Plateau => {
  const rate = decode()(description);
  if (E.isLeft(rate)) throw new Error(show(rate.left));
  return rate.right;
};

export const scheduleMade = (description: Description): Schedule => {
  const rate = decoded(description);
  if (!isSchedule(rate)) throw new Error(`${description.kind} watches a metric`);
  return rate;
};

const plateauMade = (description: Description): Plateau => {
  const rate = decoded(description);
  if (isSchedule(rate)) throw new Error(`${description.kind} watches no metric`);
  return rate;
};

const numberIn = (description: Description, name: string): number => {
  const value = description[name];
  if (typeof value !== 'number') throw new Error(`${description.kind} has no number "${name}"`);
  return value;
};

/** The formulas, written once more with `Math.pow` and `Math.cos`. */
const formulas: Readonly<
  Record<keyof typeof scheduleConfigs, (of: (name: string) => number, t: number, d: Description) => number>
> = {
  constant: (of) => of('value'),
  step: (of, t) => of('initial') * of('factor') ** Math.floor(t / of('every')),
  multiStep: (of, t, { milestones }) => {
    let rate = of('initial');
    for (const milestone of Array.isArray(milestones) ? milestones : []) if (t >= milestone) rate *= of('factor');
    return rate;
  },
  exponential: (of, t) => of('initial') * Math.exp((t / of('every')) * Math.log(of('factor'))),
  inverseTime: (of, t) => of('initial') / (1 + of('decay') * (t / of('every'))),
  polynomial: (of, t) =>
    (of('initial') - of('final')) * (1 - Math.min(t, of('steps')) / of('steps')) ** of('power') + of('final'),
  cosine: (of, t) =>
    of('final') +
    0.5 * (of('initial') - of('final')) * (1 + Math.cos((Math.PI * Math.min(t, of('steps'))) / of('steps'))),
  cosineWithRestarts: (of, t) => {
    // Counts every step off, cycle after cycle.
    let [left, length] = [t, of('steps')];
    while (left >= length) [left, length] = [left - length, length * of('factor')];
    return of('final') + 0.5 * (of('initial') - of('final')) * (1 + Math.cos((Math.PI * left) / length));
  },
  linearWarmup: (of, t) => of('initial') + (of('final') - of('initial')) * Math.min(1, t / of('steps')),
  oneCycle: (of, t, { annealing }) => {
    const low = of('peak') / of('initialDivisor');
    const end = of('peak') / (of('initialDivisor') * of('finalDivisor'));
    const top = of('steps') * of('warmupFraction');
    const [from, to, x] =
      t < top ? [low, of('peak'), t / top] : [of('peak'), end, Math.min(1, (t - top) / (of('steps') - top))];
    return from + (to - from) * (annealing === 'linear' ? x : (1 - Math.cos(Math.PI * x)) / 2);
  },
};

/** The greatest rate that a description names. */
const greatest = (description: Description): number =>
  Math.max(
    ...['value', 'initial', 'final', 'peak'].map((name) => {
      const value = description[name];
      return typeof value === 'number' ? value : 0;
    }),
  );

/**
 * Each formula is a sum of products of numbers below the greatest rate; a power is within 4u (ours) and 2u (`Math.pow`),
 * or (in `Math.exp` of a logarithm) within 2u·(1 + |t·log factor|); a cosine within 4u and 2u, and its argument within 4u·π.
 * A factor applied k times rounds k times, at most 20 here.
 */
const allowance = (description: Description, t: number): number => {
  const factor = description.factor;
  const logarithm = typeof factor === 'number' && factor < 1 ? Math.abs(Math.log(factor)) * t : 0;
  return u * greatest(description) * (64 + 2 * logarithm);
};

type Kind = keyof typeof scheduleConfigs;

const KINDS: readonly Kind[] = [
  'constant',
  'step',
  'multiStep',
  'exponential',
  'inverseTime',
  'polynomial',
  'cosine',
  'cosineWithRestarts',
  'linearWarmup',
  'oneCycle',
];

const transcribed = (kind: Kind): Law =>
  law(
    `${kind}: its formula`,
    'the rate at every step is what an independent transcription gives',
    fc.tuple<[Description, number]>(scheduleConfigs[kind], fc.integer({ min: 0, max: 60 })),
    ([description, t]) => {
      const expected = formulas[kind]((name) => numberIn(description, name), t, description);
      const received = scheduleMade(description).at(t);
      const allowed = allowance(description, t);
      return Math.abs(expected - received) <= allowed
        ? undefined
        : { expected: `${expected}`, received: `${received}`, tolerance: `${allowed}, roundings of the formula` };
    },
  );

const scaled: Description = { kind: 'cosine', initial: 0.1, final: 0.003, steps: 7 };
const corners: ReadonlyArray<readonly [Description, ReadonlyArray<readonly [step: number, rate: number]>]> = [
  [
    { kind: 'constant', value: 0.3 },
    [
      [0, 0.3],
      [1e9, 0.3],
    ],
  ],
  [
    { kind: 'step', initial: 0.3, factor: 0.5, every: 4 },
    [
      [0, 0.3],
      [3, 0.3],
      [4, 0.15],
      [7, 0.15],
      [8, 0.075],
    ],
  ],
  [
    { kind: 'multiStep', initial: 0.3, factor: 0.5, milestones: [2, 5] },
    [
      [0, 0.3],
      [1, 0.3],
      [2, 0.15],
      [4, 0.15],
      [5, 0.075],
      [99, 0.075],
    ],
  ],
  [
    { kind: 'exponential', initial: 0.3, factor: 0.5, every: 3 },
    [
      [0, 0.3],
      [3, 0.15],
      [6, 0.075],
    ],
  ],
  [
    { kind: 'inverseTime', initial: 0.3, decay: 1, every: 2 },
    [
      [0, 0.3],
      [2, 0.15],
      [6, 0.075],
    ],
  ],
  [
    { kind: 'polynomial', initial: 0.3, final: 0.1, power: 3, steps: 5 },
    [
      [0, 0.3],
      [5, 0.1],
      [6, 0.1],
    ],
  ],
  [{ kind: 'polynomial', initial: 0.3, final: 0, power: 2, steps: 4 }, [[2, 0.3 / 4]]],
  [
    scaled,
    [
      [0, 0.1],
      [7, 0.003],
      [8, 0.003],
      [1000, 0.003],
    ],
  ],
  [
    { kind: 'cosineWithRestarts', initial: 0.1, final: 0.003, steps: 3, factor: 2 },
    [
      [0, 0.1],
      [3, 0.1],
      [9, 0.1],
      [21, 0.1],
    ],
  ],
  [
    { kind: 'linearWarmup', initial: 0.01, final: 0.3, steps: 4 },
    [
      [0, 0.01],
      [4, 0.3],
      [5, 0.3],
    ],
  ],
  [
    {
      kind: 'oneCycle',
      peak: 0.3,
      steps: 10,
      warmupFraction: 0.5,
      initialDivisor: 4,
      finalDivisor: 2,
      annealing: 'cosine',
    },
    [
      [0, 0.3 / 4],
      [5, 0.3],
      [10, 0.3 / 8],
      [11, 0.3 / 8],
    ],
  ],
  [
    {
      kind: 'oneCycle',
      peak: 0.3,
      steps: 10,
      warmupFraction: 0.5,
      initialDivisor: 4,
      finalDivisor: 2,
      annealing: 'linear',
    },
    [
      [0, 0.3 / 4],
      [5, 0.3],
      [10, 0.3 / 8],
    ],
  ],
  [
    {
      kind: 'join',
      schedules: [{ kind: 'linearWarmup', final: 0.3, steps: 3 }, { kind: 'constant', value: 0.3 }, scaled],
      boundaries: [3, 5],
    },
    [
      [0, 0],
      [3, 0.3],
      [4, 0.3],
      [5, 0.1],
      [12, 0.003],
    ],
  ],
];

const atCorners = lawOf(
  'corners',
  'at the steps where a schedule begins, turns and ends it has the rate that its configuration names, to the bit',
  corners,
  ([description, points]) =>
    all(
      ...points.map(([step, rate]) =>
        same(rate, scheduleMade(description).at(step), `${description.kind}, step ${step}`),
      ),
    ),
);

/** How fast a continuous schedule may change: the greatest slope of its formula, times one step. */
const steepest: Partial<Readonly<Record<Kind, (of: (name: string) => number) => number>>> = {
  exponential: (of) => (of('initial') * Math.abs(Math.log(of('factor')))) / of('every'),
  inverseTime: (of) => (of('initial') * of('decay')) / of('every'),
  polynomial: (of) => (of('power') * Math.abs(of('initial') - of('final'))) / of('steps'),
  cosine: (of) => ((Math.PI / 2) * Math.abs(of('initial') - of('final'))) / of('steps'),
  linearWarmup: (of) => Math.abs(of('initial') - of('final')) / of('steps'),
  oneCycle: (of) =>
    ((Math.PI / 2) * of('peak')) / (of('steps') * Math.min(of('warmupFraction'), 1 - of('warmupFraction'))),
};

const continuous = law(
  'continuity',
  'exponential, inverseTime, polynomial, cosine, linearWarmup and oneCycle change by no more in a step than the greatest slope of their formula',
  fc.tuple(
    fc.oneof(
      ...(['exponential', 'inverseTime', 'polynomial', 'cosine', 'linearWarmup', 'oneCycle'] as const).map((kind) =>
        scheduleConfigs[kind].map((description): readonly [Kind, Description] => [kind, description]),
      ),
    ),
    fc.integer({ min: 0, max: 40 }),
  ),
  ([[kind, description], t]) => {
    const { at } = scheduleMade(description);
    const most = (steepest[kind]?.((name) => numberIn(description, name)) ?? 0) + 2 * allowance(description, t + 1);
    const change = Math.abs(at(t + 1) - at(t));
    return holds(change <= most, `a change of at most ${most} from step ${t}`, `${change}`);
  },
);

const ending = law(
  'rates of a schedule',
  'a rate is finite and not negative, is the same when asked again, and is held after the end of polynomial, cosine, linearWarmup and oneCycle',
  fc.tuple(schedules, fc.integer({ min: 0, max: 100 })),
  ([description, t]) => {
    const { at } = scheduleMade(description);
    const steps = description.steps;
    return all(
      holds(Number.isFinite(at(t)) && at(t) >= 0, 'a finite rate of at least 0', `${at(t)}`),
      same(at(t), at(t), `step ${t}`),
      typeof steps === 'number' && description.kind !== 'cosineWithRestarts'
        ? same(at(steps), at(steps + t), `step ${steps + t}`)
        : undefined,
    );
  },
);

const refusing = lawOf(
  'steps are whole',
  'a schedule refuses a count of steps that is negative or not whole',
  [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY],
  (step): Verdict => {
    try {
      return { expected: 'an error', received: `${scheduleMade({ kind: 'constant', value: 1 }).at(step)}` };
    } catch (thrown) {
      return holds(thrown instanceof RangeError, 'a RangeError', String(thrown));
    }
  },
);

const joined = law(
  'join',
  'between two boundaries a joined schedule is the schedule that stands there, counted from the boundary',
  fc.tuple(schedules, schedules, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 40 })),
  ([first, second, boundary, t]) =>
    same(
      t < boundary ? scheduleMade(first).at(t) : scheduleMade(second).at(t - boundary),
      scheduleMade({ kind: 'join', schedules: [first, second], boundaries: [boundary] }).at(t),
    ),
);

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

export const scheduleLaws = lawSet('schedules', [
  ...KINDS.map(transcribed),
  atCorners,
  continuous,
  ending,
  refusing,
  joined,
  plateau,
]);
