/** A layer beside the identity. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { add } from '../ops/derived.ts';
import { closed } from '../scalar/closed.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import type { Form } from '../tensor/tree.ts';
import { decodeAs } from './config.ts';
import type { Kind } from './kind.ts';
import type { Layer } from './layer.ts';

/**
 * y = x + f(x), for a layer f that gives the shape that it takes (He, Zhang, Ren and Sun, *Deep residual learning*,
 * 2015). Its parameters are f's. Throws where f gives another shape than it takes, naming both; where the compiler knows
 * them it does not compile.
 *
 * @example
 * ```ts
 * import { Activation, Layer } from 'nabla-ts';
 * Layer.residual(Layer.sequential(Layer.dense(4, 8), Activation.relu, Layer.dense(8, 4))).output // => [4]
 * ```
 */
export const residual = <A extends Shape, P extends Form, S extends Form>(
  layer: Layer<A, A, P, S>,
): Layer<A, A, P, S> => {
  if (!equals(layer.input, layer.output))
    throw new TypeError(
      `residual: ${layer.description.kind} takes ${show(layer.input)}, but gives ${show(layer.output)}`,
    );
  return {
    ...layer,
    description: { kind: 'residual', layer: layer.description },
    children: [{ path: [], layer }],
    forward: (ops, params, state, x, context) => {
      const inner = layer.forward(ops, params, state, x, context);
      return {
        y: add(ops, x, inner.y),
        state: inner.state,
        pullback: (dy) => {
          const pulled = inner.pullback(dy);
          return {
            dParams: pulled.dParams,
            get dx() {
              return add(ops, dy, pulled.dx);
            },
          };
        },
      };
    },
  };
};

const fields = closed('residual', { kind: t.literal('residual'), layer: t.unknown });

/** How a residual is read. */
export const residualKind: Kind = ({ description, input, where, child }) =>
  pipe(
    description,
    decodeAs(fields, where),
    E.chain(({ layer }) => child(layer, input, `${where}.layer`)),
    E.map(residual),
  );
