/** What the documentation says of losses and penalties, word for word: defaults, and where a constructor refuses. */
import * as E from 'fp-ts/lib/Either.js';
import * as Loss from '../../src/loss/index.ts';
import * as Penalty from '../../src/loss/penalty.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Failure from '../../src/tensor/failure.ts';
import { generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { penaltyDefaults } from './penalty-defaults.ts';

const withNaN = (shape: readonly number[], at: number): Tensor =>
  generate('f32', shape, (i) => (i === at ? Number.NaN : 0));

type Described = readonly [loss: Loss.Loss, description: Loss.LossDescription];

const defaults: readonly Described[] = [
  [Loss.squaredError(), { kind: 'squaredError', reduction: 'mean' }],
  [Loss.halfSquaredError(), { kind: 'halfSquaredError', reduction: 'mean' }],
  [Loss.absoluteError(), { kind: 'absoluteError', reduction: 'mean' }],
  [Loss.huber(), { kind: 'huber', delta: 1, reduction: 'mean' }],
  [Loss.logCosh(), { kind: 'logCosh', reduction: 'mean' }],
  [Loss.binaryCrossEntropy(), { kind: 'binaryCrossEntropy', epsilon: 0, reduction: 'mean' }],
  [Loss.binaryCrossEntropyWithLogits(), { kind: 'binaryCrossEntropyWithLogits', reduction: 'mean' }],
  [Loss.categoricalCrossEntropy(), { kind: 'categoricalCrossEntropy', epsilon: 0, reduction: 'mean' }],
  [Loss.softmaxCrossEntropy(), { kind: 'softmaxCrossEntropy', reduction: 'mean' }],
  [Loss.kullbackLeibler(), { kind: 'kullbackLeibler', epsilon: 0, reduction: 'mean' }],
  [Loss.hinge(), { kind: 'hinge', reduction: 'mean' }],
  [Loss.multiClassHinge(), { kind: 'multiClassHinge', reduction: 'mean' }],
  [Loss.poisson(), { kind: 'poisson', reduction: 'mean' }],
  [Loss.poissonWithLogRate(), { kind: 'poissonWithLogRate', reduction: 'mean' }],
  [Loss.gaussianNegativeLogLikelihood(), { kind: 'gaussianNegativeLogLikelihood', reduction: 'mean' }],
];

const stated: Law = lawOf(
  'defaults',
  'a loss made without a configuration takes the mean over examples, δ = 1 and ε = 0, and says so',
  defaults,
  ([loss, description]) =>
    all(same(JSON.stringify(description), JSON.stringify(loss.description)), same('mean', loss.reduction)),
);

const wrapped: Law = lawOf(
  'losses of losses',
  'are described with the loss that they are made of, and join examples as it does',
  ['mean', 'sum'] as const,
  (reduction) => {
    const inner = Loss.softmaxCrossEntropy({ reduction });
    const smoothed = Loss.labelSmoothing(0.25)(inner);
    const labelled = Loss.fromLabels(smoothed);
    const within = { kind: 'softmaxCrossEntropy', reduction };
    const around = { kind: 'labelSmoothing', smoothing: 0.25, loss: within };
    return all(
      same(JSON.stringify(around), JSON.stringify(smoothed.description)),
      same(JSON.stringify({ kind: 'fromLabels', loss: around }), JSON.stringify(labelled.description)),
      same(reduction, smoothed.reduction),
      same(reduction, labelled.reduction),
    );
  },
);

const message = (attempt: () => unknown): string => {
  try {
    attempt();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const says = (attempt: () => unknown, expected: string): Verdict => same(expected, message(attempt));

const mistakes: ReadonlyArray<readonly [attempt: () => unknown, says: string]> = [
  [() => Loss.squaredError().expected([]), 'squaredError: a prediction of shape [] has no components'],
  [() => Loss.squaredError().expected([3, 0]), 'squaredError: a prediction of shape [3,0] has no components'],
  ...[-0.5, 0.5, NaN].map(
    (epsilon) =>
      [
        () => Loss.categoricalCrossEntropy({ epsilon }),
        `categoricalCrossEntropy.epsilon: expected a number in [0, 0.5), received ${epsilon}`,
      ] as const,
  ),
  [
    () => Loss.binaryCrossEntropy({ epsilon: -1 }),
    'binaryCrossEntropy.epsilon: expected a number in [0, 0.5), received -1',
  ],
  [() => Loss.kullbackLeibler({ epsilon: 1 }), 'kullbackLeibler.epsilon: expected a number in [0, 0.5), received 1'],
  [() => Loss.huber({ delta: -1 }), 'huber.delta: expected a finite number above 0, received -1'],
  [() => Loss.labelSmoothing(-0.1), 'labelSmoothing.smoothing: expected a number in [0, 1), received -0.1'],
  ...['softmaxCrossEntropy', 'multiClassHinge', 'categoricalCrossEntropy', 'kullbackLeibler'].flatMap((kind) =>
    [[2], [2, 1], [2, 0, 3]].map(
      (shape) =>
        [
          () => defaults.find(([loss]) => loss.description.kind === kind)?.[0].expected(shape),
          `${kind}: a prediction of shape [${shape}] where [batch, …, classes ≥ 2] was expected`,
        ] as const,
    ),
  ),
  [
    () => Loss.fromLabels(Loss.softmaxCrossEntropy()).expected([4]),
    'fromLabels: a prediction of shape [4] where [batch, …, classes ≥ 2] was expected',
  ],
  [
    () => Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy()).expected([4, 1]),
    'labelSmoothing: a prediction of shape [4,1] where [batch, …, classes ≥ 2] was expected',
  ],
  [
    () => Loss.fromLabels(Loss.hinge()).expected([4, 3]),
    'fromLabels: hinge takes targets of [4,3] that are −1 or 1, where [4,3] of 0 and 1 are made, which softmaxCrossEntropy takes',
  ],
  [
    () => Loss.fromLabels(Loss.gaussianNegativeLogLikelihood()).expected([4, 2]),
    'fromLabels: gaussianNegativeLogLikelihood takes targets of [4,1] that are finite numbers, where [4,2] of 0 and 1 are made, which softmaxCrossEntropy takes',
  ],
  [
    () => Loss.labelSmoothing(0.5)(Loss.multiClassHinge()).expected([4, 2]),
    'labelSmoothing: multiClassHinge takes targets of [4,2] that are 0 or 1, where [4,2] of 0.25 and 0.75 are made, which softmaxCrossEntropy takes',
  ],
  ...[[4], [4, 3], [4, 0], [4, 0, 2]].map(
    (shape) =>
      [
        () => Loss.gaussianNegativeLogLikelihood().expected(shape),
        `gaussianNegativeLogLikelihood: a prediction of shape [${shape}] where [batch, …, 2n] was expected`,
      ] as const,
  ),
  [
    () => Loss.value(reference('f64'), Loss.squaredError(), zeros('f64', [2, 3]), zeros('f64', [2])),
    'squaredError: a target of shape [2] where a prediction of [2,3] takes [2,3]',
  ],
  [
    () =>
      Loss.labelSmoothing(0.1)(Loss.squaredError()).costs(reference('f64'), zeros('f64', [2, 1]), zeros('f64', [2, 1])),
    'labelSmoothing: a prediction of shape [2,1] where [batch, …, classes ≥ 2] was expected',
  ],
  [() => Penalty.l1(-1), 'l1.strength: expected a finite number not below 0, received -1'],
  [() => Penalty.l2(-1), 'l2.strength: expected a finite number not below 0, received -1'],
  [() => Penalty.elastic({ strength: 1, ratio: 2 }), 'elastic.ratio: expected a number in [0, 1], received 2'],
];

const refused: Law = lawOf(
  'messages',
  'name the field or the shape, what was expected and what came',
  mistakes,
  (each) => says(...each),
);

const accepted: Law = lawOf(
  'ends of intervals',
  'ε = 0, α = 0 and a strength of 0 are taken',
  [
    () => Loss.binaryCrossEntropy({ epsilon: 0 }),
    () => Loss.labelSmoothing(0),
    () => Penalty.l1(0),
    () => Penalty.elastic({ strength: 0, ratio: 0 }),
    () => Penalty.elastic({ strength: 1, ratio: 1 }),
  ],
  (attempt) => says(attempt, 'nothing thrown'),
);

type Told = readonly [loss: Loss.Loss, values: string, good: readonly number[], bad: readonly number[]];

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** What each loss takes as an element of a target, in words and by example, the ends of intervals among them. */
const targets: readonly Told[] = [
  ...[Loss.squaredError(), Loss.halfSquaredError(), Loss.absoluteError(), Loss.huber(), Loss.logCosh()].map(
    (loss): Told => [loss, 'finite numbers', [0, -1, 1e300], [nan, inf, -inf]],
  ),
  [Loss.gaussianNegativeLogLikelihood(), 'finite numbers', [0, -1, 1e300], [nan, inf, -inf]],
  ...[
    Loss.binaryCrossEntropy(),
    Loss.binaryCrossEntropyWithLogits(),
    Loss.categoricalCrossEntropy(),
    Loss.softmaxCrossEntropy(),
    Loss.kullbackLeibler(),
    Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy()),
  ].map((loss): Told => [loss, 'numbers from 0 to 1', [0, 0.5, 1], [-1e-9, 1.0000001, nan]]),
  [Loss.hinge(), '−1 or 1', [-1, 1], [0, 0.5, 2, nan]],
  [Loss.multiClassHinge(), '0 or 1', [0, 1], [-1, 0.5, 2, nan]],
  [Loss.poisson(), 'finite numbers of at least 0', [0, 0.5, 7], [-0.5, inf, nan]],
  [Loss.poissonWithLogRate(), 'finite numbers of at least 0', [0, 0.5, 7], [-0.5, inf, nan]],
  [Loss.fromLabels(Loss.softmaxCrossEntropy()), 'whole numbers from 0 to 3', [0, 1, 3], [-1, 0.5, 4, nan]],
];

const expected: Law = lawOf(
  'what a target may hold',
  'is said in words and tested, at the ends of intervals too',
  targets,
  ([loss, values, good, bad]) => {
    const of = loss.expected([2, 4]);
    return all(
      same(values, of.values, loss.description.kind),
      ...good.map((x) => same(true, of.holds(x), `${loss.description.kind}: ${x}`)),
      ...bad.map((x) => same(false, of.holds(x), `${loss.description.kind}: ${x}`)),
    );
  },
);

const shapes: Law = lawOf(
  'shapes of targets',
  'are the prediction’s, but for labels (without the classes) and for means with variances (half the last axis)',
  targets,
  ([loss]) => {
    const kind = loss.description.kind;
    const shape = kind === 'fromLabels' ? [2, 3] : kind === 'gaussianNegativeLogLikelihood' ? [2, 3, 2] : [2, 3, 4];
    return same(`${shape}`, `${loss.expected([2, 3, 4]).shape}`, kind);
  },
);

const reduced = { reduction: 'mean' };
const decoding: ReadonlyArray<readonly [description: unknown, says: string]> = [
  [7, 'loss: expected a loss: an object with a kind, received 7'],
  [{}, 'loss: expected a loss: an object with a kind, received {}'],
  [{ kind: 'no' }, `loss.kind: expected one of ${Object.keys(Loss.registry).join(', ')}, received "no"`],
  [{ kind: 'huber', ...reduced }, 'loss.delta: expected a finite number above 0, received undefined'],
  [{ kind: 'hinge', reduction: 'most' }, 'loss.reduction: expected "mean" | "sum", received "most"'],
  [
    { kind: 'hinge', ...reduced, delta: 1 },
    'loss.delta: expected no such field, the fields of hinge being reduction, kind, received 1',
  ],
  [{ kind: 'fromLabels', loss: 7 }, 'loss.loss: expected a loss: an object with a kind, received 7'],
];

const decoded: Law = lawOf('what is no description', 'is refused, saying where', decoding, ([description, text]) => {
  const result = Loss.decode(Loss.registry)(description);
  return same(text, E.isLeft(result) ? Failure.show(result.left) : 'a loss');
});

/** Each kind of the registry, read from what it wrote, is that kind. */
const named: Law = lawOf('kinds', 'are read from their own names and no others', defaults, ([{ description }]) => {
  const result = Loss.decode(Loss.registry)(description);
  return same(JSON.stringify(description), E.isRight(result) ? JSON.stringify(result.right.description) : 'a failure');
});

const tagged: Law = lawOf(
  'kinds of failures',
  'tell shapes from elements of targets and from descriptions, and name the element by its position',
  [
    [Loss.checkTargets(Loss.squaredError(), [2, 3]), zeros('f32', [4, 2, 2]), 'shape', 'targets'],
    [Loss.checkTargets(Loss.squaredError(), [2, 3]), withNaN([4, 2, 3], 17), 'value', 'target [2,1,2]'],
    [Loss.checkTargets(Loss.squaredError(), [2, 3]), withNaN([4, 2, 3], 7), 'value', 'target [1,0,1]'],
    [Loss.decode(Loss.registry), 7, 'codec', 'loss'],
    [Loss.decode(Loss.registry), { kind: 'no' }, 'codec', 'loss.kind'],
  ] as const,
  ([read, given, tag, where]) => {
    // Each is given what it reads; a tuple of both does not say so to the compiler.
    const result = (read as (of: unknown) => E.Either<Failure.Failure, unknown>)(given);
    return E.isRight(result)
      ? { expected: 'a failure', received: 'a result' }
      : all(same(tag, result.left.tag), same(where, result.left.where));
  },
);

const empty: Law = lawOf(
  'no examples',
  'of any shape that a loss takes are still a shape that it takes',
  [
    [0, 2],
    [0, 3, 4],
  ],
  (shape) =>
    all(
      ...defaults.map(([loss]) =>
        same(
          shape.slice(0, -1).join(),
          loss
            .expected(shape)
            .shape.slice(0, shape.length - 1)
            .join(),
        ),
      ),
    ),
);

const frozen: Law = lawOf(
  'immutable',
  'registries and penalties cannot be written to',
  [Loss.registry, Penalty.registry, Penalty.none, Penalty.none.terms, Penalty.l1(1), Penalty.l1(1).terms],
  (value) => same(true, Object.isFrozen(value)),
);

export const defaultLaws: LawSet = lawSet('losses as documented', [
  stated,
  wrapped,
  refused,
  accepted,
  expected,
  shapes,
  decoded,
  named,
  ...penaltyDefaults,
  tagged,
  empty,
  frozen,
]);
