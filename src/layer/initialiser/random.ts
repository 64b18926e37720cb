/** Initialisers of a distribution that does not depend on the parameter's shape. */
import { checked, finite, notNegative } from '../config.ts';
import { normalDraw, truncatedNormalDraw, uniformDraw } from './distribution.ts';
import type { Initialiser } from './initialiser.ts';

/**
 * Independent elements, uniform on [low, high]. Throws unless both are finite and low ≤ high.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.uniform(-0.1, 0.1).description // => { kind: 'uniform', low: -0.1, high: 0.1 }
 * ```
 */
export const uniform = (low: number, high: number): Initialiser => {
  checked(finite, 'Initialiser.uniform: low', low);
  checked(notNegative, 'Initialiser.uniform: high − low', checked(finite, 'Initialiser.uniform: high', high) - low);
  return {
    description: { kind: 'uniform', low, high },
    draw: (dtype, { shape }) => uniformDraw(dtype, shape, low, high),
  };
};

/**
 * Independent normal elements. Throws unless the mean is finite, and the standard deviation finite and not negative.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.normal(0, 0.01).description // => { kind: 'normal', mean: 0, deviation: 0.01 }
 * ```
 */
export const normal = (mean: number, deviation: number): Initialiser => ({
  description: {
    kind: 'normal',
    mean: checked(finite, 'Initialiser.normal: mean', mean),
    deviation: checked(notNegative, 'Initialiser.normal: deviation', deviation),
  },
  draw: (dtype, { shape }) => normalDraw(dtype, shape, mean, deviation),
});

/**
 * Independent normal elements, given that they lie within two deviations of the mean. `deviation` is that of the normal
 * distribution before it is cut; the elements' own is 0.8796 of it. Throws as `normal` does.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.truncatedNormal(0, 0.01).description // => { kind: 'truncatedNormal', mean: 0, deviation: 0.01 }
 * ```
 */
export const truncatedNormal = (mean: number, deviation: number): Initialiser => ({
  description: {
    kind: 'truncatedNormal',
    mean: checked(finite, 'Initialiser.truncatedNormal: mean', mean),
    deviation: checked(notNegative, 'Initialiser.truncatedNormal: deviation', deviation),
  },
  draw: (dtype, { shape }) => truncatedNormalDraw(dtype, shape, mean, deviation),
});
