/** What an expression costs. */
import type { Dtype } from './dtype.ts';
import { expand } from './elementary/index.ts';
import type { Expr } from './expr.ts';
import { nodes } from './nodes.ts';

/**
 * How many operations one evaluation takes in a format: elementary functions count by what they are made of, each
 * shared node counts once, a `select` counts one; constants and inputs are free.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const x = Expr.input('x');
 * Expr.operations('f32')(Expr.max(Expr.multiply(x, x), Expr.negate(x))) // => 3
 * ```
 */
export const operations =
  (dtype: Dtype) =>
  (expr: Expr): number =>
    nodes(expand(dtype)(expr)).filter(({ kind }) => kind !== 'constant' && kind !== 'input').length;
