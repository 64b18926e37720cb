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

/** Numbers of at most 2 in size: those that are not are drawn again, in the next attempt, which gives one for each. */
export const withinTwo = (
  count: number,
  draw: (count: number, attempt: number) => readonly number[],
  attempt = 0,
): readonly number[] => {
  const draws = draw(count, attempt);
  const rejected = draws.flatMap((x, i) => (Math.abs(x) <= 2 ? [] : [i]));
  if (rejected.length === 0) return draws;
  const again = withinTwo(rejected.length, draw, attempt + 1);
  const places = new Map(rejected.map((place, i) => [place, again[i]]));
  return draws.map((x, i) => places.get(i) ?? x);
};

/** Normal, cut off two standard deviations from the mean: attempt n draws from the key folded with n (rejection, so no
 * inverse of a distribution function is needed; one number in 22 is rejected). */
export const truncatedNormalDraw =
  (dtype: Dtype, shape: Shape, mean: number, deviation: number) =>
  (key: Key.Key): Tensor => {
    const draws = withinTwo(size(shape), (count, attempt) =>
      Array.from(Key.normal([count], 'f64')(Key.foldIn(attempt)(key)).data),
    );
    return generate(dtype, shape, (i) => mean + deviation * (draws[i] ?? NaN));
  };
