/** Expressions in place of inputs: the composition of formulas. */
import { constant, type Expr, input, type Operand } from './expr.ts';
import { fold, mapOperands } from './nodes.ts';

/** The names of the inputs of the expressions of a record. */
type NamesIn<R> = { [K in keyof R]: R[K] extends Expr<infer M> ? M : never }[keyof R];

/**
 * An expression with some inputs replaced, all at once: what replaces one input is not itself replaced. Inputs that
 * are not named stay.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const difference = Expr.subtract(Expr.input('a'), Expr.input('b'));
 * const swapped = Expr.substitute({ a: Expr.input('b'), b: Expr.input('a') })(difference);
 * Expr.evaluate('f64')(swapped)({ a: 1, b: 3 }) // => 2
 * ```
 */
export const substitute =
  <const R extends Readonly<Record<string, Operand<string>>>>(replacements: R) =>
  <N extends string>(expr: Expr<N>): Expr<Exclude<N, keyof R> | NamesIn<R>> => {
    type Names = Exclude<N, keyof R> | NamesIn<R>;
    const replacement = new Map<string, Operand<string>>(Object.entries(replacements));
    return fold<N, Expr<Names>>((node, of) => {
      if (node.kind !== 'input') return mapOperands<N, Names>(of)(node);
      const found = replacement.get(node.name);
      // The cast proves what the types of Map and Exclude cannot: a name that is found brings an expression in
      // NamesIn<R>, a name that is not found is in Exclude<N, keyof R>.
      return (
        found === undefined ? input(node.name) : typeof found === 'number' ? constant(found) : found
      ) as Expr<Names>;
    })(expr);
  };
