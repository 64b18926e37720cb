/** The draws that initialisers are made of: in f64, rounded once to the parameter's format. */
import type { Dtype } from '../../scalar/dtype.ts';
import * as Key from '../../tensor/key.ts';
import type { Shape } from '../../tensor/shape.ts';
import { generate, type Tensor } from '../../tensor/tensor.ts';

/** Uniform on [low, high]. */
export const uniformDraw =
  (dtype: Dtype, shape: Shape, low: number, high: number) =>
  (key: Key.Key): Tensor => {
    const { data } = Key.uniform(shape, 'f64')(key);
    return generate(dtype, shape, (i) => low + (high - low) * (data[i] ?? NaN));
  };

/** Normal, of a mean and a standard deviation. */
export const normalDraw =
  (dtype: Dtype, shape: Shape, mean: number, deviation: number) =>
  (key: Key.Key): Tensor => {
    const { data } = Key.normal(shape, 'f64')(key);
    return generate(dtype, shape, (i) => mean + deviation * (data[i] ?? NaN));
  };

const within = (x: number): boolean => Math.abs(x) <= 2;

/** Standard normal, given that it lies within two deviations: each element keeps the first of its draws that does
 * (rejection, so no inverse of a distribution function is needed; one draw in 22 is rejected). */
const standardTruncated = (shape: Shape, key: Key.Key): readonly number[] => {
  const attempt = (number: number): ArrayLike<number> => Key.normal(shape, 'f64')(Key.foldIn(number)(key)).data;
  let kept: readonly number[] = Array.from(attempt(0));
  for (let number = 1; !kept.every(within); number++) {
    const next = attempt(number);
    kept = kept.map((x, i) => (within(x) ? x : (next[i] ?? NaN)));
  }
  return kept;
};

/** Normal, cut off two standard deviations from the mean. */
export const truncatedNormalDraw =
  (dtype: Dtype, shape: Shape, mean: number, deviation: number) =>
  (key: Key.Key): Tensor => {
    const draws = standardTruncated(shape, key);
    return generate(dtype, shape, (i) => mean + deviation * (draws[i] ?? NaN));
  };
