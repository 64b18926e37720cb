/** A choice by a comparison, in the fewest instructions: a blend is three of them on most machines. */
import type { Expr, Select } from '../../../scalar/expr.ts';
import type { Machine } from './machine.ts';
import type { Value } from './vector.ts';

const relations = { less: 'lt', lessOrEqual: 'le', equal: 'eq' } as const;

const isNegationOf = (a: Expr, b: Expr): boolean => a.kind === 'unary' && a.op === 'negate' && a.x === b;
const isNaN = (node: Expr): boolean => node.kind === 'constant' && Number.isNaN(node.value);

/** The value of a choice. */
export const choice = (m: Machine, node: Select<string>, of: (operand: Expr) => Value): Value => {
  const { relation, left, right, yes, no } = node;
  if (relation === 'less' && yes === left && no === right) return m.float('pmin', of(right), of(left));
  if (relation === 'less' && yes === right && no === left) return m.float('pmax', of(left), of(right));
  const mask = m.float(relations[relation], of(left), of(right));
  const sign = m.pattern(1n << (m.format.dtype === 'f32' ? 31n : 63n));
  // One in every bit is a NaN.
  if (isNaN(yes)) return m.bits('or', of(no), mask);
  if (isNaN(no)) return m.bits('or', of(yes), m.bits('not', mask));
  if (isNegationOf(yes, no)) return m.bits('xor', of(no), m.bits('and', mask, sign));
  if (isNegationOf(no, yes)) return m.bits('xor', of(no), m.bits('and', mask, sign));
  const [a, b] = [m.bitsIn(of(yes)), m.bitsIn(of(no))];
  if (b === 0n) return m.bits('and', of(yes), mask);
  if (a === 0n) return m.bits('andnot', of(no), mask);
  if (a !== undefined && b !== undefined) return m.bits('xor', of(no), m.bits('and', mask, m.pattern(a ^ b)));
  return m.choose(mask, of(yes), of(no));
};
