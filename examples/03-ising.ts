/**
 * Order and disorder in the two-dimensional Ising model, told apart by a network that is shown spins and never a
 * temperature (Carrasquilla and Melko, Nature Physics 13, 431, 2017). Where its mean answer crosses one half is an
 * estimate of the critical temperature, which Onsager calculated: 2/ln(1 + √2) = 2.269.
 *
 *     npx tsx examples/03-ising.ts
 *
 * `npm start` does the same with more configurations, a fit through the crossing and its uncertainty.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, Data, Key, Layer, Loss, Metric, Network, Optimizer, Penalty, Tensor, Train } from 'nabla-ts';
import { main, type Report } from './print.ts';

const TC = Data.Ising.criticalTemperature();
const temperatures = Array.from({ length: 21 }, (_, i) => 1.5 + 0.1 * i);

/** Spins drawn at each temperature, and whether it lies below the critical one. */
const draw = (size: number, perTemperature: number, seed: number) => {
  const configurations = Data.Ising.sample({ size, temperatures, perTemperature })(Key.fromSeed(seed));
  const below = configurations.temperatures.map((t) => (t < TC ? 1 : 0));
  return {
    at: configurations.temperatures,
    data: {
      inputs: Data.Ising.toTensor(configurations),
      targets: Tensor.generate('f32', [below.length, 1], (i) => below[i] ?? Number.NaN),
    },
  };
};

/** The temperature at which values that fall with it cross one half, by a straight line between two neighbours. */
const crossing = (means: readonly number[]): number => {
  const after = means.findIndex((mean) => mean < 0.5);
  const [high = 1, low = 0] = [means[after - 1], means[after]];
  const [left = Number.NaN, right = Number.NaN] = [temperatures[after - 1], temperatures[after]];
  return left + ((high - 0.5) / (high - low)) * (right - left);
};

/** The accuracy on fresh configurations, the network's mean answer at each temperature, and where it crosses ½. */
export const ising = (size = 10, perTemperature = 200, epochs = 20): Report => {
  const train = draw(size, perTemperature, 1);
  const test = draw(size, Math.ceil(perTemperature / 4), 2);
  const config = {
    layer: Layer.sequential(Layer.dense(size * size, 16), Activation.sigmoid, Layer.dense(16, 1), Activation.sigmoid),
    loss: Loss.binaryCrossEntropy(),
    penalty: Penalty.l2(1e-3),
    optimizer: Optimizer.adam({ learningRate: 0.01 }),
    data: train.data,
    batchSize: 64,
    epochs,
  };
  return pipe(
    Train.start(config, Key.fromSeed(3)),
    Train.fit(config),
    E.map((state) => Network.predict(Train.network(state))(test.data.inputs)),
    E.bindTo('ordered'),
    E.bind('accuracy', ({ ordered }) => Metric.binaryAccuracy(0.5)(test.data.targets)(ordered)),
    E.map(({ ordered, accuracy }) => {
      const answers = Tensor.toArray(ordered);
      const means = temperatures.map((temperature) => {
        const there = answers.filter((_, i) => test.at[i] === temperature);
        return there.reduce((sum, p) => sum + p, 0) / there.length;
      });
      return [
        ...means.map(
          (mean, i) =>
            `T ${temperatures[i]?.toFixed(1)}  ${'#'.repeat(Math.round(40 * mean)).padEnd(40)} ${mean.toFixed(2)}`,
        ),
        `accuracy ${accuracy.toFixed(3)}   crosses ½ at T = ${crossing(means).toFixed(2)}   Onsager ${TC.toFixed(3)}`,
      ];
    }),
  );
};

main(import.meta.url, ising);
