/** Formulas as code that builds them, for the samples of failures. */
import * as fc from 'fast-check';
import type { Expr } from '../../src/scalar/expr.ts';
import { nodes, operands } from '../../src/scalar/nodes.ts';
import { code } from '../law.ts';

const builderOf = (node: Expr): string => {
  switch (node.kind) {
    case 'unary':
    case 'binary':
      return `Expr.${node.op}`;
    case 'call':
      return `Expr.${node.name}`;
    case 'select':
      return `Expr.select(${JSON.stringify(node.relation)})`;
    default:
      return `Expr.${node.kind}`;
  }
};

/**
 * A formula as an expression of the public constructors. A part that is used several times is named once, so the text is
 * as long as the formula has nodes.
 */
export const writtenExpr = (expr: Expr): string => {
  const all = nodes(expr);
  const uses = new Map<Expr, number>();
  for (const operand of all.flatMap(operands)) uses.set(operand, (uses.get(operand) ?? 0) + 1);
  const texts = new Map<Expr, string>();
  const named: string[] = [];
  for (const node of all) {
    const isLeaf = node.kind === 'constant' || node.kind === 'input';
    const given = isLeaf
      ? [code(node.kind === 'constant' ? node.value : node.name)]
      : operands(node).map((operand) => texts.get(operand) ?? '');
    const text = `${builderOf(node)}(${given.join(', ')})`;
    if (isLeaf || (uses.get(node) ?? 0) < 2) texts.set(node, text);
    else {
      const name = `e${named.length}`;
      named.push(`const ${name} = ${text};`);
      texts.set(node, name);
    }
  }
  const whole = texts.get(expr) ?? '';
  return named.length === 0 ? whole : `(() => { ${named.join(' ')} return ${whole}; })()`;
};

/** A formula that `code` writes as what builds it, wherever it stands in a sample. */
export const asCode = (expr: Expr): fc.WithToStringMethod => ({ [fc.toStringMethod]: () => writtenExpr(expr) });
