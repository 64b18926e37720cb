/** A ReLU network that interpolates. */
import { relu } from '../../layer/activations.ts';
import { type Approximated, checkApproximated, sample } from './lipschitz.ts';
import { type Approximation, hidden } from './network.ts';

/**
 * The ReLU network of m hidden units that equals f at the m + 1 knots i/m and is linear between them. One unit bends the
 * line at each knot but the last:
 *
 *     g(x) = f(0) + Σᵢ (sᵢ − sᵢ₋₁)·max(0, x − i/m),   sᵢ = m·(f((i+1)/m) − f(i/m)),   s₋₁ = 0.
 *
 * The bound is L/(2m). Between two knots that are h = 1/m apart, at a distance t from the left one, g is the mean of the
 * knots' values with weights 1 − t/h and t/h. f is within L·t of the left value and L·(h − t) of the right one, so
 * |f − g| ≤ (1 − t/h)·L·t + (t/h)·L·(h − t) = 2L·t(h − t)/h ≤ L·h/2. A tent between two knots attains it, so no smaller
 * bound holds for this construction.
 *
 * Throws on a width that is not a whole number of at least 1, and where f is not finite at a knot or steeper than L
 * between two of them.
 *
 * @example
 * ```ts
 * import { Approximation, Network, Tensor } from 'nabla-ts';
 * const { network, bound } = Approximation.piecewiseLinear({ f: (x) => x * x, lipschitz: 2, width: 4 });
 * bound // => 0.25
 * const x = Tensor.generate('f64', [3, 1], (i) => i / 4);
 * Tensor.toArray(Network.predict(network)(x)) // => [0, 0.0625, 0.25]
 * ```
 */
export const piecewiseLinear = (approximated: Approximated): Approximation => {
  checkApproximated('piecewiseLinear', approximated);
  const { lipschitz, width } = approximated;
  const knots = Array.from({ length: width + 1 }, (_, i) => i / width);
  const values = sample('piecewiseLinear', approximated, knots);
  const at = (i: number): number => values[i] ?? Number.NaN;
  const slope = (i: number): number => (i < 0 ? 0 : width * (at(i + 1) - at(i)));
  return Object.freeze({
    network: hidden(
      relu,
      knots.slice(0, width).map((knot, i) => ({ slope: 1, offset: -knot, height: slope(i) - slope(i - 1) })),
      at(0),
    ),
    bound: lipschitz / (2 * width),
  });
};
