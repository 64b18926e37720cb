/** Gaussian noise: in training, a normal number of mean 0 is added to every element. */
import { add, input, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, notNegative } from './config.ts';
import { disturb } from './disturb.ts';
import type { Unshaped } from './layer.ts';

/**
 * Adds to each element in training a draw from N(0, deviation²): as a network's first layer, noise on its inputs, which for
 * small deviations is a penalty on the slope of what it computes (Bishop, *Training with noise is equivalent to Tikhonov
 * regularization*, 1995). The deviation is in the units of what passes through. Gradients pass as they are; at inference the
 * layer is the identity. Takes whatever shape it is given. Throws unless the deviation is finite and not negative.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.gaussianNoise(0.1).at([2]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 2], 3))) // => [3, 3]
 * ```
 */
export const gaussianNoise = (deviation: number): Unshaped<EmptyForm, EmptyForm> =>
  disturb({
    description: { kind: 'gaussianNoise', deviation: checked(notNegative, 'gaussianNoise: deviation', deviation) },
    draw: (random, shape) => random.normal(shape),
    disturbed: add(input('x'), multiply(deviation, input('drawn'))),
  });
