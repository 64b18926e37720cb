/** Walking arrays by axes: the offsets of the elements along some of them. */
import { type Shape, strides } from '../../tensor/shape.ts';

/** The offsets of every index over axes of given lengths and strides, row-major. */
export const offsets = (lengths: readonly number[], steps: readonly number[]): Int32Array => {
  let all = new Int32Array(1);
  lengths.forEach((length, axis) => {
    const step = steps[axis] ?? 0;
    const next = new Int32Array(all.length * length);
    for (let i = 0; i < all.length; i++)
      for (let j = 0; j < length; j++) next[i * length + j] = (all[i] ?? 0) + j * step;
    all = next;
  });
  return all;
};

/** The offsets over chosen axes of a shape. */
export const offsetsOf = (shape: Shape, axes: readonly number[]): Int32Array => {
  const steps = strides(shape);
  return offsets(
    axes.map((axis) => shape[axis] ?? 0),
    axes.map((axis) => steps[axis] ?? 0),
  );
};
