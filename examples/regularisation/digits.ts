/** Few digits, some of them with wrong labels: where a network learns its examples by heart. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Engine,
  type Failure,
  Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  type Penalty,
  Tensor,
  Train,
  type Tree,
} from 'nabla-ts';
import { type Digits, oneHot, unit } from '../digits.ts';
import type { Measures, Way } from './compare.ts';

/** How many rows there are to train on, to stop by and to test on, and which share of the first has a wrong label. */
export interface Split {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly wrong: number;
}

/** One-hot targets, of which a share is of a class that is drawn among the others. */
const targetsOf = (labels: readonly number[], wrong: number, key: Key.Key): Tensor.Tensor => {
  const draws = Key.uniform([labels.length, 2], 'f64')(key);
  const given = labels.map((label, row) =>
    (draws.data[2 * row] ?? 1) < wrong ? (label + 1 + Math.floor(9 * (draws.data[2 * row + 1] ?? 0))) % 10 : label,
  );
  return oneHot(given);
};

/** The parts of a seed: other rows, and other wrong labels, for another seed. */
export const partsOf = (digits: Digits, split: Split, seed: number) => {
  const { labels } = digits;
  const inputs = unit(digits);
  const order = Key.permutation(labels.length)(Key.foldIn(1)(Key.fromSeed(seed)));
  const examples = (from: number, count: number, wrong: number): Train.Examples => {
    const rows = order.slice(from, from + count);
    return {
      inputs: Tensor.takeRows(rows)(inputs),
      targets: targetsOf(
        rows.map((row) => labels[row] ?? Number.NaN),
        wrong,
        Key.foldIn(2)(Key.fromSeed(seed)),
      ),
    };
  };
  const { train, validation, test, wrong } = split;
  return {
    train: examples(0, train, wrong),
    validation: examples(train, validation, 0),
    test: examples(train + validation, test, 0),
  };
};

export const hidden = (units: number) =>
  Layer.sequential(Layer.dense(64, units), Activation.relu, Layer.dense(units, 10));

/** The same with some kind of dropout. */
export const thinned = (drop: Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm>, units: number) =>
  Layer.sequential(Layer.dense(64, units), Activation.relu, drop, Layer.dense(units, 10));

/** What is done; what is not said is Adam, and no more. */
export interface Recipe<P extends Tree.Form, S extends Tree.Form> {
  readonly layer: Layer.Layer<readonly [64], readonly [10], P, S>;
  readonly loss?: Loss.Loss;
  readonly optimizer?: Optimizer.Optimizer;
  readonly penalty?: Penalty.Penalty;
  readonly augment?: Train.Augment;
  readonly epochs?: number;
}

const classesOf = ({ targets: { data, shape } }: Train.Examples): readonly number[] =>
  Array.from({ length: shape[0] ?? 0 }, (_, row) =>
    Array.from({ length: 10 }, (__, j) => j).reduce((best, j) => ((data[10 * row + j] ?? 0) > 0.5 ? j : best), 0),
  );

/** How a network does on examples: the share of digits read, and the cross-entropy of its probabilities. */
export const measuresOf =
  (examples: Train.Examples) =>
  <P extends Tree.Form, S extends Tree.Form>(
    network: Network.Network<readonly [64], readonly [10], P, S>,
  ): E.Either<Failure.Failure, Measures> =>
    pipe(
      E.Do,
      E.apS('accuracy', Metric.accuracy(classesOf(examples))(Network.predict(network)(examples.inputs))),
      E.apS('cross-entropy', Train.evaluate(Loss.softmaxCrossEntropy(), examples)(network)),
    );

/** A recipe over seeds on some split, measured at the end. */
export const trained =
  (digits: Digits, split: Split, length = 1) =>
  <P extends Tree.Form, S extends Tree.Form>(recipe: Recipe<P, S>): Way => {
    const fixed = {
      loss: Loss.softmaxCrossEntropy(),
      optimizer: Optimizer.adam({ learningRate: 0.003 }),
      batchSize: 32,
      engine: Engine.create(),
      ...recipe,
      epochs: Math.ceil((recipe.epochs ?? 60) * length),
    };
    return (seed) => {
      const { train, test } = partsOf(digits, split, seed);
      const config = { ...fixed, data: train };
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.map(Train.network),
        E.chain(measuresOf(test)),
      );
    };
  };
