/**
 * Normalisation over some axes, and its pullback: what batch norm and layer norm share.
 *
 * With n numbers normalised together, x̂ = (x − μ)/√(σ² + ε), where μ is their mean and σ² their biased variance. As μ and
 * σ² depend on every x, the pullback of a gradient g is (g − mean g − x̂·mean(g·x̂))/√(σ² + ε).
 */
import { multiply } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { add, divide, type Expr, input, sqrt, subtract, multiply as times } from '../scalar/expr.ts';
import { type LeafForm, leaf, type RecordForm, record } from '../tensor/tree.ts';

/** A scale and a shift for each feature. */
export type AffineForm = RecordForm<{ readonly scale: LeafForm; readonly shift: LeafForm }>;

export const affine = record<{ readonly scale: LeafForm; readonly shift: LeafForm }>({ scale: leaf, shift: leaf });

const [x, mean, inverse, g, n, along] = [
  input('x'),
  input('mean'),
  input('inverse'),
  input('g'),
  input('n'),
  input('along'),
];
const over: Expr<'x' | 'n'> = divide(x, n);
const centred: Expr<'x' | 'mean'> = subtract(x, mean);
const squared: Expr<'x'> = times(x, x);
const back: Expr<'x' | 'mean' | 'inverse' | 'g' | 'along'> = times(
  inverse,
  subtract(subtract(g, mean), times(x, along)),
);

/** 1/√(x + ε). */
export const inverseRoot = (epsilon: number): Expr<'x'> => divide(1, sqrt(add(x, epsilon)));

/** (x − mean)·inverse. */
export const standardise: Expr<'x' | 'mean' | 'inverse'> = times(subtract(x, mean), inverse);
/** x·scale + shift. */
export const scaled: Expr<'x' | 'scale' | 'shift'> = add(times(x, input('scale')), input('shift'));

/** What normalising gives: x̂, the statistics (of x's shape, but 1 along the axes), and the way back. */
export interface Normalised<T> {
  readonly normal: T;
  readonly mean: T;
  readonly variance: T;
  readonly pullback: (dNormal: T) => T;
}

/** Normalises over some axes, with the statistics of these very numbers. */
export const normalise = <T>(ops: Ops<T>, axes: readonly number[], root: Expr<'x'>, value: T): Normalised<T> => {
  const shape = ops.shape(value);
  const count = ops.scalar(axes.reduce((product, axis) => product * (shape[axis] ?? 0), 1));
  const meanOf = (t: T): T => ops.map(over, { x: ops.sum(axes, t), n: count });
  const across = (t: T): T => ops.broadcast(shape, t);
  const mean = meanOf(value);
  const variance = meanOf(ops.map(squared, { x: ops.map(centred, { x: value, mean: across(mean) }) }));
  const inverse = across(ops.map(root, { x: variance }));
  const normal = ops.map(standardise, { x: value, mean: across(mean), inverse });
  return {
    normal,
    mean,
    variance,
    pullback: (dNormal) =>
      ops.map(back, {
        x: normal,
        g: dNormal,
        mean: across(meanOf(dNormal)),
        along: across(meanOf(multiply(ops, dNormal, normal))),
        inverse,
      }),
  };
};
