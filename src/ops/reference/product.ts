/**
 * Matrix products of the reference: each element sums over k in ascending order from +0, every product and sum rounded.
 * The two formats have a function each, so that each sees one kind of array; four values of k are taken at a time
 * because a sum may stay in a register between them without changing a bit.
 */
import type { Floats } from '../../tensor/tensor.ts';

const productF32 = (m: number, k: number, n: number, a: Float32Array, b: Float32Array, out: Float32Array): void => {
  const { fround } = Math;
  for (let i = 0; i < m; i++) {
    let p = 0;
    for (; p + 3 < k; p += 4) {
      const at = i * k + p;
      const a0 = a[at] ?? NaN;
      const a1 = a[at + 1] ?? NaN;
      const a2 = a[at + 2] ?? NaN;
      const a3 = a[at + 3] ?? NaN;
      for (let j = 0; j < n; j++) {
        const row = p * n + j;
        let sum = fround((out[i * n + j] ?? NaN) + fround(a0 * (b[row] ?? NaN)));
        sum = fround(sum + fround(a1 * (b[row + n] ?? NaN)));
        sum = fround(sum + fround(a2 * (b[row + 2 * n] ?? NaN)));
        out[i * n + j] = sum + fround(a3 * (b[row + 3 * n] ?? NaN));
      }
    }
    for (; p < k; p++) {
      const a0 = a[i * k + p] ?? NaN;
      for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] ?? NaN) + fround(a0 * (b[p * n + j] ?? NaN));
    }
  }
};

const productF64 = (m: number, k: number, n: number, a: Float64Array, b: Float64Array, out: Float64Array): void => {
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const x = a[i * k + p] ?? NaN;
      for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] ?? NaN) + x * (b[p * n + j] ?? NaN);
    }
};

/** Writes [m, k]·[k, n] into `out`, which holds zeros. */
export const product = (m: number, k: number, n: number, a: Floats, b: Floats, out: Floats): void => {
  if (a instanceof Float32Array && b instanceof Float32Array && out instanceof Float32Array)
    productF32(m, k, n, a, b, out);
  else if (a instanceof Float64Array && b instanceof Float64Array && out instanceof Float64Array)
    productF64(m, k, n, a, b, out);
  else throw new TypeError('product: the operands are of different formats');
};
