/** Which inputs an expression reads. */
import type { Expr } from './expr.ts';
import { nodes } from './nodes.ts';

/**
 * The names of the inputs that an expression mentions, in the order of their first use.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * [...Expr.inputs(Expr.multiply(Expr.input('rate'), Expr.input('gradient')))] // => ['rate', 'gradient']
 * ```
 */
export const inputs = <N extends string>(expr: Expr<N>): ReadonlySet<N> =>
  new Set(nodes(expr).flatMap((node) => (node.kind === 'input' ? [node.name] : [])));
