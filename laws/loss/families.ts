/** Every loss, with the targets that it is for, its transcription, and what the law pack is told of it. */
import * as fc from 'fast-check';
import * as Loss from '../../src/loss/index.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { numbersOf } from '../pack/loss/domains.ts';
import { type LossSample, samples } from '../pack/loss/sample.ts';
import type { LossOptions } from '../pack/loss.ts';
import {
  CLASSES,
  classwise,
  components,
  counts,
  halves,
  labelled,
  labels,
  type Numbers,
  normals,
  oneHot,
  real,
  type Shapes,
  signs,
  soft,
  softLabels,
} from './drawn.ts';
import * as Plain from './transcription.ts';

/** A kind of loss: how it is made and what it is for. */
export interface Family {
  readonly name: string;
  readonly loss: (reduction: Loss.Reduction) => Loss.Loss;
  readonly cost: (example: Shape) => Plain.Costing;
  /** Targets of a shape, by a key. */
  readonly target: Numbers;
  readonly shapes: fc.Arbitrary<Shapes>;
  /** What the law pack is told: what predictions and targets hold, and what costs least. */
  readonly told: LossOptions;
}

const perRow =
  (cost: Plain.Costing) =>
  (example: Shape): Plain.Costing =>
    Plain.perPosition(example.at(-1) ?? 1, example.at(-1) ?? 1, cost);
const perLabel =
  (cost: Plain.Costing) =>
  (example: Shape): Plain.Costing =>
    Plain.perPosition(example.at(-1) ?? 1, 1, Plain.labelled(cost));
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
  target: Numbers,
  shapes: fc.Arbitrary<Shapes>,
  told: LossOptions,
): Family => ({ name, loss, cost, target, shapes, told });

const binary = Loss.binaryCrossEntropy;
const logits = Loss.softmaxCrossEntropy;

const numbers: LossOptions = { target: 'numbers', bound: 0 };
const chances: LossOptions = { prediction: 'probabilities', target: 'fractions', bound: 0 };
/** Probabilities, of which some are 0 and 1. */
const edged: LossOptions = { ...chances, prediction: 'fractions' };
/** One-hot rows, or distributions. */
const classes: NonNullable<LossOptions['target']> = (shape, n) =>
  fc.oneof(numbersOf('oneHot')(shape, n), numbersOf('distributions')(shape, n));
const rows: LossOptions = { prediction: 'distributions', target: 'distributions', bound: 0 };
const labelsOf: LossOptions = { target: 'labels', bound: 0 };
/** The logit of a probability, which at 0 and 1 is as good as ∞. */
const logitOf = (t: number): number => Math.max(-40, Math.min(40, Math.log(t / (1 - t))));

/** Every loss of the toolkit. */
export const families: readonly Family[] = [
  family(
    'squaredError',
    (reduction) => Loss.squaredError({ reduction }),
    whole(Plain.squaredError),
    real,
    components,
    numbers,
  ),
  family(
    'halfSquaredError',
    (reduction) => Loss.halfSquaredError({ reduction }),
    whole(Plain.halfSquaredError),
    real,
    components,
    numbers,
  ),
  family(
    'absoluteError',
    (reduction) => Loss.absoluteError({ reduction }),
    whole(Plain.absoluteError),
    real,
    components,
    numbers,
  ),
  family(
    'huber',
    (reduction) => Loss.huber({ delta: 1.5, reduction }),
    whole(Plain.huber(1.5)),
    real,
    components,
    numbers,
  ),
  family('logCosh', (reduction) => Loss.logCosh({ reduction }), whole(Plain.logCosh), real, components, numbers),
  family(
    'binaryCrossEntropy',
    (reduction) => binary({ reduction }),
    whole(Plain.binaryCrossEntropy(0)),
    softLabels,
    components,
    chances,
  ),
  family(
    'binaryCrossEntropy with ε',
    (reduction) => binary({ reduction, epsilon: 0.0625 }),
    whole(Plain.binaryCrossEntropy(0.0625)),
    softLabels,
    components,
    edged,
  ),
  family(
    'binaryCrossEntropyWithLogits',
    (reduction) => Loss.binaryCrossEntropyWithLogits({ reduction }),
    whole(Plain.binaryCrossEntropyWithLogits),
    softLabels,
    components,
    { target: 'fractions', bound: 0, best: (target) => target.map(logitOf) },
  ),
  family(
    'categoricalCrossEntropy',
    (reduction) => Loss.categoricalCrossEntropy({ reduction }),
    perRow(Plain.categoricalCrossEntropy(0)),
    soft,
    classwise,
    { ...rows, target: classes, best: (target) => target },
  ),
  family(
    'categoricalCrossEntropy with ε',
    (reduction) => Loss.categoricalCrossEntropy({ reduction, epsilon: 0.0625 }),
    perRow(Plain.categoricalCrossEntropy(0.0625)),
    soft,
    classwise,
    { ...edged, target: classes },
  ),
  family(
    'softmaxCrossEntropy',
    (reduction) => logits({ reduction }),
    perRow(Plain.softmaxCrossEntropy),
    soft,
    classwise,
    {
      target: classes,
      bound: 0,
      best: (target) => target.map((t) => Math.max(-1e3, Math.log(t))),
    },
  ),
  family(
    'softmaxCrossEntropy of labels',
    (reduction) => Loss.fromLabels(logits({ reduction })),
    perLabel(Plain.softmaxCrossEntropy),
    labels(CLASSES),
    labelled,
    labelsOf,
  ),
  family(
    'softmaxCrossEntropy of smoothed labels',
    (reduction) => Loss.fromLabels(Loss.labelSmoothing(0.2)(logits({ reduction }))),
    perLabel(Plain.smoothed(0.2, Plain.softmaxCrossEntropy)),
    labels(CLASSES),
    labelled,
    labelsOf,
  ),
  family(
    'categoricalCrossEntropy of smoothed distributions',
    (reduction) => Loss.labelSmoothing(0.3)(Loss.categoricalCrossEntropy({ reduction })),
    perRow(Plain.smoothed(0.3, Plain.categoricalCrossEntropy(0))),
    soft,
    classwise,
    // At a prediction of 0 what is smoothed costs ∞, and the best prediction is the smoothed target.
    {
      ...rows,
      target: classes,
      best: (target, shape) => target.map((t) => 0.7 * t + 0.3 / (shape.at(-1) ?? 1)),
    },
  ),
  // Below 0 by rounding where the distributions nearly agree: that law is its own.
  family(
    'kullbackLeibler',
    (reduction) => Loss.kullbackLeibler({ reduction }),
    perRow(Plain.kullbackLeibler),
    soft,
    classwise,
    { prediction: 'distributions', target: classes, best: (target) => target },
  ),
  family('hinge', (reduction) => Loss.hinge({ reduction }), whole(Plain.hinge), signs, components, {
    target: 'signs',
    bound: 0,
    best: (target) => target.map((t) => 2 * t),
  }),
  family(
    'multiClassHinge',
    (reduction) => Loss.multiClassHinge({ reduction }),
    perRow(Plain.multiClassHinge),
    oneHot,
    classwise,
    {
      target: 'oneHot',
      bound: 0,
      best: (target) => target.map((t) => 2 * t),
    },
  ),
  family('poisson', (reduction) => Loss.poisson({ reduction }), whole(Plain.poisson), counts, components, {
    prediction: 'positive',
    target: 'counts',
  }),
  family(
    'poissonWithLogRate',
    (reduction) => Loss.poissonWithLogRate({ reduction }),
    whole(Plain.poissonWithLogRate),
    counts,
    components,
    {
      target: 'counts',
      best: (target) => target.map((t) => Math.log(Math.max(t, 1e-9))),
      except: { 'finite at extreme predictions': 'the rate e^x of a large logarithm x overflows' },
    },
  ),
  family(
    'gaussianNegativeLogLikelihood',
    (reduction) => Loss.gaussianNegativeLogLikelihood({ reduction }),
    perHalves(Plain.gaussianNegativeLogLikelihood),
    normals(1),
    halves,
    {
      target: 'numbers',
      except: {
        'finite at extreme predictions': 'the precision e^−s of a small logarithm s of the variance overflows',
      },
    },
  ),
];

/** The losses of a family, of either reduction. */
export const lossesOf = ({ loss }: Family): fc.Arbitrary<Loss.Loss> => fc.constantFrom(loss('mean'), loss('sum'));

/** Samples of a family: up to three examples. */
export const samplesOf = (of: Family): fc.Arbitrary<LossSample> => samples(lossesOf(of), of.told);
