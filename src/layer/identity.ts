/** The layer that gives back what it is given: the unit of composition. */
import { input } from '../scalar/expr.ts';
import type { Elementwise } from './activation.ts';
import { none, noValues, plain } from './layer.ts';

/**
 * y = x, of any shape; as an activation, the linear one.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.sequential(Layer.dense(2, 3), Layer.identity).output // => [3]
 * ```
 */
export const identity: Elementwise = {
  expr: input('x'),
  description: { kind: 'identity' },
  at: (shape) => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind: 'identity' },
    parameters: none,
    forward: (_ops, _params, _state, x) => ({
      y: x,
      state: noValues,
      pullback: (dy) => ({ dParams: noValues, dx: dy }),
    }),
  }),
};
