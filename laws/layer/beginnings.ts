/** What layers begin with: the numbers that their parameters and their state are told to have, and the sites they draw from. */
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, showPath } from '../../src/tensor/tree.ts';
import { type Law, lawOf, same } from '../law.ts';
import { erased, sequence } from './done.ts';

/** Each leaf that begins with one number everywhere, as "path number". */
const begins = (layer: AnyLayer): readonly string[] => {
  const { params, state } = init(layer, Key.fromSeed(3), 'f64');
  return [
    ...entries<Form, Tensor>(layer.parameters.tree, params),
    ...entries<Form, Tensor>(layer.state.tree, state),
  ].flatMap(([path, { data }]) => {
    const all = new Set(Array.from(data));
    return all.size === 1 ? [`${showPath(path)} ${[...all].join()}`] : [];
  });
};

const numbers: ReadonlyArray<readonly [AnyLayer, string]> = [
  [Layer.dense(3, 2), 'bias 0'],
  [Layer.dense(3, 2, { weight: Initialiser.zeros, bias: Initialiser.constant(1.5) }), 'weight 0, bias 1.5'],
  [Layer.batchNorm().at([3]), 'scale 1, shift 0, mean 0, variance 1'],
  [Layer.layerNorm().at([3]), 'scale 1, shift 0'],
  [Activation.prelu().at([3]), 'slope 0.25'],
  [Activation.prelu(0.1).at([3]), 'slope 0.1'],
];

const [draws, none] = [Layer.dropout(0.5).at([3]), Layer.dense(3, 3)];
const sites: ReadonlyArray<readonly [AnyLayer, number]> = [
  [none, 0],
  [draws, 1],
  [Layer.gaussianDropout(0.5).at([3]), 1],
  [Layer.gaussianNoise(0.5).at([3]), 1],
  [Layer.residual(draws), 1],
  [sequence(none, none), 0],
  [sequence(draws, none, draws), 2],
  [erased(Layer.parallelOf([none, none])), 0],
  [erased(Layer.parallelOf([draws, none, draws])), 2],
];

export const beginningLaws: readonly Law[] = [
  lawOf(
    'what parameters and state begin with',
    'biases and shifts with 0, scales with 1, running moments with 0 and 1, a slope with its own',
    numbers,
    ([layer, expected]) => same(expected, begins(layer).join(', ')),
    { show: ([layer]) => JSON.stringify(layer.description) },
  ),
  lawOf(
    'sites',
    'a layer that draws has one, a composition as many as its parts',
    sites,
    ([layer, count]) => same(count, layer.sites),
    { show: ([layer]) => JSON.stringify(layer.description) },
  ),
];
