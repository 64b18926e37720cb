/**
 * Which way a computation went: the reference, noting at every element the outcome of each select, min, max, abs, sign
 * and floor. Where two points of a stencil went different ways a kink lies between them, and differences say nothing.
 *
 * Elementary functions count as one operation, smooth: what they branch on inside is not noted.
 */

import type { Ops } from '../../src/ops/ops.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { type Expr, exponent, floor, ifEqual, input, select, sign, subtract } from '../../src/scalar/expr.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { equals, type Tensor } from '../../src/tensor/tensor.ts';

/** What was decided, in order. */
export type Trace = readonly Tensor[];

/** Whether two runs of a computation went the same way everywhere. */
export const sameWay = (a: Trace, b: Trace): boolean =>
  a.length === b.length &&
  a.every((tensor, i) => {
    const other = b[i];
    return other !== undefined && equals(tensor, other);
  });

/** The outcome of a node that branches, as a formula. */
const decision = <N extends string>(node: Expr<N>): readonly Expr<N>[] => {
  switch (node.kind) {
    case 'select':
      return [select(node.relation)(node.left, node.right, 1, 0)];
    case 'binary':
      return node.op === 'min' || node.op === 'max' ? [sign(subtract(node.left, node.right))] : [];
    case 'unary':
      switch (node.op) {
        case 'abs':
        case 'sign':
          return [sign(node.x)];
        case 'floor':
          return [floor(node.x)];
        case 'exponent':
        case 'significand':
          return [exponent(node.x)];
        default:
          return [];
      }
    default:
      return [];
  }
};

const known = new WeakMap<Expr, readonly Expr[]>();
const decisions = <N extends string>(expr: Expr<N>): readonly Expr<N>[] => nodes(expr).flatMap(decision);
/** The decisions of an expression, found once. */
const decisionsOf = (expr: Expr): readonly Expr[] => {
  const found = known.get(expr) ?? decisions(expr);
  known.set(expr, found);
  return found;
};

const isGreatest = ifEqual(input('x'), input('greatest'), 1, 0);

/** Runs a computation in the reference, and says which way it went. */
export const traced = <A>(
  dtype: Dtype,
  computation: (ops: Ops<Tensor>) => A,
): { readonly result: A; readonly trace: Trace } => {
  const plain = reference(dtype);
  const trace: Tensor[] = [];
  const result = computation({
    ...plain,
    map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, Tensor>>) => {
      for (const branch of decisionsOf(expr)) trace.push(plain.map<string>(branch, inputs));
      return plain.map(expr, inputs);
    },
    max: (axes, x) => {
      const greatest = plain.max(axes, x);
      trace.push(plain.map(isGreatest, { x, greatest: plain.broadcast(x.shape, greatest) }));
      return greatest;
    },
  });
  return { result, trace };
};
