/** Walking arrays by axes: a tensor as a view of another's elements, each axis with a step of its own. */
import { type Shape, strides } from '../../tensor/shape.ts';
import type { Floats } from '../../tensor/tensor.ts';

/** The offsets of every index over axes of given lengths and steps, row-major. */
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

interface Axis {
  readonly length: number;
  readonly step: number;
}

/** The same walk with fewer axes: without those of length 1, and with one for two that follow each other in memory. */
const merged = (shape: Shape, steps: readonly number[]): readonly Axis[] => {
  const axes: Axis[] = [];
  for (const [i, length] of shape.entries()) {
    const step = steps[i] ?? 0;
    const last = axes.at(-1);
    if (length === 1) continue;
    if (last !== undefined && last.step === step * length) axes.splice(-1, 1, { length: last.length * length, step });
    else axes.push({ length, step });
  }
  return axes;
};

/** Writes into `out`, row-major, the elements of `data` that begin at `start` and lie `steps` apart along each axis. */
export const walk = (shape: Shape, steps: readonly number[], start: number, data: Floats, out: Floats): void => {
  // Nothing to write: the other axes may be of any length.
  if (out.length === 0) return;
  const axes = merged(shape, steps);
  const { length, step } = axes.at(-1) ?? { length: 1, step: 1 };
  const outer = axes.slice(0, -1);
  const bases = offsets(
    outer.map((axis) => axis.length),
    outer.map((axis) => axis.step),
  );
  let to = 0;
  for (const base of bases) {
    const from = start + base;
    // A block move costs as much as a few dozen single ones.
    if (step === 1 && length >= 32) {
      out.set(data.subarray(from, from + length), to);
      to += length;
    } else for (let j = 0; j < length; j++) out[to++] = data[from + j * step] ?? NaN;
  }
};

/** Axes of a shape in an order, as lengths and steps. */
export const along = (
  shape: Shape,
  axes: readonly number[],
): { readonly lengths: Shape; readonly steps: readonly number[] } => {
  const all = strides(shape);
  return { lengths: axes.map((axis) => shape[axis] ?? 0), steps: axes.map((axis) => all[axis] ?? 0) };
};
