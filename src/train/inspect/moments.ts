/** The mean, the deviation and the length of a tensor's elements, in f64. */
import type { Tensor } from '../../tensor/tensor.ts';

export interface Moments {
  readonly mean: number;
  /** √(Σ(x − mean)²/n): of all elements there are, not an estimate for others. */
  readonly deviation: number;
  /** √(Σ x²). */
  readonly norm: number;
}

/** The greatest |x|; NaN where one is NaN. */
const scaleOf = (data: ArrayLike<number>): number => {
  let scale = 0;
  for (let i = 0; i < data.length; i++) scale = Math.max(scale, Math.abs(data[i] ?? Number.NaN));
  return scale;
};

/** The moments of at least one element; NaN where an element is not finite. Elements are divided by the greatest of them
 * first, so that no square overflows or vanishes. */
export const moments = ({ data }: Pick<Tensor, 'data'>): Moments => {
  const scale = scaleOf(data);
  if (scale === 0) return { mean: 0, deviation: 0, norm: 0 };
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const x = (data[i] ?? Number.NaN) / scale;
    sum += x;
    squares += x * x;
  }
  const mean = sum / data.length;
  let about = 0;
  for (let i = 0; i < data.length; i++) {
    const x = (data[i] ?? Number.NaN) / scale - mean;
    about += x * x;
  }
  return { mean: scale * mean, deviation: scale * Math.sqrt(about / data.length), norm: scale * Math.sqrt(squares) };
};

/** The length of several tensors as one vector. */
export const normOf = (tensors: readonly Pick<Tensor, 'data'>[]): number =>
  moments({ data: [0, ...tensors.map((x) => moments(x).norm)] }).norm;
