/** Monte-Carlo dropout: what a network is unsure of, from random forward passes. */
import { create } from '../../engine/engine.ts';
import { type Network, predict } from '../../layer/network.ts';
import { equals, type Shape, size } from '../../tensor/shape.ts';
import { generate, type Tensor } from '../../tensor/tensor.ts';
import { type Form, leaves } from '../../tensor/tree.ts';
import { type Passes, sampleOn, sampleSlowly } from '../sample.ts';

export type { Passes };

/** Passes times rows times parameters from which on a plan saves more than compiling it takes. The bits are the same. */
const MUCH = 2 ** 20;

/**
 * What a network says of a batch [batch, …input] in some random passes, each [batch, …output]: dropout drops and noise
 * disturbs as in training, batch norm uses its running statistics, nothing is learnt. A function of the network, the key
 * and the batch: pass i draws from `Key.foldIn(i)(key)` (rows from 1024 n on from that folded with n), so the first passes are the
 * same however many follow, and so are the first rows. Throws where the number of passes is not whole and at least 1, and
 * where the batch is not what the network takes.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.dropout(0.5).at([1]), Key.fromSeed(1));
 * const sample = Network.samples({ passes: 100, key: Key.fromSeed(2) })(network);
 * new Set(sample(Tensor.full('f32', [1, 1], 3)).flatMap(Tensor.toArray)) // => new Set([0, 6])
 * ```
 */
export const samples = (given: Passes) => {
  if (!(Number.isSafeInteger(given.passes) && given.passes >= 1))
    throw new RangeError(`Network.samples: ${given.passes} passes`);
  return <In extends Shape, Out extends Shape, P extends Form, S extends Form>(network: Network<In, Out, P, S>) => {
    const { layer, dtype, params } = network;
    const count = leaves<P, Tensor>(layer.parameters.tree, params).reduce((sum, { shape }) => sum + size(shape), 0);
    const quickly = sampleOn(create());
    return (x: Tensor): readonly Tensor[] => {
      const [rows, ...example] = x.shape;
      // What does not fit is refused in the words of `predict`.
      if (rows === undefined || x.dtype !== dtype || !equals(example, layer.input)) return [predict(network)(x)];
      return given.passes * rows * count >= MUCH ? quickly(network, x, given) : sampleSlowly(network, x, given);
    };
  };
};

/** The mean of some passes and their deviation, each of the shape of an output. */
export interface Uncertain {
  readonly mean: Tensor;
  /** The square root of the variance over the passes, without bias: Σ(y − mean)²/(passes − 1). */
  readonly deviation: Tensor;
}

/**
 * The mean and the deviation of what a network says of a batch in some random passes: dropout used to tell what the network
 * is unsure of (Gal and Ghahramani, *Dropout as a Bayesian approximation*, 2016, where the noise of the targets themselves,
 * 1/τ, is to be added to the variance). For probabilities, let the network end in `softmax`, or use `samples`. Both are
 * computed in f64 and rounded once. Throws as `samples` does, and where there are fewer than 2 passes.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.gaussianNoise(0.5).at([1]), Key.fromSeed(1));
 * const of = Network.monteCarlo({ passes: 1000, key: Key.fromSeed(2) })(network)(Tensor.full('f32', [1, 1], 3));
 * [of.mean, of.deviation].map((x) => Tensor.toArray(x)[0]?.toFixed(1)) // => ['3.0', '0.5']
 * ```
 */
export const monteCarlo = (given: Passes) => {
  if (given.passes < 2) throw new RangeError(`Network.monteCarlo: ${given.passes} passes have no deviation`);
  const sample = samples(given);
  return <In extends Shape, Out extends Shape, P extends Form, S extends Form>(network: Network<In, Out, P, S>) => {
    const all = sample(network);
    return (x: Tensor): Uncertain => {
      const passes = all(x);
      const over = (of: (y: number) => number, i: number): number =>
        passes.reduce((sum, { data }) => sum + of(data[i] ?? Number.NaN), 0);
      const shape = [...x.shape.slice(0, 1), ...network.layer.output];
      const mean = generate('f64', shape, (i) => over((y) => y, i) / given.passes);
      const deviation = (i: number): number => {
        const center = mean.data[i] ?? Number.NaN;
        return Math.sqrt(over((y) => (y - center) * (y - center), i) / (given.passes - 1));
      };
      return {
        mean: generate(network.dtype, shape, (i) => mean.data[i] ?? Number.NaN),
        deviation: generate(network.dtype, shape, deviation),
      };
    };
  };
};
