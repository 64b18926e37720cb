import type { Dtype } from '../dtype.ts';
import type { Expr } from '../expr.ts';

/** Replaces every call of an elementary function by its definition from exact operations in a format. */
export const expand =
  (_dtype: Dtype) =>
  <N extends string>(expr: Expr<N>): Expr<N> =>
    expr;
