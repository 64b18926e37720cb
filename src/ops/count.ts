/**
 * The algebra interpreted as shapes and costs: what a computation would give and how much it would do, without doing
 * it. An operation on numbers counts one FLOP (a product of [m, k] and [k, n] counts 2·m·k·n); an elementary function
 * counts the exact operations that it is made of; moving data counts none.
 */
import type { Dtype } from '../scalar/dtype.ts';
import type { Expr } from '../scalar/expr.ts';
import { operations } from '../scalar/operations.ts';
import { equals, type Shape, show, size } from '../tensor/shape.ts';
import type { Ops } from './ops.ts';

/** A tensor of which only the shape is known. */
export interface Sized {
  readonly shape: Shape;
}

/** The cost of a computation, and its result. */
export interface Counted<A> {
  readonly flops: number;
  /** Bytes of all results that are computed; moving data (reshape, transpose, slice, …) counts none. */
  readonly bytes: number;
  readonly result: A;
}

const sized = (shape: Shape): Sized => ({ shape });

const joined = (op: string, xs: readonly Sized[]): Shape => {
  const shape = xs.find((x) => x.shape.length > 0)?.shape ?? [];
  const odd = xs.find((x) => x.shape.length > 0 && !equals(x.shape, shape));
  if (odd !== undefined) throw new RangeError(`${op}: ${show(odd.shape)} beside ${show(shape)}`);
  return shape;
};

const product = (a: Shape, b: Shape): { readonly shape: Shape; readonly flops: number } => {
  const lead = a.slice(0, -2);
  const [m = 0, k = 0] = a.slice(-2);
  const [inner, n = 0] = b.slice(-2);
  if (inner !== k || !equals(lead, b.slice(0, -2))) throw new RangeError(`matmul: ${show(a)} times ${show(b)}`);
  return { shape: [...lead, m, n], flops: 2 * size(lead) * m * k * n };
};

/**
 * Runs a computation on shapes, and counts. Throws where shapes do not fit, as the computation itself would.
 *
 * @example
 * ```ts
 * import { Ops } from 'nabla-ts';
 * Ops.count('f32')((ops) => ops.matmul(ops.broadcast([2, 3], ops.reshape([1, 1], ops.scalar(1))), ops.broadcast([3, 4], ops.reshape([1, 1], ops.scalar(1))))).flops // => 48
 * ```
 */
export const count =
  (dtype: Dtype) =>
  <A>(computation: (ops: Ops<Sized>) => A): Counted<A> => {
    // Counted in place, within this call; the computation is handed the algebra and cannot see the tally.
    const tally = { flops: 0, bytes: 0 };
    const computed = (shape: Shape, flops: number): Sized => {
      tally.flops += flops;
      tally.bytes += size(shape) * (dtype === 'f32' ? 4 : 8);
      return sized(shape);
    };
    const reduced = (axes: readonly number[], { shape }: Sized): Sized =>
      computed(
        shape.map((n, axis) => (axes.includes(axis) ? 1 : n)),
        size(shape),
      );
    const along = (axis: number, length: number, { shape }: Sized): Sized => sized(shape.with(axis, length));
    const result = computation({
      dtype,
      shape: ({ shape }) => shape,
      scalar: () => sized([]),
      iota: (length) => sized([length]),
      map: (expr: Expr, inputs) => {
        const shape = joined('map', Object.values<Sized>(inputs));
        return computed(shape, operations(dtype)(expr) * size(shape));
      },
      reshape: (shape, x) => {
        if (size(shape) !== size(x.shape)) throw new RangeError(`reshape: ${show(x.shape)} to ${show(shape)}`);
        return sized(shape);
      },
      transpose: (permutation, { shape }) => sized(permutation.map((axis) => shape[axis] ?? 0)),
      broadcast: (shape) => sized(shape),
      sum: reduced,
      max: reduced,
      slice: (axis, start, end, x) => along(axis, end - start, x),
      pad: (axis, before, after, x) => along(axis, before + (x.shape[axis] ?? 0) + after, x),
      concatenate: (axis, xs) => {
        const [first] = xs;
        if (first === undefined) throw new RangeError('concatenate: nothing to join');
        return along(
          axis,
          xs.reduce((sum, x) => sum + (x.shape[axis] ?? 0), 0),
          first,
        );
      },
      matmul: (a, b) => {
        const { shape, flops } = product(a.shape, b.shape);
        return computed(shape, flops);
      },
    });
    return { ...tally, result };
  };
