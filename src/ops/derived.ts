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

export const add = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(sum, { a: x, b: y });
export const subtract = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(difference, { a: x, b: y });
export const multiply = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(product, { a: x, b: y });
export const divide = <T>(ops: Ops<T>, x: T, y: T): T => ops.map(quotient, { a: x, b: y });

/** A constant of any shape. */
export const fill = <T>(ops: Ops<T>, shape: Shape, value: number): T =>
  ops.broadcast(
    shape,
    ops.reshape(
      shape.map(() => 1),
      ops.scalar(value),
    ),
  );

/** Transposes a matrix: the last two axes change places. */
export const transposed = <T>(ops: Ops<T>, x: T): T => {
  const rank = ops.shape(x).length;
  return ops.transpose(
    Array.from({ length: rank }, (_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i)),
    x,
  );
};

/** Repeats a tensor along new leading axes: [n] to [..., n]. */
export const repeat = <T>(ops: Ops<T>, shape: Shape, x: T): T => {
  const own = ops.shape(x);
  return ops.broadcast(shape, ops.reshape([...shape.slice(0, shape.length - own.length).map(() => 1), ...own], x));
};

/** Sums over the leading axes that `repeat` added: its adjoint. */
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

/** The sum of all elements, of shape []. */
export const total = <T>(ops: Ops<T>, x: T): T => {
  const n = size(ops.shape(x));
  return ops.reshape([], ops.sum([0], ops.reshape([n], x)));
};
