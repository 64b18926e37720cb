/** Alpha dropout: what is dropped takes selu's lowest value, and the rest is moved so that mean and variance stay. */
import { add, type Expr, input, multiply, subtract } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, rate as rateCodec } from './config.ts';
import { disturb } from './disturb.ts';
import type { Unshaped } from './layer.ts';

/** What selu comes to far below 0: −λα. */
const LOWEST = -1.0507009873554805 * 1.6732632423543772;

/**
 * Dropout for networks of `selu`, whose activations have mean 0 and variance 1 (Klambauer, Unterthiner, Mayr and Hochreiter,
 * *Self-normalizing neural networks*, 2017, section 2): in training each element becomes α′ = −λα ≈ −1.758, where selu
 * saturates, with probability `rate`, and then all become a·x + b with a = 1/√(q + α′²q(1 − q)), b = −a(1 − q)α′ and
 * q = 1 − rate. So mean 0 and variance 1 come out as they went in. Gradients pass where the elements did, times a; at
 * inference the layer is the identity. Takes whatever shape it is given. Throws unless the rate is in [0, 1).
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.alphaDropout(0.1).at([2]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 2], 3))) // => [3, 3]
 * ```
 */
export const alphaDropout = (rate: number): Unshaped<EmptyForm, EmptyForm> => {
  const description = { kind: 'alphaDropout', rate: checked(rateCodec, 'alphaDropout: rate', rate) } as const;
  const kept = 1 - rate;
  const a = 1 / Math.sqrt(kept + LOWEST * LOWEST * kept * rate);
  const b = -a * rate * LOWEST;
  const passed: Expr<'x' | 'drawn'> = multiply(input('x'), multiply(a, input('drawn')));
  const dropped = multiply(a * LOWEST, subtract(1, input('drawn')));
  return disturb({
    description,
    draw: (random, shape) => random.bernoulli(shape, kept),
    disturbed: add(passed, add(dropped, b)),
    back: passed,
  });
};
