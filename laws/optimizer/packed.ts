/** Our optimizers, schedules and transforms under the laws that anybody's obey. */
import type * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../src/optimizer/decode.ts';
import { decode as decodeSchedule } from '../../src/optimizer/schedule/decode.ts';
import { decode as decodeTransform } from '../../src/optimizer/transform/decode.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { show } from '../../src/tensor/failure.ts';
import { type LawSet, lawSet } from '../law.ts';
import { type OptimizerOptions, optimizer } from '../pack/optimizer.ts';
import { type ScheduleDescription, type ScheduleOptions, schedule } from '../pack/schedule.ts';
import { type TransformOptions, transform } from '../pack/transform.ts';
import {
  type Description,
  lbfgsConfigs,
  optimizers,
  type RuleKind,
  ruleConfigs,
  scheduleConfigs,
  schedules,
} from './configs.ts';
import { KINDS, made } from './rules.ts';
import { scheduleMade } from './schedule-made.ts';
import { steepest } from './steepest.ts';

/** Rates that move, and nothing so slow to forget or so quick that a quadratic is climbed by it. */
const usable = (description: Description): Description => {
  const within = (least: number, most: number, ...names: readonly string[]): Readonly<Record<string, number>> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const given = description[name];
        return typeof given === 'number' ? [[name, Math.max(least, Math.min(most, given))]] : [];
      }),
    );
  return {
    ...description,
    ...within(0, 0.9, 'momentum', 'beta1'),
    ...within(0.9, 0.999, 'beta2', 'decay'),
    ...within(0, 0.5, 'dampening'),
    ...within(0, 0.01, 'weightDecay'),
    ...within(1e-3, 0.1, 'learningRate'),
  };
};

/** The steps of these are of one size whatever the gradients’. RMSprop’s variance may be 0 and leave ε alone; RAdam’s first
 * steps are not divided by anything. */
const invariant: readonly RuleKind[] = [
  'adagrad',
  'adagradMomentum',
  'adadelta',
  'adam',
  'adamW',
  'amsgrad',
  'nadam',
  'adamax',
  'lion',
];
const linear: readonly RuleKind[] = ['gradientDescent', 'momentum', 'nesterov'];

const RUNS = 6;

const ofKind = (kind: RuleKind, configs: fc.Arbitrary<Description>): LawSet => {
  const decays = kind === 'adamW' || kind === 'lion';
  const told: OptimizerOptions = {
    name: kind,
    runs: RUNS,
    decode: decode(),
    ...(invariant.includes(kind) ? { scale: 'invariant' } : {}),
    ...(linear.includes(kind) ? { scale: 'linear' } : {}),
  };
  const drawn = configs.map(usable);
  if (!decays) return optimizer(drawn.map(made), told);
  return lawSet(
    kind,
    [],
    (['weights', 'all'] as const).map((decayed) =>
      optimizer(
        drawn.map((description) => made({ ...description, decayed })),
        { ...told, name: `decay of ${decayed}`, decay: decayed },
      ),
    ),
  );
};

const lineSearch = 'a line search tries points, beyond the minimum too, and comes back';
const decisions = 'what a line search decides on a rounded loss may be another thing';

const lineSearches: LawSet = optimizer(lbfgsConfigs.map(made), {
  name: 'lbfgs',
  runs: RUNS,
  elementwise: false,
  decode: decode(),
  except: { downhill: lineSearch, 'formats agree': decisions },
});

const mixed = 'decays, averages, line searches and rates of 0 are among these';

/** Optimizers in up to three transforms. */
const nested: LawSet = optimizer(optimizers.map(made), {
  name: 'in transforms',
  runs: 40,
  elementwise: false,
  decode: decode(),
  // Some of the transforms are about a parameter of one of these names.
  parameters: [
    { name: 'weight', role: 'weight', shape: [2, 2] },
    { name: 'bias', role: 'bias', shape: [2] },
  ],
  except: {
    downhill: mixed,
    'descends a quadratic': mixed,
    'no gradient, no motion': mixed,
    'formats agree': decisions,
  },
});

const numberAt =
  (...names: readonly string[]) =>
  (description: ScheduleDescription): number | undefined => {
    const found = names.map((name) => description[name]).find((x) => typeof x === 'number');
    return typeof found === 'number' ? found : undefined;
  };

/** What each kind of schedule says of where it begins and ends. */
const ends: Readonly<Record<keyof typeof scheduleConfigs, ScheduleOptions>> = {
  constant: { initial: numberAt('value'), length: 0, final: numberAt('value') },
  step: { initial: numberAt('initial') },
  multiStep: { initial: numberAt('initial') },
  exponential: { initial: numberAt('initial') },
  inverseTime: { initial: numberAt('initial') },
  polynomial: { initial: numberAt('initial'), length: numberAt('steps'), final: numberAt('final') },
  cosine: { initial: numberAt('initial'), length: numberAt('steps'), final: numberAt('final') },
  cosineWithRestarts: { initial: numberAt('initial') },
  linearWarmup: { initial: numberAt('initial'), length: numberAt('steps'), final: numberAt('final') },
  oneCycle: { length: numberAt('steps'), greatest: numberAt('peak') },
};

const scheduleSets: readonly LawSet[] = [
  ...Object.entries<fc.Arbitrary<Description>>(scheduleConfigs).map(([kind, configs]) => {
    const known = new Map<string, ScheduleOptions>(Object.entries(ends)).get(kind);
    const slope = steepest.get(kind);
    return schedule(configs.map(scheduleMade), {
      name: kind,
      decode: decodeSchedule(),
      ...known,
      ...(slope === undefined ? {} : { slope }),
    });
  }),
  schedule(schedules.map(scheduleMade), { name: 'any, and joined', decode: decodeSchedule() }),
];

const transformFrom = (description: Description): Transform => {
  const decoded = decodeTransform()(description);
  if (E.isLeft(decoded)) throw new Error(show(decoded.left));
  return decoded.right;
};

/** What each kind of transform is for, at one setting. */
const transforms: ReadonlyArray<readonly [Description, TransformOptions]> = [
  [{ kind: 'clipByValue', limit: 2 }, { clips: { limit: 2, by: 'number' } }],
  [{ kind: 'clipByNorm', limit: 0.3 }, { clips: { limit: 0.3, by: 'norm' } }],
  [{ kind: 'clipByGlobalNorm', limit: 5 }, { clips: { limit: 5, by: 'globalNorm' } }],
  [{ kind: 'maxNorm', limit: 1.5 }, { constrains: { limit: 1.5 } }],
  [{ kind: 'accumulate', steps: 3 }, { accumulates: 3 }],
  [{ kind: 'exponentialMovingAverage', decay: 0.99, debias: true }, { averages: true }],
  [{ kind: 'exponentialMovingAverage', decay: 0.5, debias: false }, { averages: true }],
  [{ kind: 'stochasticWeightAveraging', start: 2, every: 2 }, { averages: true }],
  [{ kind: 'weightDecay', rate: 0.1, decayed: 'weights' }, { decays: { rate: 0.1, of: 'weights' } }],
  [{ kind: 'weightDecay', rate: 0.1, decayed: 'all' }, { decays: { rate: 0.1, of: 'all' } }],
  [
    { kind: 'scaleRates', multipliers: [['bias', 0]] },
    {
      parameters: [
        { name: 'bias', role: 'bias', shape: [2] },
        { name: 'weight', role: 'weight', shape: [3] },
      ],
    },
  ],
];

export const packedLaws: LawSet = lawSet(
  'as anybody’s',
  [],
  [
    lawSet('optimizers', [], [...KINDS.map((kind) => ofKind(kind, ruleConfigs[kind])), lineSearches, nested]),
    lawSet('schedules', [], scheduleSets),
    lawSet(
      'transforms',
      [],
      transforms.map(([description, told]) =>
        transform(transformFrom(description), {
          name: JSON.stringify(description),
          runs: 30,
          decode: decodeTransform(),
          ...told,
        }),
      ),
    ),
  ],
);
