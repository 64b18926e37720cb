/**
 * What is left of a number when the nearest multiple of another is taken off: x − k·c with k the whole number nearest to x·d,
 * d about 1/c. Intervals of x and k·c alone would say nothing of their difference.
 */
import type { Dtype } from '../../../scalar/dtype.ts';
import type { Binary, Expr } from '../../../scalar/expr.ts';
import type { Range, Ranges } from './range.ts';

const isConstant = (node: Expr): node is Extract<Expr, { readonly kind: 'constant' }> => node.kind === 'constant';

/** The operands of a binary operation of this kind, a constant last. */
const parts = (op: Binary<string>['op'], node: Expr): readonly [Expr, Expr] | undefined =>
  node.kind === 'binary' && node.op === op
    ? isConstant(node.left)
      ? [node.right, node.left]
      : [node.left, node.right]
    : undefined;

/** Where the numbers of a format are the whole numbers. */
const wholes = { f32: [2 ** 23, 2 ** 24], f64: [2 ** 52, 2 ** 53] } as const;

/** Whether each number of a range is a whole one, and each whole number between its ends a number of the format. */
export const isAmongWholes = (dtype: Dtype, { low, high }: Range): boolean =>
  low >= wholes[dtype][0] && high <= wholes[dtype][1];

/** y where a node is the whole number nearest to y: ⌊y + ½⌋, or y + c − c for a c so great that the sum is whole. */
const nearestTo = (dtype: Dtype, node: Expr, of: Ranges): Expr | undefined => {
  if (!of(node).whole) return undefined;
  if (node.kind === 'unary' && node.op === 'floor') {
    const [y, half] = parts('add', node.x) ?? [];
    return half !== undefined && isConstant(half) && half.value === 0.5 ? y : undefined;
  }
  if (node.kind !== 'binary' || node.op !== 'subtract' || !isAmongWholes(dtype, of(node.left))) return undefined;
  const [y, offset] = parts('add', node.left) ?? [];
  return offset !== undefined && offset === node.right && isConstant(offset) ? y : undefined;
};

/**
 * The range of x − k·c: |x − k·c| ≤ |x − k/d| + |k|·|1/d − c|, of which the first is at most (½ + e)/d, e the rounding of x·d, of
 * y + ½ and of y + c, each at most |x·d|·2⁻²³ + 2⁻²³; and k·c rounds by |k·c|·2⁻²⁴, the difference by less than that.
 */
export const remainder = (dtype: Dtype, node: Binary<string>, of: Ranges): Range | undefined => {
  const [k, c] = parts('multiply', node.right) ?? [];
  if (k === undefined || c === undefined || !isConstant(c)) return undefined;
  const y = nearestTo(dtype, k, of);
  const [x, d] = (y === undefined ? undefined : parts('multiply', y)) ?? [];
  if (x !== node.left || d === undefined || !isConstant(d) || !(d.value > 0)) return undefined;
  const { low, high } = of(k);
  const most = Math.max(Math.abs(low), Math.abs(high)) + 1;
  if (!(most < 2 ** 21)) return undefined;
  const bound =
    (0.5 + 4 * most * 2 ** -23) / d.value +
    most * Math.abs(1 / d.value - c.value) +
    most * Math.abs(c.value) * 2 ** -22;
  return bound < Number.POSITIVE_INFINITY ? { low: -bound, high: bound, whole: false } : undefined;
};
