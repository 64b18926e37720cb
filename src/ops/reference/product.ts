/**
 * Matrix products of the reference: each element sums over k in ascending order from +0, every product and sum rounded.
 *
 * Eight elements are summed side by side, two rows of the left by four columns of the right, because a sum waits for
 * itself; the order within each stays. The right side is copied with its columns as rows, in f64, which holds f32 numbers
 * exactly. The two formats have a loop each, so that each sees one kind of array. A block that reaches over the edge
 * takes the last row or column again.
 */
import type { Floats } from '../../tensor/tensor.ts';

/** Sums the products of each of m rows of x with each of n rows of y, k numbers each. */
type Dots<X extends Floats> = (m: number, n: number, k: number, x: X, y: Float64Array, out: Floats) => void;

const dotsF32: Dots<Float32Array> = (m, n, k, x, y, out) => {
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
      out[i * n + j] = a0;
      out[i * n + j1] = a1;
      out[i * n + j2] = a2;
      out[i * n + j3] = a3;
      out[i1 * n + j] = b0;
      out[i1 * n + j1] = b1;
      out[i1 * n + j2] = b2;
      out[i1 * n + j3] = b3;
    }
  }
};

const dotsF64: Dots<Float64Array> = (m, n, k, x, y, out) => {
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
      out[i * n + j] = a0;
      out[i * n + j1] = a1;
      out[i * n + j2] = a2;
      out[i * n + j3] = a3;
      out[i1 * n + j] = b0;
      out[i1 * n + j1] = b1;
      out[i1 * n + j2] = b2;
      out[i1 * n + j3] = b3;
    }
  }
};

/** The columns of [k, n] as rows. */
const columnsOf = (k: number, n: number, from: Floats): Float64Array => {
  const to = new Float64Array(n * k);
  for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) to[j * k + p] = from[p * n + j] ?? NaN;
  return to;
};

/** Writes [m, k]·[k, n] into `out`. */
export const product = (m: number, k: number, n: number, a: Floats, b: Floats, out: Floats): void => {
  if (a instanceof Float32Array) dotsF32(m, n, k, a, columnsOf(k, n, b), out);
  else dotsF64(m, n, k, a, columnsOf(k, n, b), out);
};
