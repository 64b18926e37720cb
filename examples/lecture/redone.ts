/** The lecture's programs redone with the library: every row once an epoch in a new order, accuracy in rows, on rows held out. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  type Data,
  type Failure,
  Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  Tensor,
  Train,
  type Tree,
} from 'nabla-ts';
import { gate, type Parted, polynomial, quarter, scaled } from './programs.ts';
import type { Scores } from './study.ts';
import type { Rows } from './train.ts';

const relu = Activation.relu;
const leaky = Activation.leakyRelu(0.001);

/** Trains on one part and measures on both. */
const fitted = <In extends readonly number[], Out extends readonly number[], P extends Tree.Form, S extends Tree.Form>(
  config: Omit<Train.Config<In, Out, P, S>, 'data'>,
  metric: Train.Metric,
  { train, held }: Parted,
  key: Key.Key,
): E.Either<Failure.Failure, Scores> =>
  pipe(
    Train.start({ ...config, data: train }, key),
    Train.fit({ ...config, data: train }),
    E.map((state) => Network.predict(Train.network(state))),
    E.chain((predict) =>
      pipe(
        E.Do,
        E.apS('train', metric(train.targets)(predict(train.inputs))),
        E.apS('held', metric(held.targets)(predict(held.inputs))),
      ),
    ),
  );

const keysOf = (seed: number): readonly [Key.Key, Key.Key] => [
  Key.foldIn(0)(Key.fromSeed(seed)),
  Key.foldIn(1)(Key.fromSeed(seed)),
];

/** Least squares on a grid of points so far apart, by L-BFGS: mean squared errors. */
export const regression =
  (step: number, epochs: number) =>
  (seed: number): E.Either<Failure.Failure, Scores> => {
    const [parting, training] = keysOf(seed);
    const config = {
      layer: Layer.dense(10, 1),
      loss: Loss.squaredError(),
      optimizer: Optimizer.lbfgs(),
      epochs,
    };
    return fitted(config, Metric.meanSquaredError, quarter(polynomial(step))(parting), training);
  };

const binary = { loss: Loss.binaryCrossEntropyWithLogits(), batchSize: 32 };
/** Logits are right above 0. */
const sign: Train.Metric = (targets) => Metric.binaryAccuracy(0)(targets);

/** Breast cancer by a network without and with hidden layers: accuracies. */
export const logistic =
  (data: Rows, epochs: number) =>
  (seed: number): E.Either<Failure.Failure, Scores> => {
    const [parting, training] = keysOf(seed);
    const config = { ...binary, layer: Layer.dense(30, 1), optimizer: Optimizer.adam({ learningRate: 0.03 }), epochs };
    return pipe(
      scaled(quarter(data)(parting)),
      E.chain((parts) => fitted(config, sign, parts, training)),
    );
  };

export const network =
  (data: Rows, epochs: number) =>
  (seed: number): E.Either<Failure.Failure, Scores> => {
    const [parting, training] = keysOf(seed);
    const config = {
      ...binary,
      layer: Layer.sequential(Layer.dense(30, 100), relu, Layer.dense(100, 30), relu, Layer.dense(30, 1)),
      optimizer: Optimizer.adam({ learningRate: 0.001 }),
      epochs,
    };
    return pipe(
      scaled(quarter(data)(parting)),
      E.chain((parts) => fitted(config, sign, parts, training)),
    );
  };

/** Digits, pixels from 0 to 1: accuracies in rows. */
export const digits =
  (data: Rows, epochs: number) =>
  (seed: number): E.Either<Failure.Failure, Scores> => {
    const [parting, training] = keysOf(seed);
    const config = {
      layer: Layer.sequential(Layer.dense(64, 100), leaky, Layer.dense(100, 30), leaky, Layer.dense(30, 10)),
      loss: Loss.fromLabels(Loss.softmaxCrossEntropy()),
      optimizer: Optimizer.adam({ learningRate: 0.001 }),
      batchSize: 32,
      epochs,
    };
    const inputs = Tensor.generate('f32', data.inputs.shape, (i) => (data.inputs.data[i] ?? Number.NaN) / 16);
    return pipe(
      Metric.predictedClasses(data.targets),
      E.map((labels) => Tensor.generate('f32', [labels.length], (i) => labels[i] ?? Number.NaN)),
      E.chain((targets) => fitted(config, Metric.accuracy, quarter({ inputs, targets })(parting), training)),
    );
  };

/** What learns a gate: a line, the lecture's exercise of two sigmoid units, and four units of tanh. */
export const hiddens = ['no hidden layer', 'two sigmoid units', 'four tanh units'] as const;

/** A gate at a learning rate: the share of its four rows that is right. */
export const gateScores = (
  name: Data.Gate,
  hidden: (typeof hiddens)[number],
  learningRate: number,
  epochs: number,
): ((seed: number) => E.Either<Failure.Failure, Scores>) => {
  const parts = { train: gate(name), held: gate(name) };
  const config = { loss: Loss.binaryCrossEntropyWithLogits(), optimizer: Optimizer.adam({ learningRate }), epochs };
  const line = { ...config, layer: Layer.dense(2, 1) };
  const two = { ...config, layer: Layer.sequential(Layer.dense(2, 2), Activation.sigmoid, Layer.dense(2, 1)) };
  const four = { ...config, layer: Layer.sequential(Layer.dense(2, 4), Activation.tanh, Layer.dense(4, 1)) };
  return (seed) => {
    const [, training] = keysOf(seed);
    if (hidden === 'no hidden layer') return fitted(line, sign, parts, training);
    return hidden === 'two sigmoid units' ? fitted(two, sign, parts, training) : fitted(four, sign, parts, training);
  };
};

/** No rows, for what needs none. */
export const nothing = Tensor.zeros('f64', [0, 1]);
