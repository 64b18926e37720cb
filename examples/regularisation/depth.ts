/** Batch norm against none, over depths; and whether random passes know which digits are read wrong. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, Engine, Key, Layer, Loss, Metric, Network, Optimizer, Tensor, Train } from 'nabla-ts';
import type { Digits } from '../digits.ts';
import type { Study, Way } from './compare.ts';
import { partsOf, type Split, trained } from './digits.ts';
import { column, entropies, mixture, ofDoubt, probabilities } from './doubt.ts';

const many: Split = { train: 700, validation: 0, test: 1000, wrong: 0 };

/** So many hidden layers of 32 units. */
const deep = (depth: number, activation: Layer.Part, norm: boolean) => {
  const stack = Layer.sequentialOf(
    [64],
    Array.from({ length: depth }, (_, i) => [
      Layer.dense(i === 0 ? 64 : 32, 32),
      ...(norm ? [Layer.batchNorm()] : []),
      activation,
    ]).flat(),
  );
  return stack.use((hidden) => ({ ...hidden, input: [64] as const, output: [32] as const }));
};

const depths = (digits: Digits, depth: number, name: string, activation: Layer.Part, length: number): Study => {
  const way = (norm: boolean): Way =>
    trained(
      digits,
      many,
      length,
    )({
      layer: Layer.sequential(deep(depth, activation, norm), Layer.dense(32, 10)),
      optimizer: Optimizer.momentum({ learningRate: 0.05, momentum: 0.9 }),
      epochs: 20,
    });
  return {
    name: `batch norm, ${name}, ${depth} hidden ${depth === 1 ? 'layer' : 'layers'}, 700 digits`,
    ways: { none: way(false), 'batch norm': way(true) },
  };
};

/** The area under the curve of telling what is read wrong by how unsure the network says that it is, with probabilities of
 * one pass at inference, and with the mean of those of 30 random passes; and the log loss of both. */
const knowing = (digits: Digits, length: number): Study => {
  const split: Split = { train: 150, validation: 0, test: 1000, wrong: 0 };
  const fixed = {
    layer: Layer.sequential(Layer.dense(64, 64), Activation.relu, Layer.dropout(0.5), Layer.dense(64, 10)),
    loss: Loss.softmaxCrossEntropy(),
    optimizer: Optimizer.adam({ learningRate: 0.003 }),
    batchSize: 32,
    epochs: Math.ceil(60 * length),
    engine: Engine.create(),
  };
  const way =
    (passes: number): Way =>
    (seed) => {
      const { train, test } = partsOf(digits, split, seed);
      const config = { ...fixed, data: train };
      const labels = Tensor.toRows(test.targets).map((row) => row.indexOf(1));
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.map(Train.network),
        E.map((network) => {
          if (passes === 0) return probabilities(Network.predict(network)(test.inputs));
          const all = Network.samples({ passes, key: Key.fromSeed(seed) })(network)(test.inputs).map(probabilities);
          return mixture(all);
        }),
        E.bindTo('of'),
        E.bind('predicted', ({ of }) => Metric.predictedClasses(of)),
        E.bind('area', ({ of, predicted }) => {
          const wrong = predicted.map((label, row) => (label === labels[row] ? 0 : 1));
          return Metric.rocAuc(wrong)(column(entropies(of)));
        }),
        E.bind('accuracy', ({ of }) => Metric.accuracy(labels)(of)),
        E.map(({ of, area, accuracy }) => ({
          accuracy,
          'area, errors told by entropy': area,
          'log loss':
            -labels.reduce((sum, label, row) => sum + Math.log(of.data[10 * row + label] ?? Number.NaN), 0) /
            labels.length,
        })),
      );
    };
  return {
    name: 'Monte-Carlo dropout, 150 digits',
    ways: { 'one pass, nothing dropped': way(0), '30 random passes': way(30) },
  };
};

/** The studies of depth, and those of doubt; `length` shortens all runs. */
export const ofDepth = (digits: Digits, length = 1): readonly Study[] => [
  depths(digits, 1, 'sigmoid', Activation.sigmoid, length),
  depths(digits, 5, 'sigmoid', Activation.sigmoid, length),
  depths(digits, 1, 'relu', Activation.relu, length),
  depths(digits, 10, 'relu', Activation.relu, length),
  depths(digits, 20, 'relu', Activation.relu, length),
  knowing(digits, length),
  ...ofDoubt(digits, length),
];
