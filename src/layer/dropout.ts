/** Dropout: in training, elements are set to 0 at random and the others scaled up so that the mean stays. */
import { type Expr, input, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, rate as rateCodec } from './config.ts';
import { disturb } from './disturb.ts';
import type { Unshaped } from './layer.ts';

/**
 * Sets each element to 0 with probability `rate` in training and divides the others by 1 − rate (*inverted* dropout:
 * Srivastava et al. 2014, scaled in training rather than at inference, where the layer is the identity). Gradients pass
 * through the same mask. Takes whatever shape it is given. Throws unless the rate is in [0, 1).
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.dropout(0.5).at([2]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 2], 3))) // => [3, 3]
 * ```
 */
export const dropout = (rate: number): Unshaped<EmptyForm, EmptyForm> => {
  const description = { kind: 'dropout', rate: checked(rateCodec, 'dropout: rate', rate) } as const;
  const masked: Expr<'x' | 'drawn'> = multiply(input('x'), multiply(input('drawn'), 1 / (1 - rate)));
  return disturb({
    description,
    draw: (random, shape) => random.bernoulli(shape, 1 - rate),
    disturbed: masked,
    back: masked,
  });
};
