/** From scalar expressions to instructions on vectors: each node on its own, the short way where ranges allow it. */
import type { Dtype } from '../../../scalar/dtype.ts';
import type { Binary, Expr, Select, Unary } from '../../../scalar/expr.ts';
import { formats } from './format.ts';
import { machine } from './machine.ts';
import { nansOf } from './nan.ts';
import { exponentOf, type Operand, scaled, significandOf } from './powers.ts';
import { hasZero, type Range, rangeOf } from './range.ts';
import { choice } from './select.ts';
import { share } from './share.ts';
import { builder, type Value, type VectorNode } from './vector.ts';

/** Instructions in order, and which of them are the outputs. */
export interface Lowered {
  readonly nodes: readonly VectorNode[];
  readonly outputs: readonly Value[];
}

/** The instructions of expressions in a format. */
export const lower = (dtype: Dtype, exprs: readonly Expr[]): Lowered => {
  const { order, outputs } = share(dtype, exprs);
  const graph = builder();
  const m = machine(formats[dtype], graph);
  const ranges = new Map<Expr, Range>();
  const range = (node: Expr): Range => {
    const known = ranges.get(node);
    if (known === undefined) throw new Error(`lower: a ${node.kind} is used before it is known`);
    return known;
  };
  const rangeIn = rangeOf(dtype);
  for (const node of order) ranges.set(node, rangeIn(node, range));
  const nans = nansOf(order, range);
  const values = new Map<Expr, Value>();
  const of = (node: Expr): Value => {
    const known = values.get(node);
    if (known === undefined) throw new Error(`lower: a ${node.kind} is used before it is computed`);
    return known;
  };
  const mayBeNaN = (node: Expr): boolean => nans(node).sources !== 0n;
  const operand = (node: Expr): Operand => ({ value: of(node), range: range(node), mayBeNaN: mayBeNaN(node) });

  const signed = (value: Value): Value => m.bits('and', value, m.pattern(1n << (dtype === 'f32' ? 31n : 63n)));

  const ofUnary = ({ op, x }: Unary<string>): Value => {
    switch (op) {
      case 'negate':
        return m.float('neg', of(x));
      case 'abs':
      case 'sqrt':
      case 'floor':
        return m.float(op, of(x));
      case 'sign': {
        // The sign bit, and 1 where x is not 0.
        const nonzero = m.bits('and', m.float('ne', of(x), m.number(0)), m.number(1));
        const value = m.bits('or', signed(of(x)), nonzero);
        return mayBeNaN(x) ? m.bits('or', value, m.float('ne', of(x), of(x))) : value;
      }
      case 'exponent':
        return exponentOf(m, operand(x));
      case 'significand':
        return significandOf(m, operand(x));
    }
  };

  /**
   * `b < a ? b : a` and `a < b ? b : a`, one instruction each where min and max are many, give `a` where either is NaN and where
   * both are zeros. Right if b is no NaN, and not both can be zeros; and if only −0 and +0 can meet, where a max with +0 is mended by
   * adding it.
   */
  const extreme = (op: 'min' | 'max', left: Expr, right: Expr): Value => {
    const [a, b] = mayBeNaN(right) ? [right, left] : [left, right];
    if (mayBeNaN(b)) return m.float(op, of(a), of(b));
    const quick = m.float(op === 'min' ? 'pmin' : 'pmax', of(a), of(b));
    if (!hasZero(range(a)) || !hasZero(range(b))) return quick;
    if (op === 'max' && b.kind === 'constant' && Object.is(b.value, 0)) return m.float('add', quick, m.number(0));
    return m.float(op, of(a), of(b));
  };

  const ofBinary = ({ op, left, right }: Binary<string>): Value => {
    switch (op) {
      case 'add':
        return m.float('add', of(left), of(right));
      case 'subtract':
        return m.float('sub', of(left), of(right));
      case 'multiply':
        return m.float('mul', of(left), of(right));
      case 'divide':
        return m.float('div', of(left), of(right));
      case 'min':
      case 'max':
        return extreme(op, left, right);
      case 'scale':
        return scaled(m, operand(left), operand(right), (nans(right).sources & ~nans(left).sinks) === 0n);
    }
  };

  const ofSelect = (node: Select<string>): Value => choice(m, node, of);

  const valueOf = (node: Expr): Value => {
    switch (node.kind) {
      case 'constant':
        return m.number(node.value);
      case 'input':
        return m.input(node.name);
      case 'unary':
        return ofUnary(node);
      case 'binary':
        return ofBinary(node);
      case 'select':
        return ofSelect(node);
      case 'call':
        throw new Error(`lower: ${node.name} was not expanded`);
    }
  };
  for (const node of order) values.set(node, valueOf(node));
  return { nodes: graph.nodes(), outputs: outputs.map(of) };
};
