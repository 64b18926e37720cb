/** A scalar function at every element. */
import { differentiate } from '../scalar/differentiate.ts';
import { type Expr, input, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { type Description, none, noValues, type Unshaped } from './layer.ts';

/** A layer that applies an expression of `x`, under a description of its own. */
export const elementwise = (description: Description, expr: Expr<'x'>): Unshaped<EmptyForm, EmptyForm> => {
  const backward: Expr<'x' | 'dy'> = multiply(input('dy'), differentiate('x')(expr));
  return {
    description,
    at: (shape) => ({
      input: shape,
      output: shape,
      description,
      parameters: none,
      state: none,
      sites: 0,
      children: [],
      forward: (ops, _params, _state, x) => ({
        y: ops.map(expr, { x }),
        state: noValues,
        pullback: (dy) => ({ dParams: noValues, dx: ops.map(backward, { x, dy }) }),
      }),
    }),
  };
};
