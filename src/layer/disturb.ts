/** Layers that disturb what passes through them in training, one draw an element, and at inference are the identity. */
import type { Random } from '../ops/random.ts';
import type { Expr } from '../scalar/expr.ts';
import type { Shape } from '../tensor/shape.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { type Description, none, noValues, plain, type Unshaped } from './layer.ts';

/** How a layer disturbs. */
export interface Disturbance {
  readonly description: Description;
  /** One number an element, of the layer's only site. */
  readonly draw: <T>(random: Random<T>, shape: Shape) => T;
  /** What becomes of an element. */
  readonly disturbed: Expr<'x' | 'drawn'>;
  /** What becomes of its gradient, here called x; the gradient passes as it is where this is left out. */
  readonly back?: Expr<'x' | 'drawn'>;
}

export const disturb = ({ description, draw, disturbed, back }: Disturbance): Unshaped<EmptyForm, EmptyForm> => ({
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
      const drawn = draw(random, ops.shape(x));
      return {
        y: ops.map(disturbed, { x, drawn }),
        state: noValues,
        pullback: (dy) => ({
          dParams: noValues,
          get dx() {
            return back === undefined ? dy : ops.map(back, { x: dy, drawn });
          },
        }),
      };
    },
  }),
});
