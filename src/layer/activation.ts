/** A scalar function at every element. */
import { differentiate } from '../scalar/differentiate.ts';
import { type Expr, input, multiply } from '../scalar/expr.ts';
import { exprCodecOf } from '../scalar/expr-codec.ts';
import type { Json } from '../tensor/json.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { type Description, none, noValues, plain, type Unshaped } from './layer.ts';

/** A layer that is one expression of `x`. */
export interface Elementwise extends Unshaped<EmptyForm, EmptyForm> {
  readonly expr: Expr<'x'>;
}

/**
 * A layer that applies an expression of `x` at every element, under a description of its own: how a named activation
 * with a kind of its own is made. Its pullback is the expression's derivative times dy.
 *
 * @example
 * ```ts
 * import { Expr, Layer } from 'nabla-ts';
 * const cube = Layer.elementwise({ kind: 'cube' }, Expr.pow(Expr.input('x'), 3));
 * cube.at([2]).output // => [2]
 * ```
 */
export const elementwise = (description: Description, expr: Expr<'x'>): Elementwise => {
  const backward: Expr<'x' | 'dy'> = multiply(input('dy'), differentiate('x')(expr));
  return {
    expr,
    description,
    at: (shape) => ({
      ...plain,
      input: shape,
      output: shape,
      description,
      parameters: none,
      forward: (ops, _params, _state, x) => ({
        y: ops.map(expr, { x }),
        state: noValues,
        pullback: (dy) => ({
          dParams: noValues,
          // Computed when read: nobody asks for the gradient of a network's own input in training.
          get dx() {
            return ops.map(backward, { x, dy });
          },
        }),
      }),
    }),
  };
};

/** The codec of the expressions that an activation may be. */
export const activationExpr = exprCodecOf(['x']);

/**
 * A layer that applies any expression of `x` at every element; it takes whatever shape it is given and keeps it.
 *
 * @example
 * ```ts
 * import { Expr, Layer } from 'nabla-ts';
 * const square = Layer.activation(Expr.multiply(Expr.input('x'), Expr.input('x')));
 * Layer.sequential(Layer.dense(2, 3), square).output // => [3]
 * ```
 */
export const activation = (expr: Expr<'x'>): Elementwise => {
  // Through JSON's own text, which is how the description is read back, so that it is plain data whatever the codec made.
  const encoded: Json = JSON.parse(JSON.stringify(activationExpr.encode(expr)));
  return elementwise({ kind: 'activation', expr: encoded }, expr);
};
