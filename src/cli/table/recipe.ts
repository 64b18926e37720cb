/**
 * What is trained on a table unless the command line says otherwise: one set of defaults for every table, chosen by
 * the validation of two (docs/decisions/0007).
 */
import * as E from 'fp-ts/lib/Either.js';
import { Activation, Failure, Initialiser, Layer, Loss, Optimizer, Schedule } from '../../index.ts';

/** Dropout, decay and smoothed labels hold a network back that is wider than small tables need. */
export const DEFAULTS = {
  layers: [128],
  epochs: 60,
  batchSize: 32,
  learningRate: 0.003,
  weightDecay: 1,
  dropout: 0.2,
  labelSmoothing: 0.1,
  /** The part of the steps in which the rate rises. */
  warmup: 0.05,
  patience: 20,
} as const;

/** Beyond this many parameters training on one core would take days, or all memory. */
const MOST_PARAMETERS = 20_000_000;

/** The weights and biases of dense layers between widths. */
export const parameterCount = (sizes: readonly number[]): number =>
  sizes.slice(1).reduce((sum, width, i) => sum + ((sizes[i] ?? 0) + 1) * width, 0);

/** Hidden layers of rectified units with dropout between, and a linear one at the end. Fails where they would have too
 * many parameters. */
export const layersOf = (sizes: readonly number[]): E.Either<Failure.Failure, Layer.SomeLayer> => {
  const count = parameterCount(sizes);
  if (!(count <= MOST_PARAMETERS))
    return E.left(
      Failure.failure(
        'config',
        '--layers',
        `at most ${MOST_PARAMETERS.toLocaleString('en')} parameters`,
        `${sizes.join('-')}, which has ${count.toLocaleString('en')}`,
      ),
    );
  const weight = Initialiser.heNormal;
  return E.right(
    Layer.sequentialOf(
      sizes.slice(0, 1),
      sizes.slice(1).flatMap((width, i) => {
        const linear = Layer.dense(sizes[i] ?? 0, width, { weight });
        return i === sizes.length - 2 ? [linear] : [linear, Activation.relu, Layer.dropout(DEFAULTS.dropout)];
      }),
    ),
  );
};

/** What is made small: cross-entropy with smoothed labels, or the squared error. */
export const lossOf = (task: 'classification' | 'regression'): Loss.Loss =>
  task === 'classification'
    ? Loss.fromLabels(Loss.labelSmoothing(DEFAULTS.labelSmoothing)(Loss.softmaxCrossEntropy()))
    : Loss.squaredError();

/** AdamW whose rate rises for a short while and then falls along a cosine to almost 0 at the last of the steps. */
export const optimizerOf = (steps: number): Optimizer.Optimizer =>
  Optimizer.adamW({
    learningRate: Schedule.oneCycle({ peak: DEFAULTS.learningRate, steps, warmupFraction: DEFAULTS.warmup }),
    weightDecay: DEFAULTS.weightDecay,
  });
