/** What layers refuse, word for word, and what of networks no other law has in hand. */

import { exampleShape } from '../../src/layer/config.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import * as Ops from '../../src/ops/index.ts';
import * as Key from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying, taking } from '../reach/said.ts';

const dense = Layer.dense(2, 3);
const read = (input: readonly number[], layer: unknown): unknown =>
  Layer.decode(Layer.registry)(JSON.parse(JSON.stringify({ input, layer })));
const nothing = Layer.inference<Tensor.Tensor>();

const shapes: Law = saying('shapes', 'that a layer cannot take are refused where it is made, naming both', [
  [() => Layer.batchNorm().at([]), 'batchNorm: takes at least one axis, but is given []'],
  [() => Layer.layerNorm().at([]), 'layerNorm: takes at least one axis, but is given []'],
  [() => Layer.softmax.at([]), 'softmax: takes at least one axis, but is given []'],
  [() => Layer.logSoftmax.at([]), 'logSoftmax: takes at least one axis, but is given []'],
  [() => Layer.parallelOf([]), 'parallel: no layer'],
  [() => Layer.parallelOf([Layer.identity.at([])]), 'parallel: layer 0 gives [], which has no last axis'],
  [
    () => Layer.parallelOf([dense, Layer.identity.at([3])]),
    'parallel: layer 1 (identity) takes [3], but layer 0 takes [2]',
  ],
  [
    () => Layer.parallelOf([Layer.identity.at([4, 2]), Layer.reshape([4, 2], [2, 4])]),
    'parallel: layer 1 (reshape) gives [2,4], which does not join [4,2]',
  ],
  [
    () => Layer.parallelOf([Layer.identity.at([4, 2]), Layer.reshape([4, 2], [4, 2, 1])]),
    'parallel: layer 1 (reshape) gives [4,2,1], which does not join [4,2]',
  ],
  [
    () => Layer.parallelOf([Layer.dense(1, 3), Layer.reshape([1], [])]),
    'parallel: layer 1 (reshape) gives [], which does not join [3]',
  ],
  [() => Layer.reshape([2, 3], [5]), 'reshape: [2,3] does not have the size of [5]'],
  [
    () => Layer.reshape([2 ** 16, 2 ** 16], [1]),
    'reshape: from: expected a shape of fewer than 2^31 elements, received [65536,65536]',
  ],
  [() => Layer.sequentialOf([2], [dense, dense]), 'sequential: layer 1 (dense) takes [2], but is given [3]'],
  [() => Layer.sequentialOf([7], [dense]), 'sequential: layer 0 (dense) takes [2], but is given [7]'],
]);

const decoding: Law = saying('layers as data', 'are failures where the same layers would throw', [
  [
    () => read([], { kind: 'softmax' }),
    'layer: expected a layer that takes [], received softmax: takes at least one axis, but is given []',
  ],
  [() => read([3], dense.description), 'layer: expected a layer that takes [3], received dense, which takes [2]'],
  [() => read([0], dense.description), 'layer.input.0: expected a whole number from 1 to 2^31 − 1, received 0'],
]);

const taken: Law = taking('shapes of examples', 'have lengths of at least 1 and fewer than 2³¹ elements', [
  [exampleShape, [], true],
  [exampleShape, [2, 3], true],
  [exampleShape, [0], false],
  [exampleShape, [1.5], false],
  [exampleShape, [2 ** 31 - 1], true],
  [exampleShape, [2 ** 31], false],
  [exampleShape, [2 ** 16, 2 ** 16], false],
  [exampleShape, 7, false],
]);

const inference: Law = saying('inference', 'draws no random numbers', [
  [() => nothing.random.bernoulli([1], 0.5), 'a layer drew random numbers outside training'],
  [() => nothing.random.normal([1]), 'a layer drew random numbers outside training'],
  [() => nothing.random.skip(3).normal([1]), 'a layer drew random numbers outside training'],
]);

const formats: Law = lawOf(
  'cast',
  'rounds every parameter and every piece of state, once',
  ['f32', 'f64'] as const,
  (dtype) => {
    const layer = Layer.sequential(Layer.dense(2, 3), Layer.batchNorm());
    const network = Network.cast(dtype)(Network.init(layer, Key.fromSeed(3), 'f64'));
    const before = Network.init(layer, Key.fromSeed(3), 'f64');
    const [, { mean, variance }] = network.state;
    return all(
      same(dtype, network.dtype),
      same(dtype, mean.dtype),
      same(dtype, variance.dtype),
      same(true, Tensor.equals(Tensor.cast(dtype)(before.params[0].weight), network.params[0].weight)),
      same(true, Tensor.equals(Tensor.cast(dtype)(before.state[1].variance), variance)),
    );
  },
);

/** Adds noise in training, as a user's layer might: four numbers drawn, of which two sites are skipped before. */
const noisy: Layer.Layer<readonly [4], readonly [4], Layer.EmptyForm, Layer.EmptyForm> = {
  ...Layer.identity.at([4]),
  sites: 1,
  forward: (ops, params, state, x, context) => {
    const noise = context.training ? context.random.skip(2).normal(ops.shape(x)) : x;
    const { pullback } = Layer.identity.at([4]).forward(ops, params, state, x, context);
    return { y: Ops.add(ops, x, noise), state, pullback };
  },
};

const costs: Law = lawOf(
  'costs',
  'are known of layers that draw: a sum and a half of nothing else for noise, two products for dropout',
  [1, 10],
  (batch) =>
    all(
      same(4 * batch, Network.trainingCost('f32', batch)(noisy).flops, 'noise'),
      same(4 * 2 * batch, Network.trainingCost('f32', batch)(Layer.dropout(0.5).at([4])).flops, 'dropout'),
      same(0, Network.forwardCost('f32', batch)(Layer.dropout(0.5).at([4])).flops, 'dropout at inference'),
    ),
);

export const mistakeLaws: LawSet = lawSet('what layers refuse', [shapes, decoding, taken, inference, formats, costs]);
