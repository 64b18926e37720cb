/**
 * Matrix products of the reference: each element sums over k in ascending order from +0, every product and sum rounded.
 *
 * Eight elements are summed side by side, two rows of the left by four columns of the right, because a sum waits for
 * itself; the order within each stays. The right side is copied with its columns as rows, in f64, which holds f32 numbers
 * exactly. The two formats have a loop each, so that each sees one kind of array. A block that reaches over the edge
 * takes the last row or column again. Where the right side is narrow the sides change places: x·y = y·x.
 */
import type { Floats } from '../../tensor/tensor.ts';

/** Where the sum of row i of x and row j of y goes: i·rows + j·columns. */
interface Places {
  readonly rows: number;
  readonly columns: number;
}

type Dots<X extends Floats> = (
  m: number,
  n: number,
  k: number,
  x: X,
  y: Float64Array,
  out: X,
  { rows, columns }: Places,
) => void;

const dotsF32: Dots<Float32Array> = (m, n, k, x, y, out, { rows, columns }) => {
  const { fround } = Math;
  for (let j = 0; j < n; j += 4) {
    const [j1, j2, j3] = [Math.min(j + 1, n - 1), Math.min(j + 2, n - 1), Math.min(j + 3, n - 1)];
    for (let i = 0; i < m; i += 2) {
      const i1 = Math.min(i + 1, m - 1);
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let p = 0; p < k; p++) {
        const u = x[i * k + p] ?? NaN;
        const v = x[i1 * k + p] ?? NaN;
        const y0 = y[j * k + p] ?? NaN;
        const y1 = y[j1 * k + p] ?? NaN;
        const y2 = y[j2 * k + p] ?? NaN;
        const y3 = y[j3 * k + p] ?? NaN;
        a0 = fround(a0 + fround(u * y0));
        a1 = fround(a1 + fround(u * y1));
        a2 = fround(a2 + fround(u * y2));
        a3 = fround(a3 + fround(u * y3));
        b0 = fround(b0 + fround(v * y0));
        b1 = fround(b1 + fround(v * y1));
        b2 = fround(b2 + fround(v * y2));
        b3 = fround(b3 + fround(v * y3));
      }
      out[i * rows + j * columns] = a0;
      out[i * rows + j1 * columns] = a1;
      out[i * rows + j2 * columns] = a2;
      out[i * rows + j3 * columns] = a3;
      out[i1 * rows + j * columns] = b0;
      out[i1 * rows + j1 * columns] = b1;
      out[i1 * rows + j2 * columns] = b2;
      out[i1 * rows + j3 * columns] = b3;
    }
  }
};

const dotsF64: Dots<Float64Array> = (m, n, k, x, y, out, { rows, columns }) => {
  for (let j = 0; j < n; j += 4) {
    const [j1, j2, j3] = [Math.min(j + 1, n - 1), Math.min(j + 2, n - 1), Math.min(j + 3, n - 1)];
    for (let i = 0; i < m; i += 2) {
      const i1 = Math.min(i + 1, m - 1);
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let p = 0; p < k; p++) {
        const u = x[i * k + p] ?? NaN;
        const v = x[i1 * k + p] ?? NaN;
        const y0 = y[j * k + p] ?? NaN;
        const y1 = y[j1 * k + p] ?? NaN;
        const y2 = y[j2 * k + p] ?? NaN;
        const y3 = y[j3 * k + p] ?? NaN;
        a0 += u * y0;
        a1 += u * y1;
        a2 += u * y2;
        a3 += u * y3;
        b0 += v * y0;
        b1 += v * y1;
        b2 += v * y2;
        b3 += v * y3;
      }
      out[i * rows + j * columns] = a0;
      out[i * rows + j1 * columns] = a1;
      out[i * rows + j2 * columns] = a2;
      out[i * rows + j3 * columns] = a3;
      out[i1 * rows + j * columns] = b0;
      out[i1 * rows + j1 * columns] = b1;
      out[i1 * rows + j2 * columns] = b2;
      out[i1 * rows + j3 * columns] = b3;
    }
  }
};

/** The columns of [k, n] as rows, in `to`. */
const columnsOf = <A extends Floats>(k: number, n: number, from: Floats, to: A): A => {
  for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) to[j * k + p] = from[p * n + j] ?? NaN;
  return to;
};

/** Writes [m, k]·[k, n] into `out`. */
export const product = (m: number, k: number, n: number, a: Floats, b: Floats, out: Floats): void => {
  const narrow = n < 4 && m > n;
  const x = narrow
    ? columnsOf(k, n, b, a instanceof Float32Array ? new Float32Array(n * k) : new Float64Array(n * k))
    : a;
  const y = narrow ? new Float64Array(a) : columnsOf(k, n, b, new Float64Array(n * k));
  const [rows, columns, places] = narrow ? [n, m, { rows: 1, columns: n }] : [m, n, { rows: n, columns: 1 }];
  if (x instanceof Float32Array && out instanceof Float32Array) dotsF32(rows, columns, k, x, y, out, places);
  else if (x instanceof Float64Array && out instanceof Float64Array) dotsF64(rows, columns, k, x, y, out, places);
  // never: the interpreter takes tensors of one format
  else throw new TypeError('product: the operands are of different formats');
};
