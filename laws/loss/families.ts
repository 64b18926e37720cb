/** Every loss, with the predictions and targets that it is for and its transcription. */
import * as fc from 'fast-check';
import * as Loss from '../../src/loss/index.ts';
import { round } from '../../src/scalar/dtype.ts';
import * as Key from '../../src/tensor/key.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import {
  CLASSES,
  classwise,
  components,
  counts,
  distributions,
  edged,
  halves,
  labelled,
  labels,
  type Numbers,
  normals,
  oneHot,
  probabilities,
  rates,
  real,
  type Shapes,
  signs,
  small,
  soft,
  softLabels,
  uniforms,
} from './drawn.ts';
import type { LossSample } from './sample.ts';
import { atMostTwo, counted, entropies, likelihoods, logCounted, none, type Terms } from './terms.ts';
import * as Plain from './transcription.ts';

/** A kind of loss: how it is made and what it is for. */
export interface Family {
  readonly name: string;
  readonly loss: (reduction: Loss.Reduction) => Loss.Loss;
  readonly cost: (example: Shape) => Plain.Costing;
  readonly prediction: Numbers;
  readonly target: Numbers;
  readonly shapes: fc.Arbitrary<Shapes>;
  /** The size of the numbers that cancel in an example's cost and gradient: see `LossSample`. */
  readonly terms: Terms;
  /** Whether no cost is below 0. */
  readonly nonNegative: boolean;
}

const perRow =
  (cost: Plain.Costing) =>
  (example: Shape): Plain.Costing =>
    Plain.perPosition(example.at(-1) ?? 1, example.at(-1) ?? 1, cost);
const perLabel = (cost: Plain.Costing) => (): Plain.Costing => Plain.perPosition(CLASSES, 1, Plain.labelled(cost));
const whole = (cost: Plain.Costing) => (): Plain.Costing => cost;
const perHalves =
  (cost: Plain.Costing) =>
  (example: Shape): Plain.Costing => {
    const width = example.at(-1) ?? 1;
    const groups = size(example.slice(0, -1));
    return (prediction, target) => {
      // The mean over groups of equal size is the mean over all.
      const { value, size: terms } = Plain.perPosition(width, width / 2, cost)(prediction, target);
      return { value, size: terms * groups };
    };
  };

const family = (
  name: string,
  loss: Family['loss'],
  cost: Family['cost'],
  prediction: Numbers,
  target: Numbers,
  shapes: fc.Arbitrary<Shapes>,
  terms: Terms,
  nonNegative = true,
): Family => ({ name, loss, cost, prediction, target, shapes, terms, nonNegative });

const binary = Loss.binaryCrossEntropy;
const logits = Loss.softmaxCrossEntropy;

/** Every loss of the toolkit. */
export const families: readonly Family[] = [
  family(
    'squaredError',
    (reduction) => Loss.squaredError({ reduction }),
    whole(Plain.squaredError),
    real,
    real,
    components,
    none,
  ),
  family(
    'halfSquaredError',
    (reduction) => Loss.halfSquaredError({ reduction }),
    whole(Plain.halfSquaredError),
    real,
    real,
    components,
    none,
  ),
  family(
    'absoluteError',
    (reduction) => Loss.absoluteError({ reduction }),
    whole(Plain.absoluteError),
    real,
    real,
    components,
    none,
  ),
  family(
    'huber',
    (reduction) => Loss.huber({ delta: 1.5, reduction }),
    whole(Plain.huber(1.5)),
    real,
    real,
    components,
    none,
  ),
  family('logCosh', (reduction) => Loss.logCosh({ reduction }), whole(Plain.logCosh), real, real, components, none),
  family(
    'binaryCrossEntropy',
    (reduction) => binary({ reduction }),
    whole(Plain.binaryCrossEntropy(0)),
    probabilities,
    softLabels,
    components,
    atMostTwo,
  ),
  family(
    'binaryCrossEntropy with ε',
    (reduction) => binary({ reduction, epsilon: 0.0625 }),
    whole(Plain.binaryCrossEntropy(0.0625)),
    edged,
    softLabels,
    components,
    atMostTwo,
  ),
  family(
    'binaryCrossEntropyWithLogits',
    (reduction) => Loss.binaryCrossEntropyWithLogits({ reduction }),
    whole(Plain.binaryCrossEntropyWithLogits),
    normals(4),
    softLabels,
    components,
    atMostTwo,
  ),
  family(
    'categoricalCrossEntropy',
    (reduction) => Loss.categoricalCrossEntropy({ reduction }),
    perRow(Plain.categoricalCrossEntropy(0)),
    distributions,
    soft,
    classwise,
    none,
  ),
  family(
    'categoricalCrossEntropy with ε',
    (reduction) => Loss.categoricalCrossEntropy({ reduction, epsilon: 0.0625 }),
    perRow(Plain.categoricalCrossEntropy(0.0625)),
    edged,
    soft,
    classwise,
    none,
  ),
  family(
    'softmaxCrossEntropy',
    (reduction) => logits({ reduction }),
    perRow(Plain.softmaxCrossEntropy),
    normals(3),
    soft,
    classwise,
    atMostTwo,
  ),
  family(
    'softmaxCrossEntropy of labels',
    (reduction) => Loss.fromLabels(logits({ reduction })),
    perLabel(Plain.softmaxCrossEntropy),
    normals(3),
    labels(CLASSES),
    labelled,
    atMostTwo,
  ),
  family(
    'softmaxCrossEntropy of smoothed labels',
    (reduction) => Loss.fromLabels(Loss.labelSmoothing(0.2)(logits({ reduction }))),
    perLabel(Plain.smoothed(0.2, Plain.softmaxCrossEntropy)),
    normals(3),
    labels(CLASSES),
    labelled,
    atMostTwo,
  ),
  family(
    'categoricalCrossEntropy of smoothed distributions',
    (reduction) => Loss.labelSmoothing(0.3)(Loss.categoricalCrossEntropy({ reduction })),
    perRow(Plain.smoothed(0.3, Plain.categoricalCrossEntropy(0))),
    distributions,
    soft,
    classwise,
    none,
  ),
  family(
    'kullbackLeibler',
    (reduction) => Loss.kullbackLeibler({ reduction }),
    perRow(Plain.kullbackLeibler),
    distributions,
    soft,
    classwise,
    entropies,
    // Below 0 by rounding where the distributions nearly agree: that law is its own.
    false,
  ),
  family('hinge', (reduction) => Loss.hinge({ reduction }), whole(Plain.hinge), real, signs, components, none),
  family(
    'multiClassHinge',
    (reduction) => Loss.multiClassHinge({ reduction }),
    perRow(Plain.multiClassHinge),
    normals(1),
    oneHot,
    classwise,
    none,
  ),
  family(
    'poisson',
    (reduction) => Loss.poisson({ reduction }),
    whole(Plain.poisson),
    rates,
    counts,
    components,
    counted,
    false,
  ),
  family(
    'poissonWithLogRate',
    (reduction) => Loss.poissonWithLogRate({ reduction }),
    whole(Plain.poissonWithLogRate),
    normals(1),
    counts,
    components,
    logCounted,
    false,
  ),
  family(
    'gaussianNegativeLogLikelihood',
    (reduction) => Loss.gaussianNegativeLogLikelihood({ reduction }),
    perHalves(Plain.gaussianNegativeLogLikelihood),
    normals(1),
    normals(1),
    halves,
    likelihoods,
    false,
  ),
];

const toF32 = round('f32');
const tensor = (shape: Shape, numbers: readonly number[]): Tensor =>
  generate('f64', shape, (i) => toF32(numbers[i] ?? NaN));

/** What a tensor holds of each example. */
export const rowsOf = ({ shape, data }: Tensor): ReadonlyArray<readonly number[]> => {
  const width = size(shape.slice(1));
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => Array.from(data).slice(i * width, (i + 1) * width));
};

/** Samples of a family: up to five examples. */
export const samplesOf = (of: Family): fc.Arbitrary<LossSample> =>
  fc
    .tuple(of.shapes, small(5), keys, fc.constantFrom<Loss.Reduction>('mean', 'sum'))
    .map(([shapes, batch, key, reduction]) => {
      const [prediction, target] = [
        [batch, ...shapes.prediction],
        [batch, ...shapes.target],
      ];
      const given = {
        prediction: tensor(prediction, of.prediction(prediction, Key.foldIn(0)(key))),
        target: tensor(target, of.target(target, Key.foldIn(1)(key))),
      };
      const [predictions, targets] = [rowsOf(given.prediction), rowsOf(given.target)];
      return {
        ...given,
        loss: of.loss(reduction),
        terms: predictions.map((row, i) => of.terms(row, targets[i] ?? [], shapes.prediction)),
        weights: generate('f64', [batch], (i) => 1 + Math.floor(4 * (uniforms([batch], Key.foldIn(2)(key))[i] ?? 0))),
        key,
      };
    });
