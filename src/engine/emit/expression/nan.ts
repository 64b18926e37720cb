/**
 * Where a NaN comes from and where it must come out. Roots are what can be NaN of itself: inputs, and operations such as
 * ∞ − ∞. A node is NaN only if one of its `sources` is, and whenever one of its `sinks` is. So a·2ⁿ may make any number of a NaN n
 * if all sources of n are sinks of a: then a is NaN. Sets of roots are written as bits.
 */
import type { Binary, Expr, Select, Unary } from '../../../scalar/expr.ts';
import { hasZero, type Range, type Ranges } from './range.ts';

export interface NaNs {
  readonly sources: bigint;
  readonly sinks: bigint;
}
export type NaNsOf = (node: Expr) => NaNs;

const hasInfinity = ({ low, high }: Range): boolean =>
  low === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY;
const hasPlus = ({ high }: Range): boolean => high === Number.POSITIVE_INFINITY;
const hasMinus = ({ low }: Range): boolean => low === Number.NEGATIVE_INFINITY;

/** Whether an operation can make NaN of operands that are none. */
const makesOfTwo = (node: Binary<string>, ranges: Ranges): boolean => {
  const [a, b] = [ranges(node.left), ranges(node.right)];
  switch (node.op) {
    case 'add':
      return (hasPlus(a) && hasMinus(b)) || (hasMinus(a) && hasPlus(b));
    case 'subtract':
      return (hasPlus(a) && hasPlus(b)) || (hasMinus(a) && hasMinus(b));
    case 'multiply':
      return node.left !== node.right && ((hasZero(a) && hasInfinity(b)) || (hasInfinity(a) && hasZero(b)));
    case 'divide':
      return (hasZero(a) && hasZero(b)) || (hasInfinity(a) && hasInfinity(b));
    case 'scale':
      return !b.whole || hasInfinity(b);
    case 'min':
    case 'max':
      return false;
  }
};
const makesOfOne = (node: Unary<string>, ranges: Ranges): boolean => node.op === 'sqrt' && ranges(node.x).low < 0;

/** What is NaN whichever way the choice goes: by a comparison with NaN, to `no`. */
const throughSelect = ({ left, right, yes, no }: Select<string>, of: NaNsOf): bigint =>
  of(no).sinks & (of(yes).sinks | of(left).sinks | of(right).sinks);

/** The sources and sinks of nodes in order, roots numbered as they come. */
export const nansOf = (order: readonly Expr[], ranges: Ranges): NaNsOf => {
  const known = new Map<Expr, NaNs>();
  const of = (node: Expr): NaNs => known.get(node) ?? { sources: 0n, sinks: 0n };
  let roots = 0n;
  const root = (): bigint => {
    roots += 1n;
    return 1n << (roots - 1n);
  };
  const madeOf = (operands: readonly Expr[], makes: boolean): NaNs => {
    const sources = operands.reduce((all, operand) => all | of(operand).sources, 0n);
    const sinks = operands.reduce((all, operand) => all | of(operand).sinks, 0n);
    const own = makes ? root() : 0n;
    return { sources: sources | own, sinks: sinks | own };
  };
  const nans = (node: Expr): NaNs => {
    switch (node.kind) {
      case 'constant':
        return madeOf([], Number.isNaN(node.value));
      case 'input':
      case 'call':
        return madeOf([], true);
      case 'unary':
        return madeOf([node.x], makesOfOne(node, ranges));
      case 'binary':
        return madeOf([node.left, node.right], makesOfTwo(node, ranges));
      case 'select':
        return { sources: of(node.yes).sources | of(node.no).sources, sinks: throughSelect(node, of) };
    }
  };
  for (const node of order) known.set(node, nans(node));
  return of;
};
