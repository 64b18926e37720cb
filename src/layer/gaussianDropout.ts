/** Gaussian dropout: in training, every element is multiplied by a normal number of mean 1. */
import { add, type Expr, input, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, rate as rateCodec } from './config.ts';
import { disturb } from './disturb.ts';
import type { Unshaped } from './layer.ts';

/**
 * Multiplies each element in training by a draw from N(1, rate/(1 − rate)), which has the mean and the variance of what
 * `dropout(rate)` multiplies by (Srivastava et al. 2014, section 10). Nothing is switched off, so all units learn in every
 * step. Gradients are multiplied by the same draws; at inference the layer is the identity. Takes whatever shape it is given.
 * Throws unless the rate is in [0, 1).
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.gaussianDropout(0.5).at([2]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 2], 3))) // => [3, 3]
 * ```
 */
export const gaussianDropout = (rate: number): Unshaped<EmptyForm, EmptyForm> => {
  const description = { kind: 'gaussianDropout', rate: checked(rateCodec, 'gaussianDropout: rate', rate) } as const;
  const factor = add(1, multiply(Math.sqrt(rate / (1 - rate)), input('drawn')));
  const scaled: Expr<'x' | 'drawn'> = multiply(input('x'), factor);
  return disturb({ description, draw: (random, shape) => random.normal(shape), disturbed: scaled, back: scaled });
};
