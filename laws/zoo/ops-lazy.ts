/** An interpreter whose values are not tensors: a transpose is only noted, and done when an operation needs the numbers. */
import { reference } from '../../src/ops/reference/reference.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Algebra } from '../pack/ops.ts';

/** A tensor, and the order of axes in which it is to be seen. */
export interface View {
  readonly under: Tensor;
  readonly order: readonly number[];
}

const whole = (under: Tensor): View => ({ under, order: under.shape.map((_, axis) => axis) });

const seen = ({ under, order }: View): Tensor => reference(under.dtype).transpose(order, under);

/** Whether reshape forgets what was noted. */
export const transposesLazily = (forgets: boolean): Algebra<View> => ({
  write: whole,
  read: seen,
  ops: (dtype) => {
    const right = reference(dtype);
    return {
      dtype,
      shape: ({ under, order }) => order.map((axis) => under.shape[axis] ?? 0),
      scalar: (value) => whole(right.scalar(value)),
      iota: (length) => whole(right.iota(length)),
      map: (expr, inputs) => {
        const given = Object.entries<View>(inputs).map(([name, x]) => [name, seen(x)] as const);
        return whole(right.map<string>(expr, Object.fromEntries(given)));
      },
      reshape: (shape, x) => whole(right.reshape(shape, forgets ? x.under : seen(x))),
      transpose: (permutation, { under, order }) => {
        right.transpose(permutation, seen({ under, order }));
        return { under, order: permutation.map((axis) => order[axis] ?? 0) };
      },
      broadcast: (shape, x) => whole(right.broadcast(shape, seen(x))),
      sum: (axes, x) => whole(right.sum(axes, seen(x))),
      max: (axes, x) => whole(right.max(axes, seen(x))),
      slice: (axis, start, end, x) => whole(right.slice(axis, start, end, seen(x))),
      pad: (axis, before, after, x) => whole(right.pad(axis, before, after, seen(x))),
      concatenate: (axis, xs) => whole(right.concatenate(axis, xs.map(seen))),
      matmul: (x, y) => whole(right.matmul(seen(x), seen(y))),
    };
  },
});
