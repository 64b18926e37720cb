/** The same numbers under another shape. */
import { type Shape, show, size } from '../tensor/shape.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, exampleShape } from './config.ts';
import { type Description, type Layer, none, noValues, plain } from './layer.ts';

const reshaping = <const In extends Shape, const Out extends Shape>(
  description: Description,
  from: In,
  to: Out,
): Layer<In, Out, EmptyForm, EmptyForm> => ({
  ...plain,
  input: from,
  output: to,
  description,
  parameters: none,
  forward: (ops, _params, _state, x) => {
    const batch = ops.shape(x)[0] ?? 0;
    return {
      y: ops.reshape([batch, ...to], x),
      state: noValues,
      pullback: (dy) => ({ dParams: noValues, dx: ops.reshape([batch, ...from], dy) }),
    };
  },
});

/**
 * The elements of each example, row-major, under another shape of as many. Throws where the sizes differ, naming both
 * shapes.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.reshape([6], [2, 3]).output // => [2, 3]
 * ```
 */
export const reshape = <const In extends Shape, const Out extends Shape>(
  from: In,
  to: Out,
): Layer<In, Out, EmptyForm, EmptyForm> => {
  checked(exampleShape, 'reshape: from', from);
  checked(exampleShape, 'reshape: to', to);
  if (size(from) !== size(to)) throw new TypeError(`reshape: ${show(from)} does not have the size of ${show(to)}`);
  return reshaping({ kind: 'reshape', from, to }, from, to);
};

/**
 * The elements of each example in one axis, row-major.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.sequential(Layer.flatten([2, 3]), Layer.dense(6, 1)).output // => [1]
 * ```
 */
export const flatten = <const In extends Shape>(shape: In): Layer<In, readonly [number], EmptyForm, EmptyForm> => {
  checked(exampleShape, 'flatten: shape', shape);
  return reshaping({ kind: 'flatten', shape }, shape, [size(shape)]);
};
