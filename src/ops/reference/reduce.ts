/** Sums and maxima over axes: the elements are brought into the order [kept, reduced], and each row of that is reduced. */
import type { Dtype } from '../../scalar/dtype.ts';
import { type Shape, size } from '../../tensor/shape.ts';
import { buffer, type Floats } from '../../tensor/tensor.ts';
import { along, walk } from './layout.ts';

/** Rows of a common width, one after another, each to be reduced to the number of `out` at its place. */
type Reduction = (rows: Floats, width: number, out: Floats) => void;

const over =
  (reduction: (dtype: Dtype) => Reduction) =>
  (dtype: Dtype, shape: Shape, axes: readonly number[], data: Floats): Floats => {
    const all = shape.map((_, axis) => axis);
    const kept = all.filter((axis) => !axes.includes(axis));
    const { lengths, steps } = along(shape, [...kept, ...all.filter((axis) => axes.includes(axis))]);
    const rows = buffer(dtype, data.length);
    walk(lengths, steps, 0, data, rows);
    const out = buffer(dtype, size(lengths.slice(0, kept.length)));
    reduction(dtype)(rows, size(lengths.slice(kept.length)), out);
    return out;
  };

const LANES = 16;

/** The sums over axes, as `Ops.sum` states them: each addition is rounded because the partial sums are stored in the format. */
export const sum = over((dtype) => (rows, width, out) => {
  const partial = buffer(dtype, LANES);
  for (let i = 0; i < out.length; i++) {
    partial.fill(0);
    for (let r = 0; r < width; r++) partial[r % LANES] = (partial[r % LANES] ?? NaN) + (rows[i * width + r] ?? NaN);
    for (let half = LANES / 2; half >= 1; half /= 2)
      for (let j = 0; j < half; j++) partial[j] = (partial[j] ?? NaN) + (partial[j + half] ?? NaN);
    out[i] = partial[0] ?? NaN;
  }
});

/** The maxima over axes, as `Ops.max` states them. */
export const max = over(() => (rows, width, out) => {
  for (let i = 0; i < out.length; i++) {
    let greatest = Number.NEGATIVE_INFINITY;
    for (let r = 0; r < width; r++) greatest = Math.max(greatest, rows[i * width + r] ?? NaN);
    out[i] = greatest;
  }
});
