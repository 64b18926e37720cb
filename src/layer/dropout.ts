/** Dropout: in training, elements are set to 0 at random and the others scaled up so that the mean stays. */
import { type Expr, input, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, rate as rateCodec } from './config.ts';
import { none, noValues, plain, type Unshaped } from './layer.ts';

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
  const masked: Expr<'x' | 'mask'> = multiply(input('x'), multiply(input('mask'), 1 / (1 - rate)));
  return {
    description,
    at: (shape) => ({
      ...plain,
      input: shape,
      output: shape,
      description,
      parameters: none,
      sites: 1,
      forward: (ops, _params, _state, x, { training, random }) => {
        if (!training) return { y: x, state: noValues, pullback: (dy) => ({ dParams: noValues, dx: dy }) };
        const mask = random.bernoulli(ops.shape(x), 1 - rate);
        return {
          y: ops.map(masked, { x, mask }),
          state: noValues,
          pullback: (dy) => ({
            dParams: noValues,
            get dx() {
              return ops.map(masked, { x: dy, mask });
            },
          }),
        };
      },
    }),
  };
};
