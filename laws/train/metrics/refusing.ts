/** What has no value, word for word, and what just has one. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, show } from '../../../src/tensor/failure.ts';
import { full, generate, type Tensor } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, type Law, lawOf, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { tensorOf, vectorOf } from './samples.ts';

const zeros = (...shape: readonly number[]): Tensor => full('f64', shape, 0);
const halves = (...shape: readonly number[]): Tensor => full('f64', shape, 0.5);
/** Zeros, and a number among them. */
const beside = (index: number, value: number, ...shape: readonly number[]): Tensor =>
  generate('f64', shape, (i) => (i === index ? value : 0));

type Answer = E.Either<Failure, unknown>;
type Of = (labels: Metric.Labels) => (scores: Tensor) => Answer;

/** Metrics of a score for each class, the names that they answer by, and scores that they take. */
const ofClasses: ReadonlyArray<readonly [name: string, shapes: string, of: Of]> = [
  ['accuracy', 'predictedClasses', Metric.accuracy],
  ['topK', 'topK', Metric.topK(1)],
  ['logLoss', 'logLoss', Metric.logLoss],
  ['calibrationCurve', 'calibrationCurve', Metric.calibrationCurve(Metric.equalWidth(2))],
];

/** Metrics of the score of class 1. */
const ofColumns: ReadonlyArray<readonly [name: string, shapes: string, of: Of]> = [
  ['binaryAccuracy', 'aboveThreshold', Metric.binaryAccuracy(0)],
  ['rocAuc', 'rocAuc', Metric.rocAuc],
  ['binaryLogLoss', 'binaryLogLoss', Metric.binaryLogLoss],
  ['binaryCalibrationCurve', 'binaryCalibrationCurve', Metric.binaryCalibrationCurve(Metric.equalMass(2))],
];

/** Metrics of numbers. */
const ofNumbers: ReadonlyArray<readonly [name: string, of: (target: Tensor) => (prediction: Tensor) => Answer]> = [
  ['meanSquaredError', Metric.meanSquaredError],
  ['rootMeanSquaredError', Metric.rootMeanSquaredError],
  ['meanAbsoluteError', Metric.meanAbsoluteError],
  ['r2', Metric.r2],
  ['residuals', Metric.residuals],
];

type Case = readonly [tag: string, attempt: () => Answer, text: string];

const shapes: readonly Case[] = [
  ...ofClasses.flatMap(([, name, of]) =>
    [[], [2], [0, 2], [2, 1], [2, 2, 2]].map(
      (shape): Case => [
        'shape',
        () => of([0, 1])(zeros(...shape)),
        `${name}: expected scores of shape [rows ≥ 1, classes ≥ 2], received shape [${shape}]`,
      ],
    ),
  ),
  ...ofColumns.flatMap(([, name, of]) =>
    [[], [0], [0, 1], [2, 0], [2, 2], [2, 1, 1]].map(
      (shape): Case => [
        'shape',
        () => of([0, 1])(zeros(...shape)),
        `${name}: expected scores of shape [rows ≥ 1] or [rows ≥ 1, 1], received shape [${shape}]`,
      ],
    ),
  ),
  ...ofNumbers.flatMap(([name, of]): readonly Case[] => [
    [
      'shape',
      () => of(zeros(2, 3))(zeros(3, 2)),
      `${name}: expected predictions of the target's shape [2,3], received [3,2]`,
    ],
    [
      'shape',
      () => of(zeros(2))(zeros(2, 1)),
      `${name}: expected predictions of the target's shape [2], received [2,1]`,
    ],
    ['shape', () => of(zeros(0, 3))(zeros(0, 3)), `${name}: expected at least one number, received none`],
  ]),
  ...[[], [2, 1, 1]].map(
    (shape): Case => [
      'shape',
      () => Metric.residuals(halves(...shape))(zeros(...shape)),
      `residuals: expected numbers of shape [rows] or [rows, outputs], received [${shape}]`,
    ],
  ),
];

const labels: readonly Case[] = [
  ...[
    ...ofClasses.map(([name, , of]) => [name, of, halves(3, 2)] as const),
    ...ofColumns.map(([name, , of]) => [name, of, halves(3)] as const),
    ...(['actual', 'predicted'] as const).map((side) => {
      const of = Metric.confusionMatrix(2);
      const other: Of = (given) => () => (side === 'actual' ? of(given)([0, 1, 0]) : of([0, 1, 0])(given));
      return [`confusionMatrix, ${side}`, other, halves(3)] as const;
    }),
  ].flatMap(([name, of, scores]): readonly Case[] => [
    ...(name === 'confusionMatrix, actual'
      ? []
      : [
          [0, 1],
          [0, 1, 0, 1],
        ].map(
          (given): Case => [
            'shape',
            () => of(given)(scores),
            `${name}: expected 3 labels, one a row, received ${given.length}`,
          ],
        )),
    ...[-1, 2, 0.5, Number.NaN].map(
      (label): Case => [
        'value',
        () => of([0, label, 7])(scores),
        `${name}, row 1: expected a label from 0 to 1, received ${label}`,
      ],
    ),
    // The targets of examples are labels as well.
    ['value', () => of(vectorOf([0, 1, 3]))(scores), `${name}, row 2: expected a label from 0 to 1, received 3`],
  ]),
  ['value', () => Metric.accuracy([0, 3])(zeros(2, 3)), 'accuracy, row 1: expected a label from 0 to 2, received 3'],
  ['shape', () => Metric.confusionMatrix(2)([])([]), 'confusionMatrix: expected at least one row, received none'],
  [
    'shape',
    () => Metric.confusionMatrix(2)(zeros(0))(zeros(0)),
    'confusionMatrix: expected at least one row, received none',
  ],
  ['value', () => Metric.rocAuc([1, 1])(halves(2)), 'rocAuc: expected rows of both classes, received only class 1'],
  ['value', () => Metric.rocAuc([0, 0])(halves(2)), 'rocAuc: expected rows of both classes, received only class 0'],
];

const numbers: readonly Case[] = [
  ...ofClasses.flatMap(([, name, of]) =>
    [2, 3].map(
      (index): Case => [
        'value',
        () => of([0, 0, 0])(beside(index, Number.NaN, 3, 2)),
        // What is no number at all is told before what is no probability.
        `${name}, row 1: expected numbers, received NaN`,
      ],
    ),
  ),
  ...ofColumns.map(
    ([, name, of]): Case => [
      'value',
      () => of([0, 1, 0])(beside(2, Number.NaN, 3, 1)),
      `${name}, row 2: expected numbers, received NaN`,
    ],
  ),
  ...(['logLoss', 'calibrationCurve'] as const).flatMap((name): readonly Case[] => {
    const of = ofClasses.find(([own]) => own === name)?.[2] ?? Metric.logLoss;
    const rows = (...last: readonly number[]): Tensor => tensorOf([[0.25, 0.5, 0.25], [0, 1, 0], last]);
    return [
      [
        'value',
        () => of([0, 0, 0])(rows(-0.5, 1, 0.5)),
        `${name}, row 2: expected probabilities in [0, 1], received -0.5`,
      ],
      ['value', () => of([0, 0, 0])(rows(0, 1.5, 0)), `${name}, row 2: expected probabilities in [0, 1], received 1.5`],
      ...[
        [0.5, 0.25, 0.265625],
        [0.5, 0.25, 0.234375],
        // 41/4096 is 0.01001.
        [0.5, 0.25, 0.25 + 41 / 4096],
        [0.5, 0.25, 0.25 - 41 / 4096],
        [0, 0, 0],
      ].map(
        (last): Case => [
          'value',
          () => of([0, 0, 0])(rows(...last)),
          `${name}, row 2: expected probabilities that add up to 1 (within 0.01), received ${last.reduce((a, b) => a + b)}`,
        ],
      ),
    ];
  }),
  ...(['binaryLogLoss', 'binaryCalibrationCurve'] as const).flatMap((name) => {
    const of = ofColumns.find(([own]) => own === name)?.[2] ?? Metric.binaryLogLoss;
    return [-0.5, 1.5, Number.POSITIVE_INFINITY].map(
      (p): Case => [
        'value',
        () => of([0, 1, 0])(beside(1, p, 3)),
        `${name}, row 1: expected probabilities in [0, 1], received ${p}`,
      ],
    );
  }),
  ...ofNumbers.flatMap(([name, of]) =>
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((x): readonly Case[] => [
      [
        'value',
        () => of(beside(2, x, 3))(beside(1, x, 3)),
        `${name}, target 2: expected a finite number, received ${x}`,
      ],
      ['value', () => of(zeros(3))(beside(2, x, 3)), `${name}, prediction 2: expected a finite number, received ${x}`],
    ]),
  ),
  ...ofNumbers
    .slice(0, 4)
    .map(
      ([name, of]): Case => [
        'value',
        () => of(vectorOf([-1e308, 1e308]))(vectorOf([1e308, -1e308])),
        `${name}: expected numbers whose squares f64 can hold, received ones too large or too small`,
      ],
    ),
  // The squares of the target vanish, and with them what its variance would be.
  [
    'value',
    () => Metric.r2(beside(0, 1e-200, 2))(zeros(2)),
    'r2: expected numbers whose squares f64 can hold, received ones too large or too small',
  ],
  ['value', () => Metric.r2(halves(3))(zeros(3)), 'r2, output 0: expected a target that varies, received 3 times 0.5'],
  ['value', () => Metric.r2(halves())(zeros()), 'r2, output 0: expected a target that varies, received 1 times 0.5'],
  [
    'value',
    () =>
      Metric.r2(
        tensorOf([
          [0, 4],
          [1, 4],
        ]),
      )(zeros(2, 2)),
    'r2, output 1: expected a target that varies, received 2 times 4',
  ],
];

const refused: Law = lawOf(
  'refusals',
  'what has no value is a failure of the right kind, that says where, what was wanted and what came',
  [...shapes, ...labels, ...numbers],
  ([tag, attempt, text]) => {
    const answer = attempt();
    return E.isLeft(answer)
      ? all(same(text, show(answer.left)), same(tag, answer.left.tag, text))
      : { expected: text, received: 'a value' };
  },
  { show: ([, , text]) => text },
);

const thrown: Law = saying('programming errors', 'numbers of classes and bins that are none are thrown back by name', [
  ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap((k) => [
    [() => Metric.topK(k), `Metric.topK: ${k} is not a whole number of at least 1`] as const,
    [() => Metric.equalWidth(k), `Metric.equalWidth: ${k} is not a number of bins`] as const,
    [() => Metric.equalMass(k), `Metric.equalMass: ${k} is not a number of bins`] as const,
  ]),
  ...[1, 2.5, Number.NaN].map(
    (classes) =>
      [() => Metric.confusionMatrix(classes), `Metric.confusionMatrix: ${classes} is not a number of classes`] as const,
  ),
]);

export const refusing: readonly Law[] = [refused, thrown];
