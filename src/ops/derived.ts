/** Operations that are compositions of the algebra's own. */
import * as S from '../scalar/expr.ts';
import { type Shape, size } from '../tensor/shape.ts';
import type { Ops } from './ops.ts';

const a = S.input('a');
const b = S.input('b');
const sum = S.add(a, b);
const difference = S.subtract(a, b);
const product = S.multiply(a, b);
const quotient = S.divide(a, b);

/**
 * The sum, element by element; a side of shape [] serves all elements.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.add(ops, ops.iota(3), ops.scalar(10))) // => [10, 11, 12]
 * ```
 */
export const add = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(sum, { a: x, b: y });
/**
 * The difference, element by element; a side of shape [] serves all elements.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.subtract(ops, ops.scalar(10), ops.iota(3))) // => [10, 9, 8]
 * ```
 */
export const subtract = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(difference, { a: x, b: y });
/**
 * The product, element by element; a side of shape [] serves all elements.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.multiply(ops, ops.iota(3), ops.iota(3))) // => [0, 1, 4]
 * ```
 */
export const multiply = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(product, { a: x, b: y });
/**
 * The quotient, element by element; a side of shape [] serves all elements.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.divide(ops, ops.iota(3), ops.scalar(2))) // => [0, 0.5, 1]
 * ```
 */
export const divide = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(quotient, { a: x, b: y });

/**
 * A constant of any shape.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.fill(ops, [2, 2], 7)) // => [7, 7, 7, 7]
 * ```
 */
export const fill = <T>(ops: Ops<T>, shape: Shape, value: number): T =>
  ops.broadcast(
    shape,
    ops.reshape(
      shape.map(() => 1),
      ops.scalar(value),
    ),
  );

/**
 * Transposes a matrix: the last two axes change places.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toRows(Ops.transposed(ops, Tensor.generate('f64', [2, 2], (i) => i))) // => [[0, 2], [1, 3]]
 * ```
 */
export const transposed = <T>(ops: Ops<T>, x: T): T => {
  const rank = ops.shape(x).length;
  return ops.transpose(
    Array.from({ length: rank }, (_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i)),
    x,
  );
};

/**
 * Repeats a tensor along new leading axes: [n] to [..., n].
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toRows(Ops.repeat(ops, [2, 3], ops.iota(3))) // => [[0, 1, 2], [0, 1, 2]]
 * ```
 */
export const repeat = <T>(ops: Ops<T>, shape: Shape, x: T): T => {
  const own = ops.shape(x);
  return ops.broadcast(shape, ops.reshape([...shape.slice(0, shape.length - own.length).map(() => 1), ...own], x));
};

/**
 * Sums over the leading axes that `repeat` added: its adjoint.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.sumLeading(ops, [2], Tensor.generate('f64', [2, 2], (i) => i))) // => [2, 4]
 * ```
 */
export const sumLeading = <T>(ops: Ops<T>, shape: Shape, x: T): T => {
  const rank = ops.shape(x).length - shape.length;
  return ops.reshape(
    shape,
    ops.sum(
      Array.from({ length: rank }, (_, i) => i),
      x,
    ),
  );
};

/**
 * The sum of all elements, of shape [].
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * Tensor.toArray(Ops.total(ops, ops.iota(5))) // => [10]
 * ```
 */
export const total = <T>(ops: Ops<T>, x: T): T => {
  const n = size(ops.shape(x));
  return ops.reshape([], ops.sum([0], ops.reshape([n], x)));
};
