/** Sums and maxima over axes. Elements are brought into the order [kept, reduced] first, unless they are in it. */
import type { Dtype } from '../../scalar/dtype.ts';
import { type Shape, size } from '../../tensor/shape.ts';
import { buffer, type Floats } from '../../tensor/tensor.ts';
import { along, walk } from './layout.ts';

/** An array seen as [outer, reduced, inner], to be reduced to [outer, inner]. */
interface Blocks {
  readonly data: Floats;
  readonly outer: number;
  readonly reduced: number;
  readonly inner: number;
}

/** Reduced axes that follow one another leave what is outside and inside of them; others must be moved. */
const blocksOf = (dtype: Dtype, shape: Shape, axes: readonly number[], data: Floats): Blocks => {
  const ordered = [...axes].sort((a, b) => a - b);
  const first = ordered[0] ?? shape.length;
  const together = ordered.every((axis, i) => axis === first + i);
  const reduced = size(ordered.map((axis) => shape[axis] ?? 0));
  if (together)
    return { data, outer: size(shape.slice(0, first)), reduced, inner: size(shape.slice(first + ordered.length)) };
  const kept = shape.map((_, axis) => axis).filter((axis) => !ordered.includes(axis));
  const { lengths, steps } = along(shape, [...kept, ...ordered]);
  const moved = buffer(dtype, data.length);
  walk(lengths, steps, 0, data, moved);
  return { data: moved, outer: size(kept.map((axis) => shape[axis] ?? 0)), reduced, inner: 1 };
};

const LANES = 16;

/** 16 partial sums joined by a tree, each addition rounded because the partial sums are stored in the format. Rows whose
 * elements lie side by side have a loop of their own, as a loop of one turn costs more than its turn. */
const sumBlocks = (dtype: Dtype, { data, outer, reduced, inner }: Blocks, out: Floats): void => {
  const partial = buffer(dtype, LANES * inner);
  for (let o = 0; o < outer; o++) {
    const start = o * reduced * inner;
    partial.fill(0);
    if (inner === 1)
      for (let r = 0; r < reduced; r++) partial[r % LANES] = (partial[r % LANES] ?? NaN) + (data[start + r] ?? NaN);
    else
      for (let r = 0; r < reduced; r++) {
        const lane = (r % LANES) * inner;
        const from = start + r * inner;
        for (let j = 0; j < inner; j++) partial[lane + j] = (partial[lane + j] ?? NaN) + (data[from + j] ?? NaN);
      }
    for (let width = (LANES / 2) * inner; width >= inner && width > 0; width /= 2)
      for (let j = 0; j < width; j++) partial[j] = (partial[j] ?? NaN) + (partial[j + width] ?? NaN);
    for (let j = 0; j < inner; j++) out[o * inner + j] = partial[j] ?? NaN;
  }
};

const maxBlocks = ({ data, outer, reduced, inner }: Blocks, out: Floats): void => {
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < inner; j++) {
      let greatest = Number.NEGATIVE_INFINITY;
      for (let r = 0, from = o * reduced * inner + j; r < reduced; r++, from += inner)
        greatest = Math.max(greatest, data[from] ?? NaN);
      out[o * inner + j] = greatest;
    }
};

/** The sums over axes, as `Ops.sum` states them. */
export const sum = (dtype: Dtype, shape: Shape, axes: readonly number[], data: Floats): Floats => {
  const blocks = blocksOf(dtype, shape, axes, data);
  const out = buffer(dtype, blocks.outer * blocks.inner);
  sumBlocks(dtype, blocks, out);
  return out;
};

/** The maxima over axes, as `Ops.max` states them. */
export const max = (dtype: Dtype, shape: Shape, axes: readonly number[], data: Floats): Floats => {
  const blocks = blocksOf(dtype, shape, axes, data);
  const out = buffer(dtype, blocks.outer * blocks.inner);
  maxBlocks(blocks, out);
  return out;
};
