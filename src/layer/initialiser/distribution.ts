/** The draws that initialisers are made of: in f64, rounded once to the parameter's format. */
import type { Dtype } from '../../scalar/dtype.ts';
import * as Key from '../../tensor/key.ts';
import { type Shape, size } from '../../tensor/shape.ts';
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

/** Standard normal numbers, given that they lie within two deviations: those that do not are drawn again, under the next
 * number folded into the key (rejection, so no inverse of a distribution function is needed; one in 22 is rejected). */
const standardTruncated = (count: number, key: Key.Key, attempt = 0): readonly number[] => {
  const draws = Array.from(Key.normal([count], 'f64')(Key.foldIn(attempt)(key)).data);
  const rejected = draws.flatMap((x, i) => (Math.abs(x) <= 2 ? [] : [i]));
  if (rejected.length === 0) return draws;
  const again = standardTruncated(rejected.length, key, attempt + 1);
  const places = new Map(rejected.map((place, i) => [place, again[i]]));
  return draws.map((x, i) => places.get(i) ?? x);
};

/** Normal, cut off two standard deviations from the mean. */
export const truncatedNormalDraw =
  (dtype: Dtype, shape: Shape, mean: number, deviation: number) =>
  (key: Key.Key): Tensor => {
    const draws = standardTruncated(size(shape), key);
    return generate(dtype, shape, (i) => mean + deviation * (draws[i] ?? NaN));
  };
