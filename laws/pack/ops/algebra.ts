/** Someone's own interpreter of the tensor algebra, and how the laws look at it: through tensors going in and coming out. */
import type { Ops } from '../../../src/ops/ops.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import type { PackOptions } from '../options.ts';

/** An interpreter of the tensor algebra over values T of its own, with the way in and the way out. */
export interface Algebra<T> {
  /** The interpreter that computes in a format. */
  readonly ops: (dtype: Dtype) => Ops<T>;
  /** A tensor as a value of the algebra. */
  readonly write: (x: Tensor) => T;
  /** A value of the algebra as a tensor: its shape, its format, its elements row-major. */
  readonly read: (x: T) => Tensor;
}

/** What laws of an algebra are made from. */
export interface Under {
  readonly of: (dtype: Dtype) => Ops<Tensor>;
  readonly options: PackOptions;
}

/** The same algebra over tensors: every operation writes what it is given and reads what it gives. */
export const overTensors =
  <T>({ ops: of, write, read }: Algebra<T>) =>
  (dtype: Dtype): Ops<Tensor> => {
    const ops = of(dtype);
    return {
      dtype: ops.dtype,
      shape: (x) => ops.shape(write(x)),
      scalar: (value) => read(ops.scalar(value)),
      iota: (length) => read(ops.iota(length)),
      map: <N extends string>(expr: Parameters<typeof ops.map<N>>[0], inputs: Readonly<Record<N, Tensor>>) =>
        read(
          ops.map<N>(
            expr,
            // The cast proves what Object.fromEntries forgets: the keys are the names.
            Object.fromEntries(Object.entries<Tensor>(inputs).map(([name, x]) => [name, write(x)])) as Readonly<
              Record<N, T>
            >,
          ),
        ),
      reshape: (shape, x) => read(ops.reshape(shape, write(x))),
      transpose: (permutation, x) => read(ops.transpose(permutation, write(x))),
      broadcast: (shape, x) => read(ops.broadcast(shape, write(x))),
      sum: (axes, x) => read(ops.sum(axes, write(x))),
      max: (axes, x) => read(ops.max(axes, write(x))),
      slice: (axis, start, end, x) => read(ops.slice(axis, start, end, write(x))),
      pad: (axis, before, after, x) => read(ops.pad(axis, before, after, write(x))),
      concatenate: (axis, xs) => read(ops.concatenate(axis, xs.map(write))),
      matmul: (a, b) => read(ops.matmul(write(a), write(b))),
    };
  };
