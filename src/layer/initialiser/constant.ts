/** Initialisers that draw nothing. */
import { full } from '../../tensor/tensor.ts';
import { checked, finite } from '../config.ts';
import type { Initialiser } from './initialiser.ts';

/**
 * Every element the same, rounded to the parameter's format. Throws unless the value is finite.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.constant(0.5).description // => { kind: 'constant', value: 0.5 }
 * ```
 */
export const constant = (value: number): Initialiser => ({
  description: { kind: 'constant', value: checked(finite, 'Initialiser.constant: value', value) },
  draw:
    (dtype, { shape }) =>
    () =>
      full(dtype, shape, value),
});

/**
 * Every element 0: how biases begin.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.zeros.description // => { kind: 'zeros' }
 * ```
 */
export const zeros: Initialiser = { ...constant(0), description: { kind: 'zeros' } };
