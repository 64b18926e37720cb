/**
 * Where the value of each node lies, whatever the inputs: what lets an operation on exponents go the short way. An interval
 * says nothing of NaN (see nan.ts): a node is in its interval or NaN. Rounding is monotone, so ends are computed as values are.
 */
import { type Dtype, round } from '../../../scalar/dtype.ts';
import { binaryOp, unaryOp } from '../../../scalar/evaluate.ts';
import type { Binary, Expr, Select, Unary } from '../../../scalar/expr.ts';
import { remainder } from './remainder.ts';

/** Every number from `low` to `high`, none where low > high; only whole ones, and infinities, if `whole`. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/** The ranges of the operands of a node. */
export type Ranges = (node: Expr) => Range;

const everything: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, whole: false };
const nothing: Range = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY, whole: true };

const isEmpty = ({ low, high }: Range): boolean => low > high;

/** Whether zero, of either sign, is in a range. */
export const hasZero = ({ low, high }: Range): boolean => low <= 0 && high >= 0;

const union = (a: Range, b: Range): Range => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  whole: a.whole && b.whole,
});

/** The least range with all of these, in which NaN is the end of a sequence that 0 stands for. */
const hull = (values: readonly number[], whole: boolean): Range => {
  const all = values.map((value) => (Number.isNaN(value) ? 0 : value));
  return { low: Math.min(...all), high: Math.max(...all), whole };
};

const corners = (op: (x: number, y: number) => number, a: Range, b: Range): readonly number[] =>
  [a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => op(x, y)));

const ofUnary = (node: Unary<string>, of: Ranges): Range => {
  const x = of(node.x);
  const ends = (op: (value: number) => number): readonly number[] => [op(x.low), op(x.high)];
  const size = hasZero(x) ? [0, ...ends(Math.abs)] : ends(Math.abs);
  switch (node.op) {
    case 'negate':
      return { low: -x.high, high: -x.low, whole: x.whole };
    case 'abs':
      return hull(size, x.whole);
    case 'sign':
      return hull(hasZero(x) ? [0, ...ends(Math.sign)] : ends(Math.sign), true);
    case 'sqrt':
      return x.high < 0 ? nothing : hull([Math.sqrt(Math.max(x.low, 0)), Math.sqrt(x.high)], false);
    case 'floor':
      return hull(ends(Math.floor), true);
    case 'exponent':
      return hull(size.map(unaryOp('exponent')), true);
    case 'significand':
      // ±0 and ±∞ are their own.
      return hull(
        [
          ...ends((value) => (Number.isFinite(value) ? Math.sign(value) : value)),
          ...(x.high > 0 ? [Math.min(1, x.low), 2] : []),
          ...(x.low < 0 ? [Math.max(-1, x.high), -2] : []),
        ],
        false,
      );
  }
};

/** x·2ⁿ at the ends; further than 3000 out the result is 0 or ∞ in any case. */
const scaleEnds = (x: number, n: number): number => binaryOp('scale')(x, Math.max(-3000, Math.min(3000, n)));

const ofBinary = (dtype: Dtype, node: Binary<string>, of: Ranges): Range => {
  const [a, b] = [of(node.left), of(node.right)];
  const whole = a.whole && b.whole;
  const op = binaryOp(node.op);
  switch (node.op) {
    case 'add':
      return {
        low: sum(a.low, b.low, Number.NEGATIVE_INFINITY),
        high: sum(a.high, b.high, Number.POSITIVE_INFINITY),
        whole,
      };
    case 'subtract':
      return (
        remainder(dtype, node, of) ?? {
          low: sum(a.low, -b.high, Number.NEGATIVE_INFINITY),
          high: sum(a.high, -b.low, Number.POSITIVE_INFINITY),
          whole,
        }
      );
    case 'multiply':
      return node.left === node.right
        ? hull(hasZero(a) ? [0, a.low * a.low, a.high * a.high] : [a.low * a.low, a.high * a.high], whole)
        : hull(corners(op, a, b), whole);
    case 'divide':
      return hasZero(b) ? everything : hull(corners(op, a, b), false);
    case 'min':
    case 'max':
      return { low: op(a.low, b.low), high: op(a.high, b.high), whole };
    case 'scale':
      return hull(corners(scaleEnds, a, { ...b, low: Math.ceil(b.low), high: Math.floor(b.high) }), false);
  }
};

/** a + b; where that is ∞ − ∞ there is a sum of neighbours as far out as can be. */
const sum = (a: number, b: number, otherwise: number): number => (Number.isNaN(a + b) ? otherwise : a + b);

/**
 * A choice between operands of its own comparison is bounded by the other one: in `left < right ? right : left` by both. Where
 * the comparison fails because one side is NaN it says nothing of the other, so there only a constant bounds.
 */
const ofSelect = (node: Select<string>, of: Ranges): Range => {
  const { relation, left, right, yes, no } = node;
  const [l, r] = [of(left), of(right)];
  const below = (x: Range, bound: Range): Range => ({ ...x, high: Math.min(x.high, bound.high) });
  const above = (x: Range, bound: Range): Range => ({ ...x, low: Math.max(x.low, bound.low) });
  const taken = of(yes);
  const other = of(no);
  if (relation === 'equal')
    return union(
      yes === left || yes === right ? below(above(taken, l.low > r.low ? l : r), l.high < r.high ? l : r) : taken,
      other,
    );
  const known = yes === left ? below(taken, r) : yes === right ? above(taken, l) : taken;
  const rest =
    no === left && right.kind === 'constant' && !Number.isNaN(right.value)
      ? above(other, r)
      : no === right && left.kind === 'constant' && !Number.isNaN(left.value)
        ? below(other, l)
        : other;
  return union(known, rest);
};

/** The range of a node in a format, from those of its operands. */
export const rangeOf = (dtype: Dtype): ((node: Expr, of: Ranges) => Range) => {
  const rounded = round(dtype);
  // From here on every number of the format is whole.
  const allWhole = dtype === 'f32' ? 2 ** 23 : 2 ** 52;
  const settle = ({ low, high, whole }: Range): Range => {
    const [a, b] = [rounded(low), rounded(high)];
    return { low: a, high: b, whole: whole || a >= allWhole || b <= -allWhole };
  };
  return (node, of) => {
    switch (node.kind) {
      case 'constant': {
        const value = rounded(node.value);
        return Number.isNaN(value)
          ? nothing
          : { low: value, high: value, whole: Number.isInteger(value) || !Number.isFinite(value) };
      }
      case 'input':
        return everything;
      case 'unary':
        return isEmpty(of(node.x)) ? nothing : settle(ofUnary(node, of));
      case 'binary':
        return isEmpty(of(node.left)) || isEmpty(of(node.right)) ? nothing : settle(ofBinary(dtype, node, of));
      case 'select':
        return settle(ofSelect(node, of));
      case 'call':
        return everything;
    }
  };
};
