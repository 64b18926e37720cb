import type { Dtype } from '../dtype.ts';

/** One definition for both formats from one that takes the format. */
export const both = <A>(body: (dtype: Dtype) => A): Readonly<Record<Dtype, A>> => ({
  f32: body('f32'),
  f64: body('f64'),
});
