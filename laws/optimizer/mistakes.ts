/** What optimizers, transforms and schedules refuse, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as t from 'io-ts';
import * as Layer from '../../src/layer/index.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { decodeFields, fieldsOf, listOf, oneOf, such } from '../../src/optimizer/config.ts';
import * as Optimizer from '../../src/optimizer/index.ts';
import { withSchedules } from '../../src/optimizer/kind.ts';
import { column, scalarOf, vectorOf } from '../../src/optimizer/leaves.ts';
import { numberOf } from '../../src/optimizer/numbers.ts';
import { rateField, unwatchedRateField } from '../../src/optimizer/rate.ts';
import * as Schedule from '../../src/optimizer/schedule/index.ts';
import * as Transform from '../../src/optimizer/transform/index.ts';
import * as S from '../../src/scalar/expr.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { entries, type Form, leaf, map, showPath } from '../../src/tensor/tree.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying, taking } from '../reach/said.ts';

const ops = reference('f64');
const { parameters } = Layer.dense(1, 1);
const params = { weight: Tensor.full('f64', [1, 1], 2), bias: Tensor.full('f64', [1], 3) };
const evaluation = { value: Tensor.scalar('f64', 1), gradient: params };
const read = (x: Tensor.Tensor): number => x.data[0] ?? NaN;
const stepped = (optimizer: Optimizer.Optimizer, slots = Optimizer.init(ops, optimizer, parameters, params)) =>
  Optimizer.step(ops, read, optimizer, parameters, slots, evaluation, params);

const sgd = Optimizer.gradientDescent({ learningRate: 1 });
const none = { numbers: {}, vectors: {} };

const slots: Law = saying('slots', 'of another optimizer are told from its own by the names in them', [
  [() => stepped(sgd, none), 'Optimizer: the slots hold no number "steps", only '],
  [
    () => stepped(Optimizer.adam(), { numbers: { steps: 0 }, vectors: { u: params } }),
    'Optimizer: the slots hold no vector "m", only u',
  ],
  [
    () => stepped(Optimizer.adam(), { numbers: { steps: 0 }, vectors: {} }),
    'Optimizer: the slots hold no vector "m", only none',
  ],
  [() => numberOf({ a: 1, b: 2 }, 'c'), 'Optimizer: the slots hold no number "c", only a, b'],
  [() => vectorOf({}, 'c'), 'Optimizer: the slots hold no vector "c", only none'],
  [() => vectorOf({ a: 1, b: 2 }, 'c'), 'Optimizer: the slots hold no vector "c", only a, b'],
  [() => scalarOf({ a: 1, b: 2 }, 'c'), 'Optimizer: a phase was run without the scalar "c", only a, b'],
  [() => column(leaf, 'c', { a: 1, b: 2 }), 'Optimizer: no column "c" among a, b'],
  [
    () => stepped({ ...sgd, decide: (numbers) => ({ numbers, run: { phase: 'nowhere', scalars: {} } }) }),
    'gradientDescent: no phase "nowhere"',
  ],
]);

const rule = {
  kind: 'mine',
  config: { learningRate: 0.01 },
  slots: { m: 0 },
  scalars: () => ({ half: 0.5 }),
  updates: [],
  value: S.input('value'),
} as const;

const rules: Law = saying('rules', 'read what is there, and name slots as nothing else is named', [
  [() => Optimizer.fromRule(rule), 'a result'],
  ...['value', 'gradient', 'isWeight', 'rate', 'half'].map(
    (name) =>
      [
        () => Optimizer.fromRule({ ...rule, slots: { [name]: 0 } }),
        `Optimizer mine: the slot "${name}" has the name of another input`,
      ] as const,
  ),
  [
    () => Optimizer.fromRule({ ...rule, value: S.add(S.input('value'), S.input('elsewhere')) }),
    'Optimizer mine: "value" reads "elsewhere", which is none of value, gradient, isWeight, m, half, rate',
  ],
]);

const started: Law = lawOf(
  'preferred',
  'lbfgs prefers nothing before its first step, and where it started from after it; a rule never anything',
  ['f32', 'f64'] as const,
  (dtype) => {
    const algebra = reference(dtype);
    const at = { weight: Tensor.full(dtype, [1, 1], 2), bias: Tensor.full(dtype, [1], 3) };
    const optimizer = Optimizer.lbfgs();
    const before = Optimizer.init(algebra, optimizer, parameters, at);
    const told = { value: Tensor.scalar(dtype, 1), gradient: at };
    const { slots: after } = Optimizer.step(algebra, read, optimizer, parameters, before, told, at);
    const preferred = Optimizer.preferred(algebra, optimizer, parameters, after);
    return all(
      same(true, O.isNone(Optimizer.preferred(algebra, optimizer, parameters, before))),
      same(true, O.isSome(preferred) && Tensor.equals(preferred.value.weight, at.weight)),
      same(true, O.isNone(Optimizer.preferred(ops, sgd, parameters, none))),
    );
  },
);

/** A slope that does not lead down ends the direction: the search is not begun. */
const uphill: Law = lawOf(
  'directions that do not lead down',
  'are no directions: where there are no pairs to forget, lbfgs rests',
  [0, 1, NaN, Number.NEGATIVE_INFINITY],
  (slope) => {
    const { decide, numbers } = Optimizer.lbfgs();
    const decision = decide({ ...numbers, stage: 0, pairs: 2 }, { phase: 'direction', readings: { slope } });
    return same(true, decision.run !== undefined && decision.run.phase !== 'propose');
  },
);

const longest: Law = lawOf(
  'multipliers',
  'the longest path that fits counts, in whichever order they stand',
  [
    [
      ['', 0],
      ['bias', 0.5],
    ],
    [
      ['bias', 0.5],
      ['', 0],
    ],
  ] as const,
  (multipliers) => {
    const { params: after } = stepped(Transform.scaleRates(multipliers)(sgd));
    return all(same(2, after.weight.data[0]), same(1.5, after.bias.data[0]));
  },
);

const two = Layer.sequential(Layer.dense(1, 1), Layer.dense(1, 1)).parameters;
const ones = map(two.tree, ({ shape }: Layer.Spec) => Tensor.full('f64', shape, 1), two.specs);

const under: Law = lawOf(
  'paths',
  'lead to what is at them and to all that is under them',
  [
    ['', '0.weight 0.bias 1.weight 1.bias'],
    ['0', '0.weight 0.bias'],
    ['1.bias', '1.bias'],
  ] as const,
  ([path, held]) => {
    const optimizer = Transform.freeze([path])(sgd);
    const begun = Optimizer.init(ops, optimizer, two, ones);
    const { params: after } = Optimizer.step(ops, read, optimizer, two, begun, { ...evaluation, gradient: ones }, ones);
    const kept = entries<Form, Tensor.Tensor>(two.tree, after).filter(([, { data }]) => data[0] === 1);
    return same(held, kept.map(([at]) => showPath(at)).join(' '));
  },
);

const decode = Optimizer.decode();
const schedule = Schedule.decode();
const transform = Transform.decode();
const kinds = Object.keys(Optimizer.registry.optimizers);
const flat = { kind: 'constant', value: 1 };
const reading: Law = saying('descriptions', 'are failures where they mean nothing, saying where', [
  [() => decode(7), 'optimizer: expected an optimizer: an object with a kind, received 7'],
  [() => decode(null), 'optimizer: expected an optimizer: an object with a kind, received null'],
  [() => decode({ kind: 7 }), 'optimizer: expected an optimizer: an object with a kind, received {"kind":7}'],
  [() => transform(7), 'transform: expected a transform: an object with a kind, received 7'],
  [
    () => transform({ kind: 'adam' }),
    `transform.kind: expected one of ${Object.keys(Optimizer.registry.transforms).join(', ')}, received "adam"`,
  ],
  [
    () => transform({ kind: 'clipByNorm', limit: -1 }),
    'transform.limit: expected a finite number above 0, received -1',
  ],
  [
    () => decode({ kind: 'no' }),
    `optimizer.kind: expected one of ${[...kinds, ...Object.keys(Optimizer.registry.transforms)].join(', ')}, received "no"`,
  ],
  [
    () => decode({ kind: 'adam', optimizer: { kind: 'adam' } }),
    'optimizer.optimizer: expected no such field, the fields of adam being learningRate, beta1, beta2, epsilon, epsilonPlacement, received {"kind":"adam"}',
  ],
  [
    () => decode({ kind: 'clipByNorm', limit: 1 }),
    'optimizer.optimizer: expected an optimizer: an object with a kind, received undefined',
  ],
  [() => schedule(7), 'schedule: expected a schedule: an object with a kind, received 7'],
  [
    () => decode({ kind: 'adam', learningRate: null }),
    'optimizer.learningRate: expected a rate (a finite number of at least 0) or a schedule, received null',
  ],
  [() => schedule({ kind: 'join' }), 'schedule.schedules: expected a list of schedules, received none'],
  [
    () => schedule({ kind: 'join', schedules: 7, boundaries: [] }),
    'schedule.schedules: expected a list of schedules, received none',
  ],
  [
    () =>
      schedule({
        kind: 'join',
        schedules: [
          { kind: 'constant', value: 1 },
          { kind: 'reduceOnPlateau', initial: 1 },
        ],
        boundaries: [1],
      }),
    'schedule.schedules.1: expected a schedule that watches no metric, received {"description":{"kind":"reduceOnPlateau","factor":0.1,"pa…',
  ],
  [
    () => schedule({ kind: 'join', schedules: [flat, flat], boundaries: [1], other: 7 }),
    'schedule.other: expected no such field, the fields of join being schedules, boundaries, received 7',
  ],
  [() => decodeFields(fieldsOf<{ a: string }>()('x', { a: t.string }, {}), 'here')(7), 'here: expected x, received 7'],
  [
    () => decodeFields(fieldsOf<{ a: string }>()('x', { a: t.string }, {}), 'here')(null),
    'here: expected x, received null',
  ],
  [
    () => decodeFields(fieldsOf<{ a: string }>()('x', { a: t.string }, {}), 'here')([1]),
    'here: expected x, received [1]',
  ],
]);

const one = Schedule.constant({ value: 1 });
const joining: Law = saying('joins', 'have two schedules or more, and one boundary fewer, ascending', [
  [() => Schedule.join({ schedules: [one, one], boundaries: [3] }), 'a result'],
  [
    () => Schedule.join({ schedules: [one], boundaries: [] }),
    'Schedule.join.schedules: expected two schedules or more, received [{"description":{"kind":"constant","value":1}}]',
  ],
  [
    () => Schedule.join({ schedules: [one, one], boundaries: [] }),
    'Schedule.join.boundaries: expected a list, not empty, of: a whole number of at least 1, received []',
  ],
  [
    () => Schedule.join({ schedules: [one, one, one], boundaries: [3, 3] }),
    'Schedule.join.boundaries: expected whole numbers of at least 1 in ascending order, received [3,3]',
  ],
  [
    () => Schedule.join({ schedules: [one, one], boundaries: [-1] }),
    'Schedule.join.boundaries.0: expected a whole number of at least 1, received -1',
  ],
]);

const words = oneOf('a', 'b');
const numbers = listOf(t.number);
const even = such(t.number, 'an even number', (n) => n % 2 === 0);
const plateau = Schedule.reduceOnPlateau({ initial: 1 });

const told: Law = taking('codecs', 'tell what is one from what is not', [
  [words, 'a', true],
  [words, 'c', false],
  [words, 7, false],
  [numbers, [1, 2], true],
  [numbers, [1], true],
  [numbers, [], false],
  [numbers, ['a'], false],
  [numbers, 7, false],
  [even, 4, true],
  [even, 3, false],
  [even, '4', false],
  [rateField, 0, true],
  [rateField, -1, false],
  [rateField, one, true],
  [rateField, plateau, true],
  [rateField, { at: 7, description: {} }, false],
  [rateField, { at: () => 1 }, false],
  [rateField, null, false],
  [unwatchedRateField, 0.5, true],
  [unwatchedRateField, one, true],
  [unwatchedRateField, plateau, false],
  [unwatchedRateField, NaN, false],
]);

const untouched: Law = lawOf(
  'what holds no schedule',
  'goes through as it is, for the codec to judge',
  [7, null, undefined, 'x'],
  (fields) => {
    const result = withSchedules(Optimizer.registry, 'learningRate')(fields, 'here');
    return same(true, E.isRight(result) && Object.is(result.right, fields));
  },
);

export const mistakeLaws: LawSet = lawSet('what optimizers refuse', [
  slots,
  rules,
  started,
  uphill,
  longest,
  under,
  reading,
  joining,
  told,
  untouched,
]);
