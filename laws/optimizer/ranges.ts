/** What each hyperparameter may be, to the last number, and what is said of any other. */
import type * as t from 'io-ts';
import * as Config from '../../src/optimizer/config.ts';
import * as Optimizer from '../../src/optimizer/index.ts';
import { rateField, unwatchedRateField } from '../../src/optimizer/rate.ts';
import * as Schedule from '../../src/optimizer/schedule/index.ts';
import * as Transform from '../../src/optimizer/transform/index.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { said, saying } from '../reach/said.ts';

const LEAST = Number.MIN_VALUE;
const BELOW_ONE = 1 - 2 ** -53;
const ABOVE_ONE = 1 + 2 ** -52;
const infinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** A codec, its name, and the numbers that it just takes and just refuses. */
const ranges: ReadonlyArray<
  readonly [codec: t.Type<number>, name: string, taken: readonly number[], refused: readonly number[]]
> = [
  [Config.notNegative, 'a finite number of at least 0', [0, LEAST, Number.MAX_VALUE], [-LEAST, ...infinite]],
  [Config.positive, 'a finite number above 0', [LEAST, Number.MAX_VALUE], [0, -1, ...infinite]],
  [Config.retention, 'a number in [0, 1)', [0, BELOW_ONE], [-LEAST, 1, ...infinite]],
  [Config.fraction, 'a number in [0, 1]', [0, 1], [-LEAST, ABOVE_ONE, ...infinite]],
  [Config.betweenZeroAndOne, 'a number in (0, 1)', [LEAST, BELOW_ONE], [0, 1, ...infinite]],
  [Config.positiveFraction, 'a number in (0, 1]', [LEAST, 1], [0, ABOVE_ONE, ...infinite]],
  [Config.atLeastOne, 'a finite number of at least 1', [1, 1.5, Number.MAX_VALUE], [BELOW_ONE, ...infinite]],
  [Config.atLeastFour, 'a finite number of at least 4', [4, Number.MAX_VALUE], [4 - 2 ** -51, ...infinite]],
  [Config.count, 'a whole number of at least 1', [1, 2 ** 53 - 1], [0, 1.5, 2 ** 53, ...infinite]],
  [Config.countFromZero, 'a whole number of at least 0', [0, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, ...infinite]],
  [
    Config.epsilon,
    'a finite number of at least 2^-126',
    [2 ** -126, Number.MAX_VALUE],
    [2 ** -126 - 2 ** -179, 0, ...infinite],
  ],
];

const decoded = <A>(codec: t.Type<A, unknown>, value: unknown) =>
  Config.decodeFields(Config.fieldsOf<{ x: A }>()('one', { x: codec }, {}), 'here')({ x: value });

const numbers: Law = lawOf(
  'ranges',
  'end where they say, and what is outside is refused in their words; so is what is no number',
  ranges,
  ([codec, name, taken, refused]) =>
    all(
      same(name, codec.name),
      ...taken.map((x) =>
        same(
          'a result',
          said(() => decoded(codec, x)),
          `${name}: ${x}`,
        ),
      ),
      ...refused.map((x) =>
        same(
          `here.x: expected ${name}, received ${x}`,
          said(() => decoded(codec, x)),
          `${name}: ${x}`,
        ),
      ),
      same(
        `here.x: expected ${name}, received "1"`,
        said(() => decoded(codec, '1')),
      ),
    ),
);

const one = Schedule.constant({ value: 1 });
const lists = Config.listOf(Config.count);
const even = Config.such(Config.count, 'an even number', (n) => n % 2 === 0);

const others: Law = saying('other fields', 'say what they take, and where it is not so', [
  [() => decoded(Config.oneOf('a', 'b'), 'b'), 'a result'],
  [() => decoded(Config.oneOf('a', 'b'), 'c'), 'here.x: expected one of "a", "b", received "c"'],
  [() => decoded(lists, [1, 2]), 'a result'],
  [() => decoded(lists, []), 'here.x: expected a list, not empty, of: a whole number of at least 1, received []'],
  [() => decoded(lists, 7), 'here.x: expected a list, not empty, of: a whole number of at least 1, received 7'],
  [() => decoded(lists, { length: 1 }), `here.x: expected ${lists.name}, received {"length":1}`],
  [() => decoded(lists, [1, 0]), 'here.x.1: expected a whole number of at least 1, received 0'],
  [() => decoded(even, 4), 'a result'],
  [() => decoded(even, 3), 'here.x: expected an even number, received 3'],
  [() => decoded(even, 0), 'here.x: expected a whole number of at least 1, received 0'],
  [() => decoded(rateField, one), 'a result'],
  [() => decoded(rateField, -1), 'here.x: expected a rate (a finite number of at least 0) or a schedule, received -1'],
  [
    () => decoded(unwatchedRateField, 'x'),
    'here.x: expected a rate (a finite number of at least 0) or a schedule that watches no metric, received "x"',
  ],
]);

const sgd = Optimizer.gradientDescent({ learningRate: 1 });

/** What the hyperparameters of a kind must be together, and where the constructors say that something is wrong. */
const together: Law = saying('constructors', 'name themselves and the field, and what must hold of several fields', [
  [
    () => Optimizer.lbfgs({ sufficientDecrease: 0.9 }),
    'Optimizer.lbfgs: expected a sufficientDecrease below the curvature, received {"memory":10,"sufficientDecrease":0.9,"curvature":0.9,"ma…',
  ],
  [() => Optimizer.lbfgs({ sufficientDecrease: 0.8999, curvature: 0.9 }), 'a result'],
  [
    () => Optimizer.amsgrad({ correction: 'none', epsilonPlacement: 'uncorrected' }),
    'Optimizer.amsgrad: expected an epsilon outside or inside where the maximum is not corrected after, received {"learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon"…',
  ],
  [() => Optimizer.amsgrad({ epsilonPlacement: 'uncorrected' }), 'a result'],
  [() => Optimizer.amsgrad({ correction: 'none', epsilonPlacement: 'inside' }), 'a result'],
  [() => Optimizer.amsgrad({ correction: 'beforeMaximum', epsilonPlacement: 'outside' }), 'a result'],
  [
    () => Schedule.join({ schedules: [one, one, one], boundaries: [3] }),
    'Schedule.join: expected one boundary fewer than schedules, received {"schedules":[{"description":{"kind":"constant","value":1…',
  ],
  [
    () => Schedule.step({ initial: 1, factor: 0, every: 2 }),
    'Schedule.step.factor: expected a number in (0, 1], received 0',
  ],
  [() => Transform.clipByNorm(0)(sgd), 'Transform.clipByNorm.limit: expected a finite number above 0, received 0'],
  [
    () => Schedule.constant({ value: 1 }).at(0.5),
    'Schedule.constant: 0.5 is not a whole number of steps of at least 0',
  ],
  [() => Schedule.constant({ value: 1 }).at(-1), 'Schedule.constant: -1 is not a whole number of steps of at least 0'],
  [() => Schedule.constant({ value: 1 }).at(0), 'a result'],
]);

const rates = { learningRate: -1 };
const wrongRate = (kind: string, make: (config: typeof rates) => unknown) =>
  [
    () => make(rates),
    `Optimizer.${kind}.learningRate: expected a rate (a finite number of at least 0) or a schedule, received -1`,
  ] as const;
const wrong = (where: string, expected: string, received: string, make: () => unknown) =>
  [make, `${where}: expected ${expected}, received ${received}`] as const;
const [POSITIVE, WHOLE, NOT_NEGATIVE] = [
  'a finite number above 0',
  'a whole number of at least 1',
  'a finite number of at least 0',
];

/** Every constructor there is. */
const named: Law = saying('constructors of every kind', 'say who they are and which field is wrong', [
  wrongRate('gradientDescent', Optimizer.gradientDescent),
  wrongRate('momentum', Optimizer.momentum),
  wrongRate('nesterov', Optimizer.nesterov),
  wrongRate('adagrad', Optimizer.adagrad),
  wrongRate('adagradMomentum', Optimizer.adagradMomentum),
  wrongRate('rmsprop', Optimizer.rmsprop),
  wrongRate('adadelta', Optimizer.adadelta),
  wrongRate('adam', Optimizer.adam),
  wrongRate('adamW', Optimizer.adamW),
  wrongRate('amsgrad', Optimizer.amsgrad),
  wrongRate('nadam', Optimizer.nadam),
  wrongRate('adamax', Optimizer.adamax),
  wrongRate('radam', Optimizer.radam),
  wrongRate('lion', Optimizer.lion),
  wrong('Optimizer.lbfgs.memory', WHOLE, '0', () => Optimizer.lbfgs({ memory: 0 })),
  wrong('Transform.clipByValue.limit', POSITIVE, '0', () => Transform.clipByValue(0)),
  wrong('Transform.clipByNorm.limit', POSITIVE, '0', () => Transform.clipByNorm(0)),
  wrong('Transform.clipByGlobalNorm.limit', POSITIVE, '0', () => Transform.clipByGlobalNorm(0)),
  wrong('Transform.maxNorm.limit', POSITIVE, '0', () => Transform.maxNorm(0)),
  wrong('Transform.weightDecay.rate', NOT_NEGATIVE, '-1', () => Transform.weightDecay({ rate: -1 })),
  wrong('Transform.accumulate.steps', WHOLE, '0', () => Transform.accumulate(0)),
  wrong('Transform.exponentialMovingAverage.decay', 'a number in [0, 1)', '1', () =>
    Transform.exponentialMovingAverage({ decay: 1 }),
  ),
  wrong('Transform.stochasticWeightAveraging.start', 'a whole number of at least 0', '-1', () =>
    Transform.stochasticWeightAveraging({ start: -1 }),
  ),
  wrong('Transform.scaleRates.multipliers.0.1', NOT_NEGATIVE, '-1', () => Transform.scaleRates([['a', -1]])),
  wrong('Transform.scaleRates.multipliers', 'no path twice', '[["a",0],["a",0]]', () => Transform.freeze(['a', 'a'])),
  wrong('Schedule.constant.value', NOT_NEGATIVE, '-1', () => Schedule.constant({ value: -1 })),
  wrong('Schedule.multiStep.initial', NOT_NEGATIVE, '-1', () =>
    Schedule.multiStep({ initial: -1, factor: 1, milestones: [1] }),
  ),
  wrong('Schedule.exponential.initial', NOT_NEGATIVE, '-1', () => Schedule.exponential({ initial: -1, factor: 1 })),
  wrong('Schedule.inverseTime.initial', NOT_NEGATIVE, '-1', () => Schedule.inverseTime({ initial: -1, decay: 1 })),
  wrong('Schedule.polynomial.steps', WHOLE, '0', () => Schedule.polynomial({ initial: 1, steps: 0 })),
  wrong('Schedule.cosine.steps', WHOLE, '0', () => Schedule.cosine({ initial: 1, steps: 0 })),
  wrong('Schedule.cosineWithRestarts.steps', WHOLE, '0', () => Schedule.cosineWithRestarts({ initial: 1, steps: 0 })),
  wrong('Schedule.linearWarmup.steps', WHOLE, '0', () => Schedule.linearWarmup({ final: 1, steps: 0 })),
  wrong('Schedule.oneCycle.steps', WHOLE, '0', () => Schedule.oneCycle({ peak: 1, steps: 0 })),
  wrong('Schedule.reduceOnPlateau.patience', 'a whole number of at least 0', '-1', () =>
    Schedule.reduceOnPlateau({ initial: 1, patience: -1 }),
  ),
]);

export const rangeLaws: LawSet = lawSet('ranges of hyperparameters', [numbers, others, together, named]);
