/**
 * The reference interpreter: the tensor algebra at once, in plain TypeScript. It defines the meaning of every operation
 * to the last bit; faster interpreters are held to it.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { equals, isShape, type Shape, show, size } from '../../tensor/shape.ts';
import { adopt, buffer, type Floats, generate, type Tensor } from '../../tensor/tensor.ts';
import type { Ops } from '../ops.ts';
import { offsets, offsetsOf } from './layout.ts';
import { product } from './product.ts';
import { compile } from './program.ts';

const wrong = (op: string, why: string): never => {
  throw new RangeError(`${op}: ${why}`);
};

/** A tensor's elements as the array that they are in; a copy where a tensor was made by hand. */
const floats = ({ data, dtype }: Tensor): Floats => {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  const copy = buffer(dtype, data.length);
  for (let i = 0; i < copy.length; i++) copy[i] = data[i] ?? NaN;
  return copy;
};

/** The elements at `from`, in order. */
const gather = (shape: Shape, x: Tensor, from: Int32Array): Tensor => {
  const data = floats(x);
  const out = buffer(x.dtype, from.length);
  for (let i = 0; i < out.length; i++) out[i] = data[from[i] ?? -1] ?? NaN;
  return adopt(shape, out);
};

const axesOf = (
  op: string,
  axes: readonly number[],
  shape: Shape,
): { readonly kept: readonly number[]; readonly shape: Shape } => {
  if (axes.some((axis, i) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length || axes.indexOf(axis) !== i))
    wrong(op, `no axes [${axes}] in ${show(shape)}`);
  return {
    kept: shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis)),
    shape: shape.map((n, axis) => (axes.includes(axis) ? 1 : n)),
  };
};

/** Joins the elements at `reduced` from each of `kept`. */
const reduce = (
  op: string,
  axes: readonly number[],
  x: Tensor,
  join: (data: Floats, base: number, reduced: Int32Array) => number,
): Tensor => {
  const { kept, shape } = axesOf(op, axes, x.shape);
  const bases = offsetsOf(x.shape, kept);
  const reduced = offsetsOf(
    x.shape,
    [...axes].sort((a, b) => a - b),
  );
  const data = floats(x);
  const out = buffer(x.dtype, bases.length);
  for (let i = 0; i < out.length; i++) out[i] = join(data, bases[i] ?? 0, reduced);
  return adopt(shape, out);
};

const LANES = 16;

/** 16 partial sums joined by a tree, each addition rounded because the partial sums are stored in the format. */
const sumOf = (dtype: Dtype): ((data: Floats, base: number, reduced: Int32Array) => number) => {
  const partial = buffer(dtype, LANES);
  return (data, base, reduced) => {
    partial.fill(0);
    for (let r = 0; r < reduced.length; r++)
      partial[r % LANES] = (partial[r % LANES] ?? NaN) + (data[base + (reduced[r] ?? 0)] ?? NaN);
    for (let width = LANES / 2; width >= 1; width /= 2)
      for (let i = 0; i < width; i++) partial[i] = (partial[i] ?? NaN) + (partial[i + width] ?? NaN);
    return partial[0] ?? NaN;
  };
};

const maxOf = (data: Floats, base: number, reduced: Int32Array): number => {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let r = 0; r < reduced.length; r++) greatest = Math.max(greatest, data[base + (reduced[r] ?? 0)] ?? NaN);
  return greatest;
};

/** Copies x into `out` so that along an axis its element i lands at i + start. */
const place = (axis: number, start: number, x: Tensor, shape: Shape, out: Floats): void => {
  const data = floats(x);
  const inner = size(shape.slice(axis + 1));
  const width = (x.shape[axis] ?? 0) * inner;
  const stride = (shape[axis] ?? 0) * inner;
  for (let i = 0; width > 0 && i * width < data.length; i++)
    out.set(data.subarray(i * width, (i + 1) * width), i * stride + start * inner);
};

/** The algebra over tensors of one format. */
export const reference = (dtype: Dtype): Ops<Tensor> => {
  const own = (op: string, x: Tensor): Tensor =>
    x.dtype === dtype ? x : wrong(op, `a tensor in ${x.dtype} where the algebra computes in ${dtype}`);
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
      isShape(shape) && size(shape) === size(x.shape)
        ? adopt(shape, floats(own('reshape', x)))
        : wrong('reshape', `${show(x.shape)} does not have the size of ${show(shape)}`),
    transpose: (permutation, x) => {
      const axes = axesOf('transpose', permutation, own('transpose', x).shape);
      if (axes.kept.length > 0) wrong('transpose', `[${permutation}] is not an order of the axes of ${show(x.shape)}`);
      return gather(
        permutation.map((axis) => x.shape[axis] ?? 0),
        x,
        offsetsOf(x.shape, permutation),
      );
    },
    broadcast: (shape, x) => {
      own('broadcast', x);
      if (shape.length !== x.shape.length || shape.some((n, axis) => x.shape[axis] !== n && x.shape[axis] !== 1))
        wrong('broadcast', `${show(x.shape)} does not repeat to ${show(shape)}`);
      const steps = x.shape.map((n, axis) => (n === 1 ? 0 : size(x.shape.slice(axis + 1))));
      return gather(shape, x, offsets(shape, steps));
    },
    sum: (axes, x) => reduce('sum', axes, own('sum', x), sumOf(dtype)),
    max: (axes, x) => reduce('max', axes, own('max', x), maxOf),
    slice: (axis, start, end, x) => {
      const length = own('slice', x).shape[axis] ?? wrong('slice', `no axis ${axis} in ${show(x.shape)}`);
      if (!(start >= 0 && start <= end && end <= length))
        wrong('slice', `no range ${start}–${end} along axis ${axis} of ${show(x.shape)}`);
      const steps = x.shape.map((_, i) => size(x.shape.slice(i + 1)));
      const shape = x.shape.map((n, i) => (i === axis ? end - start : n));
      const from = offsets(shape, steps);
      return gather(
        shape,
        x,
        from.map((o) => o + start * (steps[axis] ?? 0)),
      );
    },
    pad: (axis, before, after, x) => {
      const length = own('pad', x).shape[axis] ?? wrong('pad', `no axis ${axis} in ${show(x.shape)}`);
      if (before < 0 || after < 0) wrong('pad', `${before} and ${after} zeros`);
      const shape = x.shape.map((n, i) => (i === axis ? before + length + after : n));
      const out = buffer(dtype, size(shape));
      place(axis, before, x, shape, out);
      return adopt(shape, out);
    },
    concatenate: (axis, xs) => {
      const [first] = xs;
      if (first === undefined || first.shape[axis] === undefined)
        return wrong('concatenate', `no axis ${axis} to join along`);
      const odd = xs.find(
        (x) => !equals(own('concatenate', x).shape.toSpliced(axis, 1), first.shape.toSpliced(axis, 1)),
      );
      if (odd !== undefined)
        wrong('concatenate', `${show(odd.shape)} does not continue ${show(first.shape)} along axis ${axis}`);
      const shape = first.shape.with(
        axis,
        xs.reduce((sum, x) => sum + (x.shape[axis] ?? 0), 0),
      );
      const out = buffer(dtype, size(shape));
      xs.reduce((start, x) => {
        place(axis, start, x, shape, out);
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
      const out = buffer(dtype, size(lead) * m * n);
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
      return adopt([...lead, m, n], out);
    },
  });
};
