/** A sigmoid network that climbs steep steps. */
import { sigmoid } from '../../layer/activations.ts';
import { type Approximated, checkApproximated, sample } from './lipschitz.ts';
import { type Approximation, hidden } from './network.ts';

export interface Steps extends Approximated {
  /** How steep a step is: the slope of a sigmoid's argument. By default 64 for each of the width + 1 stairs. */
  readonly steepness?: number;
}

/**
 * The sigmoid network of m hidden units that is a smoothed staircase: [0, 1] is cut into n = m + 1 equal stairs, stair i
 * has the height of f at its middle cᵢ = (i + ½)/n, and a sigmoid σ of steepness k leads over each of the m edges:
 *
 *     g(x) = f(c₀) + Σᵢ (f(cᵢ) − f(cᵢ₋₁))·σ(k·(x − i/n)),   i = 1 … m.
 *
 * The bound is L·(1/(2n) + 2·ln 2/k). Summed by parts, g(x) = Σᵢ wᵢ·f(cᵢ) with wᵢ = σ(k(x − i/n)) − σ(k(x − (i+1)/n))
 * (the first σ being 1 and the last 0), which are not negative and add up to 1. So wᵢ is the probability that x + Z falls
 * on stair i (what falls off an end counts as on the stair there), Z being logistic with scale 1/k, and
 * |f(x) − g(x)| ≤ L·E|x − c|, where c is the middle of the stair that x + Z falls on. This middle is at most half a stair
 * from x + Z, or nearer to x than |Z| + half a stair where x + Z fell off; so E|x − c| ≤ 1/(2n) + E|Z|, and
 * E|Z| = 2·ln 2/k.
 *
 * Throws on a width that is not a whole number of at least 1, a steepness that is not a finite number above 0, and where f
 * is not finite at a middle or steeper than L between two of them.
 *
 * @example
 * ```ts
 * import { Approximation, Network, Tensor } from 'nabla-ts';
 * const { network, bound } = Approximation.staircase({ f: (x) => x, lipschitz: 1, width: 1, steepness: 1024 });
 * bound // ≈ 0.251354
 * const x = Tensor.generate('f64', [3, 1], (i) => i / 2);
 * Tensor.toArray(Network.predict(network)(x)) // => [0.25, 0.5, 0.75]
 * ```
 */
export const staircase = (steps: Steps): Approximation => {
  checkApproximated('staircase', steps);
  const { lipschitz, width, steepness = 64 * (width + 1) } = steps;
  if (!(steepness > 0 && steepness < Number.POSITIVE_INFINITY))
    throw new RangeError(`staircase: ${steepness} is not a steepness, a finite number above 0`);
  const stairs = width + 1;
  const heights = sample(
    'staircase',
    steps,
    Array.from({ length: stairs }, (_, i) => (i + 0.5) / stairs),
  );
  const at = (i: number): number => heights[i] ?? Number.NaN;
  return Object.freeze({
    network: hidden(
      sigmoid,
      Array.from({ length: width }, (_, i) => ({
        slope: steepness,
        offset: (-steepness * (i + 1)) / stairs,
        height: at(i + 1) - at(i),
      })),
      at(0),
    ),
    bound: lipschitz * (0.5 / stairs + (2 * Math.LN2) / steepness),
  });
};
