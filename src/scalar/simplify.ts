/**
 * A formula with fewer operations and the same bits. In the format it is given, the simplified formula agrees with the
 * original on every input, ±0, ±∞ and subnormal numbers included; only the bits inside a NaN may differ. So x·1 goes,
 * and x + 0, x·0 and x − x stay: they are not x, 0 and 0 for x = −0, ∞ and NaN.
 *
 * Equal sub-expressions become one node, a + b and b + a among them. Constants are rounded to the format, and what has
 * only constant operands is computed. No rewrite makes two operations out of one, so the count never grows.
 */
import type { Dtype } from './dtype.ts';
import type { Expr } from './expr.ts';
import { fold, mapOperands } from './nodes.ts';
import { rewrite } from './rewrite.ts';

const commutative: ReadonlySet<string> = new Set(['add', 'multiply', 'min', 'max', 'equal']);

/** What is equal for two nodes that are, given the numbers of their operands. */
const signature = <N extends string>(node: Expr<N>, of: (operand: Expr<N>) => number): string => {
  const pair = (name: string, left: Expr<N>, right: Expr<N>): string => {
    const numbers = [of(left), of(right)];
    return `${name} ${(commutative.has(name) ? numbers.toSorted((a, b) => a - b) : numbers).join(' ')}`;
  };
  switch (node.kind) {
    case 'constant':
      return Object.is(node.value, -0) ? '-0' : `${node.value}`;
    case 'input':
      return `input ${node.name}`;
    case 'unary':
      return `${node.op} ${of(node.x)}`;
    case 'binary':
      return pair(node.op, node.left, node.right);
    case 'select':
      return `${pair(node.relation, node.left, node.right)} ${of(node.yes)} ${of(node.no)}`;
    case 'call':
      return `${node.name} ${node.args.map(of).join(' ')}`;
  }
};

/**
 * The simplified formula in a format.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const x = Expr.input('x');
 * Expr.simplify('f32')(Expr.add(Expr.multiply(x, 1), Expr.negate(Expr.divide(6, 4))))
 * // => Expr.add(x, -1.5)
 * ```
 */
export const simplify =
  (dtype: Dtype) =>
  <N extends string>(expr: Expr<N>): Expr<N> => {
    const bySignature = new Map<string, Expr<N>>();
    const numbers = new Map<Expr<N>, number>();
    /** The one node that stands for all that are equal to this one, whose operands are such nodes. */
    const shared = (node: Expr<N>): Expr<N> => {
      const key = signature(node, (operand) => numbers.get(operand) ?? Number.NaN);
      const known = bySignature.get(key);
      if (known !== undefined) return known;
      bySignature.set(key, node);
      numbers.set(node, numbers.size);
      return node;
    };
    const settled = (node: Expr<N>): Expr<N> => {
      if (numbers.has(node)) return node;
      // Rewrites bring constants of their own, which must be shared before nodes can be compared.
      const withShared = node.kind === 'input' ? node : mapOperands<N, N>(settled)(node);
      const next = rewrite(dtype)(withShared);
      return next === withShared ? shared(next) : settled(next);
    };
    return fold<N, Expr<N>>((node, of) => settled(node.kind === 'input' ? node : mapOperands<N, N>(of)(node)))(expr);
  };
