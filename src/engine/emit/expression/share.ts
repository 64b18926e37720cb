/**
 * What several expressions have in common, found once: calls expanded, each expression simplified, equal nodes made one
 * across all of them.
 */
import type { Dtype } from '../../../scalar/dtype.ts';
import { expand } from '../../../scalar/elementary/index.ts';
import type { Expr } from '../../../scalar/expr.ts';
import { mapOperands, nodes, operands } from '../../../scalar/nodes.ts';
import { simplify } from '../../../scalar/simplify.ts';

/** Nodes of which no two are equal, operands before what uses them, and which of them are the outputs. */
export interface Shared {
  readonly order: readonly Expr[];
  readonly outputs: readonly Expr[];
}

/** Exact with their operands turned round, but for the bits of a NaN. */
const commutative: ReadonlySet<string> = new Set(['add', 'multiply', 'min', 'max', 'equal']);

const title = (node: Expr): string => {
  switch (node.kind) {
    case 'constant':
      return Object.is(node.value, -0) ? '-0' : `${node.value}`;
    case 'input':
      return `input ${node.name}`;
    case 'select':
      return node.relation;
    case 'call':
      return node.name;
    default:
      return node.op;
  }
};

/** The expressions in a format, calls expanded and equal nodes shared. Exact: no bit but those of a NaN changes. */
export const share = (dtype: Dtype, exprs: readonly Expr[]): Shared => {
  const [expanded, simple] = [expand(dtype), simplify(dtype)];
  const known = new Map<string, Expr>();
  const numbers = new Map<Expr, number>();
  const canonical = new Map<Expr, Expr>();
  const of = (node: Expr): Expr => canonical.get(node) ?? node;
  const outputs = exprs.map((expr) => {
    const root = simple(expanded(expr));
    for (const node of nodes(root)) {
      const places = operands(node).map((operand) => numbers.get(of(operand)) ?? Number.NaN);
      const [a = 0, b = 0] = places;
      const turned = commutative.has(title(node)) && b < a ? [b, a, ...places.slice(2)] : places;
      const key = `${title(node)} ${turned.join(' ')}`;
      const same = known.get(key) ?? (node.kind === 'input' ? node : mapOperands<string, string>(of)(node));
      known.set(key, same);
      if (!numbers.has(same)) numbers.set(same, numbers.size);
      canonical.set(node, same);
    }
    return of(root);
  });
  return { order: [...numbers.keys()], outputs };
};
