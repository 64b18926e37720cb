/** Laws of descriptions: optimizers, transforms and schedules to JSON and back. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../src/optimizer/decode.ts';
import type { Kind, Registry } from '../../src/optimizer/kind.ts';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { registry } from '../../src/optimizer/registry.ts';
import { adam } from '../../src/optimizer/rules/adam.ts';
import { gradientDescent } from '../../src/optimizer/rules/gradientDescent.ts';
import { decode as decodeSchedule } from '../../src/optimizer/schedule/decode.ts';
import { decode as decodeTransform } from '../../src/optimizer/transform/decode.ts';
import { type Failure, failure, show } from '../../src/tensor/failure.ts';
import type { Json } from '../../src/tensor/json.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Description, optimizers, plateaus, schedules, transforms } from './configs.ts';
import { made } from './rules.ts';

/** A description as a file holds it. */
const filed = (description: Json): unknown => JSON.parse(JSON.stringify(description));

/** An optimizer whose learning rate may be a schedule, where it has one. */
const scheduled: fc.Arbitrary<Description> = fc
  .tuple(optimizers, fc.option(fc.oneof(schedules, plateaus), { nil: undefined }))
  .map(([optimizer, schedule]) => {
    const put = (of: Description): Description => {
      const { optimizer: inner } = of;
      if (typeof inner === 'object' && inner !== null && 'kind' in inner && typeof inner.kind === 'string')
        return { ...of, optimizer: put({ ...inner, kind: inner.kind }) };
      return schedule !== undefined && 'learningRate' in of ? { ...of, learningRate: schedule } : of;
    };
    return put(optimizer);
  });

const saysAll = law(
  'what was read is described',
  'the description of a decoded optimizer says what the one that was read does, at every depth',
  scheduled,
  (description) =>
    // The fields in the order of the sample.
    same(JSON.stringify(description), JSON.stringify(reordered(made(description).description, description))),
  { runs: 50 },
);

/** A description with the fields in the order of another, which must have the same, at every depth. */
const reordered = (of: Json | undefined, like: Json): Json => {
  if (Array.isArray(of) && Array.isArray(like)) return of.map((x, i) => reordered(x, like[i] ?? null));
  if (typeof of !== 'object' || of === null || typeof like !== 'object' || like === null) return of ?? null;
  const fields = new Map<string, Json>(Object.entries(of));
  const names = [...Object.keys(like), ...[...fields.keys()].filter((name) => !Object.hasOwn(like, name))];
  const wanted = new Map<string, Json>(Object.entries(like));
  return Object.fromEntries(
    names
      // Schedules may be given in part; what is filled in is no difference.
      .filter((name) => wanted.has(name))
      .map((name) => [name, reordered(fields.get(name), wanted.get(name) ?? null)]),
  );
};

/** Fails with a failure whose sentence begins with where it is, and names what is wrong. */
const refused = (result: E.Either<Failure, unknown>, where: string): Verdict =>
  E.isRight(result)
    ? { expected: `a failure at ${where}`, received: 'a success' }
    : holds(
        result.left.where === where && result.left.expected !== '' && result.left.tag === 'config',
        `a failure at ${where}`,
        show(result.left),
      );

const unknownFields = law(
  'unknown fields',
  'a field that a kind does not have is refused, wherever it stands, and named',
  fc.oneof(
    scheduled.map((d): readonly ['optimizer' | 'transform' | 'schedule', Description] => ['optimizer', d]),
    transforms.map((d): readonly ['optimizer' | 'transform' | 'schedule', Description] => ['transform', d]),
    fc
      .oneof(schedules, plateaus)
      .map((d): readonly ['optimizer' | 'transform' | 'schedule', Description] => ['schedule', d]),
  ),
  ([what, description]) => {
    const decoder: (json: unknown) => E.Either<Failure, unknown> = {
      optimizer: decode(),
      transform: decodeTransform(),
      schedule: decodeSchedule(),
    }[what];
    return all(
      E.isRight(decoder(filed(description))) ? undefined : { expected: 'a success', received: 'a failure' },
      refused(decoder(filed({ ...description, learnignRate: 0.1 })), `${what}.learnignRate`),
    );
  },
  { runs: 50 },
);

const badOptimizers: ReadonlyArray<readonly [Json, string]> = [
  [{ kind: 'adam', learningRate: -0.1 }, 'optimizer.learningRate'],
  [{ kind: 'adam', learningRate: null }, 'optimizer.learningRate'],
  [{ kind: 'adam', learningRate: '0.1' }, 'optimizer.learningRate'],
  [{ kind: 'gradientDescent' }, 'optimizer.learningRate'],
  [{ kind: 'adam', beta1: 1 }, 'optimizer.beta1'],
  [{ kind: 'adam', beta2: -0.1 }, 'optimizer.beta2'],
  [{ kind: 'adam', epsilon: 0 }, 'optimizer.epsilon'],
  [{ kind: 'adam', epsilonPlacement: 'beside' }, 'optimizer.epsilonPlacement'],
  [{ kind: 'adamW', weightDecay: -1 }, 'optimizer.weightDecay'],
  [{ kind: 'momentum', learningRate: 0.1, momentum: 1 }, 'optimizer.momentum'],
  [{ kind: 'momentum', learningRate: 0.1, dampening: 2 }, 'optimizer.dampening'],
  [{ kind: 'rmsprop', centered: 'yes' }, 'optimizer.centered'],
  [{ kind: 'radam', threshold: 3 }, 'optimizer.threshold'],
  [{ kind: 'amsgrad', correction: 'none', epsilonPlacement: 'uncorrected' }, 'optimizer'],
  [{ kind: 'lbfgs', memory: 0 }, 'optimizer.memory'],
  [{ kind: 'lbfgs', sufficientDecrease: 0.9, curvature: 0.5 }, 'optimizer'],
  [{ kind: 'adma' }, 'optimizer.kind'],
  [{ kind: 'hasOwnProperty' }, 'optimizer.kind'],
  ['adam', 'optimizer'],
  [{ kind: 'clipByNorm', limit: 0, optimizer: { kind: 'adam' } }, 'optimizer.limit'],
  [{ kind: 'clipByNorm', limit: 1 }, 'optimizer.optimizer'],
  [{ kind: 'clipByNorm', limit: 1, optimizer: { kind: 'adam', beta1: 2 } }, 'optimizer.optimizer.beta1'],
  [{ kind: 'maxNorm', limit: -1, optimizer: { kind: 'adam' } }, 'optimizer.limit'],
  [{ kind: 'accumulate', steps: 1.5, optimizer: { kind: 'adam' } }, 'optimizer.steps'],
  [{ kind: 'scaleRates', multipliers: [['a', -1]], optimizer: { kind: 'adam' } }, 'optimizer.multipliers.0.1'],
  [
    {
      kind: 'scaleRates',
      multipliers: [
        ['a', 1],
        ['a', 2],
      ],
      optimizer: { kind: 'adam' },
    },
    'optimizer.multipliers',
  ],
  [{ kind: 'scaleRates', multipliers: [], optimizer: { kind: 'adam' } }, 'optimizer.multipliers'],
  [{ kind: 'adam', learningRate: { kind: 'cosine', initial: -1, steps: 5 } }, 'optimizer.learningRate.initial'],
  [{ kind: 'adam', learningRate: { kind: 'cosine', initial: 1 } }, 'optimizer.learningRate.steps'],
  [{ kind: 'adam', learningRate: { kind: 'sine', initial: 1 } }, 'optimizer.learningRate.kind'],
  [
    { kind: 'adam', learningRate: { kind: 'step', initial: 1, factor: 1.5, every: 1 } },
    'optimizer.learningRate.factor',
  ],
  [
    { kind: 'adam', learningRate: { kind: 'multiStep', initial: 1, factor: 0.5, milestones: [3, 2] } },
    'optimizer.learningRate.milestones',
  ],
  [
    { kind: 'adam', learningRate: { kind: 'join', schedules: [{ kind: 'constant', value: 1 }], boundaries: [2] } },
    'optimizer.learningRate.schedules',
  ],
  [
    {
      kind: 'adam',
      learningRate: {
        kind: 'join',
        schedules: [
          { kind: 'constant', value: 1 },
          { kind: 'constant', value: -1 },
        ],
        boundaries: [2],
      },
    },
    'optimizer.learningRate.schedules.1.value',
  ],
  [
    { kind: 'adam', learningRate: { kind: 'reduceOnPlateau', initial: { kind: 'constant' } } },
    'optimizer.learningRate.initial.value',
  ],
  [
    {
      kind: 'adam',
      learningRate: { kind: 'reduceOnPlateau', initial: { kind: 'reduceOnPlateau', initial: 1 } },
    },
    'optimizer.learningRate.initial',
  ],
];

const badValues = lawOf(
  'values out of their range',
  'a value that is missing, of another type or out of its range is a failure that says where',
  badOptimizers,
  ([json, where]) => refused(decode()(json), where),
);

/** What a constructor throws, as text. */
const thrownBy = (make: () => unknown): string => {
  try {
    make();
    return 'nothing';
  } catch (thrown) {
    return String(thrown);
  }
};

const constructors = lawOf(
  'constructors',
  'what a decoder refuses a constructor throws, with the name of the function and the field',
  [
    [() => adam({ beta1: 1 }), 'Optimizer.adam.beta1'],
    [() => adam({ learningRate: Number.NaN }), 'Optimizer.adam.learningRate'],
    [() => gradientDescent({ learningRate: Number.POSITIVE_INFINITY }), 'Optimizer.gradientDescent.learningRate'],
  ] as const,
  ([make, where]) => {
    const text = thrownBy(make);
    return holds(text.startsWith(`RangeError: ${where}: expected `), `an error about ${where}`, text);
  },
);

const own: Kind<Optimizer> = () => (fields, where) =>
  typeof fields === 'object' && fields !== null && 'learningRate' in fields && typeof fields.learningRate === 'number'
    ? E.right(gradientDescent({ learningRate: 2 * fields.learningRate }))
    : E.left(failure('config', where, 'a learningRate', 'none'));

const ownKinds = lawOf(
  "a user's own kinds",
  "a registry with a user's own kind decodes it, inside our transforms too, and without it does not",
  [{ kind: 'clipByValue', limit: 1, optimizer: { kind: 'mine', learningRate: 0.5 } }],
  (json) => {
    const mine: Registry = { ...registry, optimizers: { ...registry.optimizers, mine: own } };
    const decoded = decode(mine)(json);
    return all(
      E.isRight(decoded)
        ? same(
            '{"kind":"clipByValue","limit":1,"optimizer":{"kind":"gradientDescent","learningRate":1}}',
            JSON.stringify(decoded.right.description),
          )
        : { expected: 'an optimizer', received: show(decoded.left) },
      refused(decode()(json), 'optimizer.optimizer.kind'),
    );
  },
);

export const codecLaws = lawSet('descriptions', [saysAll, unknownFields, badValues, constructors, ownKinds]);
