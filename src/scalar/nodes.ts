/**
 * The nodes of an expression, each once: what every interpreter walks. An expression is a directed acyclic graph, so
 * a walk over its paths may take exponential time and a walk over its nodes takes linear time.
 */
import type { Expr, Input } from './expr.ts';

/**
 * The operands of a node, in order.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.operands(Expr.add(Expr.input('x'), 1)) // => [Expr.input('x'), Expr.constant(1)]
 * ```
 */
export const operands = <N extends string>(node: Expr<N>): readonly Expr<N>[] => {
  switch (node.kind) {
    case 'constant':
    case 'input':
      return [];
    case 'unary':
      return [node.x];
    case 'binary':
      return [node.left, node.right];
    case 'select':
      return [node.left, node.right, node.yes, node.no];
    case 'call':
      return node.args;
  }
};

/**
 * Every distinct node of an expression once, operands before the nodes that use them, the expression itself last.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const x = Expr.input('x');
 * const square = Expr.multiply(x, x);
 * Expr.nodes(Expr.add(square, square)).length // => 3
 * ```
 */
export const nodes = <N extends string>(expr: Expr<N>): readonly Expr<N>[] => {
  const listed = new Set<Expr<N>>();
  // An explicit stack, since an expression may be deeper than the call stack.
  const pending: Expr<N>[] = [expr];
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    const waiting = operands(node).filter((operand) => !listed.has(operand));
    if (waiting.length === 0) {
      listed.add(node);
      pending.pop();
    } else pending.push(...waiting.toReversed());
  }
  return [...listed];
};

/**
 * The value of an expression under an algebra, which gives the value of a node from those of its operands. Each node
 * is visited once.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const depth = Expr.fold((node, of: (operand: Expr.Expr) => number) => 1 + Math.max(0, ...Expr.operands(node).map(of)));
 * depth(Expr.tanh(Expr.add(Expr.input('x'), 1))) // => 3
 * ```
 */
export const fold =
  <N extends string, A>(algebra: (node: Expr<N>, of: (operand: Expr<N>) => A) => A) =>
  (expr: Expr<N>): A => {
    const values = new Map<Expr<N>, { readonly value: A }>();
    const of = (node: Expr<N>): A => {
      const known = values.get(node);
      if (known === undefined) throw new Error(`Expr.fold: asked for a ${node.kind} that is not an operand`);
      return known.value;
    };
    for (const node of nodes(expr)) values.set(node, { value: algebra(node, of) });
    return of(expr);
  };

/**
 * The same node with other operands: what an interpreter that rewrites expressions does where it has no rule.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const node: Expr.Expr<'x'> = Expr.abs(Expr.input('x'));
 * const negated = node.kind === 'input' ? node : Expr.mapOperands((x: Expr.Expr<'x'>) => Expr.negate(x))(node);
 * negated // => Expr.abs(Expr.negate(Expr.input('x')))
 * ```
 */
export const mapOperands =
  <N extends string, M extends string>(of: (operand: Expr<N>) => Expr<M>) =>
  (node: Exclude<Expr<N>, Input<N>>): Expr<M> => {
    switch (node.kind) {
      case 'constant':
        return node;
      case 'unary':
        return Object.freeze({ ...node, x: of(node.x) });
      case 'binary':
        return Object.freeze({ ...node, left: of(node.left), right: of(node.right) });
      case 'select':
        return Object.freeze({
          ...node,
          left: of(node.left),
          right: of(node.right),
          yes: of(node.yes),
          no: of(node.no),
        });
      case 'call':
        return Object.freeze({ ...node, args: Object.freeze(node.args.map(of)) });
    }
  };
