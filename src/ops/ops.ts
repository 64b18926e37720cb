/**
 * The tensor algebra in which layers, losses and optimizers are written, over an abstract T. With `T = Tensor` it runs
 * at once (the reference); other interpreters record graphs, infer shapes or carry derivatives, with no new layer code.
 *
 * Operations are total on matching shapes and throw on others: shapes are checked when a network is built, so a
 * mismatch here is a mistake in a layer. Nothing broadcasts but where `broadcast` or a scalar of `map` says so.
 */
import type { Dtype } from '../scalar/dtype.ts';
import type { Expr } from '../scalar/expr.ts';
import type { Shape } from '../tensor/shape.ts';

export interface Ops<T> {
  /** The format in which every operation rounds. */
  readonly dtype: Dtype;
  readonly shape: (x: T) => Shape;
  /** A constant of shape []. */
  readonly scalar: (value: number) => T;
  /** The constants 0, 1, …, length − 1, of shape [length]. */
  readonly iota: (length: number) => T;
  /** An expression at every element. Inputs have one common shape, or shape [] (then that number serves all elements). */
  readonly map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, T>>) => T;
  /** The same elements, row-major, under another shape of equal size. */
  readonly reshape: (shape: Shape, x: T) => T;
  /** Axis i of the result is axis `permutation[i]` of x. */
  readonly transpose: (permutation: readonly number[], x: T) => T;
  /** Repeats along the axes in which x has length 1; the rank stays. */
  readonly broadcast: (shape: Shape, x: T) => T;
  /** Sums over some axes, which stay with length 1. Element r of those summed (row-major) is added to partial sum r mod 16,
   * each from +0; the partial sums are joined as a tree: i with i + 8, then i + 4, i + 2, i + 1. */
  readonly sum: (axes: readonly number[], x: T) => T;
  /** The greatest over some axes, which stay with length 1, as `Math.max`; −∞ of none. */
  readonly max: (axes: readonly number[], x: T) => T;
  /** The elements start ≤ i < end along an axis. */
  readonly slice: (axis: number, start: number, end: number, x: T) => T;
  /** Zeros before and after along an axis: the adjoint of `slice`. */
  readonly pad: (axis: number, before: number, after: number, x: T) => T;
  /** One after another along an axis. */
  readonly concatenate: (axis: number, xs: readonly T[]) => T;
  /** The matrix product over the last two axes, [..., m, k]·[..., k, n] with equal leading axes. Each element sums over k
   * in ascending order from +0, each product and sum rounded. */
  readonly matmul: (a: T, b: T) => T;
}
