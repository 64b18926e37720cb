/**
 * The reference interpreter: the tensor algebra at once, in plain TypeScript. It defines the meaning of every operation
 * to the last bit; faster interpreters are held to it.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { equals, isShape, type Shape, show, size, strides } from '../../tensor/shape.ts';
import { adopt, buffer, type Floats, generate, type Tensor } from '../../tensor/tensor.ts';
import type { Ops } from '../ops.ts';
import { along, walk } from './layout.ts';
import { product } from './product.ts';
import { compile } from './program.ts';
import { max, sum } from './reduce.ts';

const wrong = (op: string, why: string): never => {
  throw new RangeError(`${op}: ${why}`);
};

/** A tensor's elements as the array that they are in; a copy where a tensor was made by hand. */
const floats = ({ data, dtype }: Tensor): Floats => {
  if (dtype === 'f32' && data instanceof Float32Array) return data;
  if (dtype === 'f64' && data instanceof Float64Array) return data;
  const copy = buffer(dtype, data.length);
  for (let i = 0; i < copy.length; i++) copy[i] = data[i] ?? NaN;
  return copy;
};

/** A tensor whose elements are those of x that begin at `start` and lie `steps` apart along each axis. */
const view = (shape: Shape, steps: readonly number[], start: number, x: Tensor): Tensor => {
  const out = buffer(x.dtype, size(shape));
  walk(shape, steps, start, floats(x), out);
  return adopt(shape, out);
};

/** Copies x into `out`, of another length along an axis, so that its element i lands at i + start. */
const place = (axis: number, start: number, x: Tensor, length: number, out: Floats): void => {
  const data = floats(x);
  const inner = size(x.shape.slice(axis + 1));
  const width = (x.shape[axis] ?? 0) * inner;
  for (let i = 0; i * width < data.length; i++)
    out.set(data.subarray(i * width, (i + 1) * width), (i * length + start) * inner);
};

const checkAxes = (op: string, axes: readonly number[], { shape }: Tensor): void => {
  if (axes.some((axis, i) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length || axes.indexOf(axis) !== i))
    wrong(op, `no axes [${axes}] in ${show(shape)}`);
};

const lengthAlong = (op: string, axis: number, { shape }: Tensor): number =>
  shape[axis] ?? wrong(op, `no axis ${axis} in ${show(shape)}`);

const without = (axis: number, shape: Shape): Shape => shape.filter((_, i) => i !== axis);

/**
 * The algebra over tensors of one format, computed at once. Every operation throws where shapes or formats do not fit,
 * naming them, and writes to none of its inputs.
 *
 * @example
 * ```ts
 * import { Expr, Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f32');
 * const x = Tensor.generate('f32', [2, 3], (i) => i);
 * Tensor.toRows(ops.sum([1], x)) // => [[3], [12]]
 * Tensor.toRows(ops.matmul(x, ops.transpose([1, 0], x))) // => [[5, 14], [14, 50]]
 * Tensor.toRows(ops.map(Expr.multiply(Expr.input('x'), 2), { x })) // => [[0, 2, 4], [6, 8, 10]]
 * ```
 */
export const reference = (dtype: Dtype): Ops<Tensor> => {
  const own = (op: string, x: Tensor): Tensor =>
    x.dtype === dtype ? x : wrong(op, `a tensor in ${x.dtype} where the algebra computes in ${dtype}`);
  const empty = (op: string, shape: Shape): Floats =>
    isShape(shape) ? buffer(dtype, size(shape)) : wrong(op, `${show(shape)} is not a shape`);
  const reduced = (op: string, by: typeof sum, axes: readonly number[], x: Tensor): Tensor => {
    checkAxes(op, axes, own(op, x));
    return adopt(
      x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)),
      by(dtype, x.shape, axes, floats(x)),
    );
  };
  return Object.freeze<Ops<Tensor>>({
    dtype,
    shape: (x) => x.shape,
    scalar: (value) => generate(dtype, [], () => value),
    iota: (length) => generate(dtype, [length], (i) => i),
    map: (expr, inputs) => {
      const given = Object.entries<Tensor>(inputs);
      const shape = given.find(([, x]) => x.shape.length > 0)?.[1].shape ?? [];
      for (const [name, x] of given) {
        own('map', x);
        if (x.shape.length > 0 && !equals(x.shape, shape))
          wrong('map', `input "${name}" is ${show(x.shape)}, another ${show(shape)}`);
      }
      const data = compile(dtype)(expr).run(
        Object.fromEntries(given.map(([name, x]) => [name, floats(x)])),
        size(shape),
      );
      return adopt(shape, data);
    },
    reshape: (shape, x) =>
      isShape(shape) && size(shape) === size(own('reshape', x).shape)
        ? adopt(shape, floats(x))
        : wrong('reshape', `${show(x.shape)} does not have the size of ${show(shape)}`),
    transpose: (permutation, x) => {
      checkAxes('transpose', permutation, own('transpose', x));
      if (permutation.length !== x.shape.length)
        wrong('transpose', `[${permutation}] is not an order of the axes of ${show(x.shape)}`);
      const { lengths, steps } = along(x.shape, permutation);
      return view(lengths, steps, 0, x);
    },
    broadcast: (shape, x) => {
      own('broadcast', x);
      if (
        shape.length !== x.shape.length ||
        shape.some((n, axis) => x.shape[axis] !== n && x.shape[axis] !== 1) ||
        !isShape(shape)
      )
        wrong('broadcast', `${show(x.shape)} does not repeat to ${show(shape)}`);
      const steps = strides(x.shape).map((step, axis) => (x.shape[axis] === 1 ? 0 : step));
      return view(shape, steps, 0, x);
    },
    sum: (axes, x) => reduced('sum', sum, axes, x),
    max: (axes, x) => reduced('max', max, axes, x),
    slice: (axis, start, end, x) => {
      const length = lengthAlong('slice', axis, own('slice', x));
      if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length))
        wrong('slice', `no range ${start}–${end} along axis ${axis} of ${show(x.shape)}`);
      const steps = strides(x.shape);
      return view(x.shape.with(axis, end - start), steps, start * (steps[axis] ?? 0), x);
    },
    pad: (axis, before, after, x) => {
      const length = lengthAlong('pad', axis, own('pad', x));
      if (!(Number.isInteger(before) && Number.isInteger(after) && before >= 0 && after >= 0))
        wrong('pad', `no ${before} and ${after} zeros along axis ${axis} of ${show(x.shape)}`);
      const shape = x.shape.with(axis, before + length + after);
      const out = empty('pad', shape);
      place(axis, before, x, before + length + after, out);
      return adopt(shape, out);
    },
    concatenate: (axis, xs) => {
      const [first] = xs;
      if (first === undefined) return wrong('concatenate', `nothing to join along axis ${axis}`);
      lengthAlong('concatenate', axis, first);
      for (const x of xs)
        if (
          own('concatenate', x).shape.length !== first.shape.length ||
          !equals(without(axis, x.shape), without(axis, first.shape))
        )
          wrong('concatenate', `${show(x.shape)} does not continue ${show(first.shape)} along axis ${axis}`);
      const length = xs.reduce((total, x) => total + (x.shape[axis] ?? 0), 0);
      const shape = first.shape.with(axis, length);
      const out = empty('concatenate', shape);
      xs.reduce((start, x) => {
        place(axis, start, x, length, out);
        return start + (x.shape[axis] ?? 0);
      }, 0);
      return adopt(shape, out);
    },
    matmul: (a, b) => {
      own('matmul', a);
      own('matmul', b);
      const lead = a.shape.slice(0, -2);
      const [m, k] = a.shape.slice(-2);
      const [inner, n] = b.shape.slice(-2);
      if (m === undefined || k === undefined || n === undefined || inner !== k || !equals(lead, b.shape.slice(0, -2)))
        return wrong('matmul', `${show(a.shape)} times ${show(b.shape)}`);
      const shape = [...lead, m, n];
      const out = empty('matmul', shape);
      const [left, right] = [floats(a), floats(b)];
      for (let i = 0; i < size(lead); i++)
        product(
          m,
          k,
          n,
          left.subarray(i * m * k, (i + 1) * m * k),
          right.subarray(i * k * n, (i + 1) * k * n),
          out.subarray(i * m * n, (i + 1) * m * n),
        );
      return adopt(shape, out);
    },
  });
};
