/** How counterexamples are printed. */
import * as fc from 'fast-check';
import type { Expr } from '../../src/scalar/expr.ts';
import { nodes, operands } from '../../src/scalar/nodes.ts';

/**
 * An expression as one assignment for each node that has operands, the expression itself last: as long as it has nodes,
 * where LaTeX or JSON of a tree would print a shared node for every path to it.
 */
export const showExpr = (expr: Expr): string => {
  const names = new Map<Expr, string>();
  const lines = nodes(expr).flatMap((node) => {
    if (node.kind === 'constant') names.set(node, Object.is(node.value, -0) ? '-0' : `${node.value}`);
    else if (node.kind === 'input') names.set(node, node.name);
    else {
      const name = `%${names.size}`;
      names.set(node, name);
      const title = node.kind === 'select' ? `if ${node.relation}` : node.kind === 'call' ? node.name : node.op;
      return [
        `${name} = ${title}(${operands(node)
          .map((operand) => names.get(operand))
          .join(', ')})`,
      ];
    }
    return [];
  });
  return lines.length === 0 ? (names.get(expr) ?? '') : lines.join('; ');
};

/** An expression and its inputs in a counterexample. */
export const showSample = ({ expr, at }: { readonly expr: Expr; readonly at: object }): string =>
  `${showExpr(expr)} at ${fc.stringify(at)}`;
