/** Tensors out of sight: whoever looks at them past the algebra finds nothing there. */
import type { Ops } from '../../../src/ops/ops.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import type { Expr } from '../../../src/scalar/expr.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import type { Machine } from './run.ts';

/** A tensor out of sight: only the algebra can look at it. */
export interface Boxed {
  readonly boxed: Tensor;
}

const box = (boxed: Tensor): Boxed => ({ boxed });

const boxedOps = (ops: Ops<Tensor>): Ops<Boxed> => ({
  dtype: ops.dtype,
  shape: ({ boxed }) => ops.shape(boxed),
  scalar: (value) => box(ops.scalar(value)),
  iota: (length) => box(ops.iota(length)),
  map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, Boxed>>) =>
    box(
      ops.map<string>(
        expr,
        Object.fromEntries(Object.entries<Boxed>(inputs).map(([name, { boxed }]) => [name, boxed])),
      ),
    ),
  reshape: (shape, { boxed }) => box(ops.reshape(shape, boxed)),
  transpose: (permutation, { boxed }) => box(ops.transpose(permutation, boxed)),
  broadcast: (shape, { boxed }) => box(ops.broadcast(shape, boxed)),
  sum: (axes, { boxed }) => box(ops.sum(axes, boxed)),
  max: (axes, { boxed }) => box(ops.max(axes, boxed)),
  slice: (axis, start, end, { boxed }) => box(ops.slice(axis, start, end, boxed)),
  pad: (axis, before, after, { boxed }) => box(ops.pad(axis, before, after, boxed)),
  concatenate: (axis, xs) =>
    box(
      ops.concatenate(
        axis,
        xs.map(({ boxed }) => boxed),
      ),
    ),
  matmul: (a, b) => box(ops.matmul(a.boxed, b.boxed)),
});

/** The machine of tensors out of sight. */
export const boxes = (dtype: Dtype): Machine<Boxed> => ({
  ops: boxedOps(reference(dtype)),
  read: ({ boxed }) => boxed.data[0] ?? NaN,
  lift: box,
});
