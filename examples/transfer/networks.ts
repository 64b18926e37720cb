/** Networks for digits: a body that may be taken over, and a head that tells the classes apart. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  type Engine,
  type Failure,
  type Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  Tensor,
  Train,
  Transform,
} from 'nabla-ts';

/** Its parameters: '0.0' and '0.2' are the layers of the body, '1' is the head. */
export const layerFor = (classes: number) =>
  Layer.sequential(
    Layer.sequential(Layer.dense(64, 64), Activation.relu, Layer.dense(64, 64), Activation.relu),
    Layer.dense(64, classes),
  );

export type DigitLayer = ReturnType<typeof layerFor>;

/** A network of such a layer, untrained. */
export const untrained = (layer: DigitLayer, key: Key.Key) => Network.init(layer, key);

export type DigitNetwork = ReturnType<typeof untrained>;

const loss = Loss.fromLabels(Loss.softmaxCrossEntropy());
const adam = Optimizer.adam({ learningRate: 0.01 });

/** Adam, the steps of some of the layers multiplied: 0 freezes them, 1 leaves them. */
export const adamWith = (multipliers: Readonly<Record<string, number>>): Optimizer.Optimizer =>
  Object.keys(multipliers).length === 0 ? adam : Transform.scaleRates(Object.entries(multipliers))(adam);

export interface Course {
  readonly data: Train.Examples;
  readonly steps: number;
  readonly optimizer: Optimizer.Optimizer;
  readonly engine: Engine.Engine;
}

/** A network after some steps on batches of at most 32. */
export const trained =
  ({ data, steps, optimizer, engine }: Course, key: Key.Key) =>
  (network: DigitNetwork): E.Either<Failure.Failure, DigitNetwork> => {
    const rows = data.inputs.shape[0] ?? 1;
    const batchSize = Math.min(32, rows);
    const epochs = Math.ceil(steps / Math.ceil(rows / batchSize));
    const config = { layer: network.layer, loss, optimizer, data, batchSize, epochs, engine };
    return pipe(Train.from(config, network, key), Train.fit(config), E.map(Train.network));
  };

/** A network with some of the layers of another. */
export const withLayersOf =
  (source: DigitNetwork, paths: readonly string[]) =>
  (fresh: DigitNetwork): E.Either<Failure.Failure, DigitNetwork> =>
    paths.reduce<E.Either<Failure.Failure, DigitNetwork>>(
      (network, path) => E.Monad.chain(network, Network.load(source, { from: path, to: path })),
      E.right(fresh),
    );

export const accuracy =
  ({ inputs, targets }: Train.Examples) =>
  (network: DigitNetwork): E.Either<Failure.Failure, number> =>
    Metric.accuracy(targets)(Network.predict(network)(inputs));

/** The accuracy without any network: each image is the class whose mean image is nearest. */
export const nearestMean =
  (classes: number, data: Train.Examples) =>
  ({ inputs, targets }: Train.Examples): E.Either<Failure.Failure, number> => {
    const rows = Tensor.toRows(data.inputs);
    const means = Array.from({ length: classes }, (_, label) => {
      const own = rows.filter((_row, i) => data.targets.data[i] === label);
      return Array.from({ length: 64 }, (_pixel, i) => own.reduce((sum, row) => sum + (row[i] ?? NaN), 0) / own.length);
    });
    const nearness = Tensor.toRows(inputs).map((row) =>
      means.map((mean) => -mean.reduce((sum, x, i) => sum + (x - (row[i] ?? NaN)) ** 2, 0)),
    );
    return pipe(Tensor.fromRows('f32')(nearness), E.chain(Metric.accuracy(targets)));
  };
