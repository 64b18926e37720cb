/**
 * `simplify` against tables of what becomes what. The tables are held to their word too: what is rewritten is the same
 * number at every special point, what is left alone another than a careless rewrite would make of it at the input beside it.
 */
import type { Dtype } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Expr, Relation } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { exprCodec } from '../../src/scalar/expr-codec.ts';
import { nodes, operands } from '../../src/scalar/nodes.ts';
import { simplify } from '../../src/scalar/simplify.ts';
import { all, holds, lawOf, lawSet, same } from '../law.ts';
import { corners } from './arbitrary.ts';
import { beyond, kept, type Pair, rewritten } from './simplify-tables.ts';

type Name = 'x' | 'y';
const [x, y] = [X.input('x'), X.input('y')];
const dtypes: readonly Dtype[] = ['f32', 'f64'];
const zero = X.constant(0);

const text = (expr: Expr): string => JSON.stringify(exprCodec.encode(expr));

const points = (dtype: Dtype): ReadonlyArray<Readonly<Record<Name, number>>> =>
  corners(dtype).flatMap((a, i) => [0, 5, 16].map((step) => ({ x: a, y: corners(dtype).at(i - step) ?? a })));

/** Pairs of inputs enough that the numbers of two nodes, one after another, could be read as those of two others. */
const names = Array.from({ length: 24 }, (_, i) => X.input(`a${i}`));
const pairs = names.flatMap((a) => names.flatMap((b) => (a === b ? [] : [[a, b] as const])));

type Joined = (a: Expr, b: Expr) => Expr;
const chosenBy =
  (relation: Relation): Joined =>
  (a, b) =>
    X.select(relation)(a, b, 1, 2);
const ordered: readonly Joined[] = [
  X.subtract,
  X.divide,
  X.scale,
  X.pow,
  chosenBy('less'),
  chosenBy('lessOrEqual'),
  (a, b) => X.ifLess(x, 0, a, b),
  (a, b) => X.ifLess(a, 0, b, 1),
];
const unordered: readonly Joined[] = [X.add, X.multiply, X.min, X.max, chosenBy('equal')];

/** How many nodes with several operands there are in a sum of all pairs, once those that are equal are one. */
const distinct = (join: Joined): number => {
  const [first, ...rest] = pairs.map(([a, b]) => join(a, b));
  const sum = rest.reduce((before, node) => X.add(X.exp(before), node), first ?? x);
  return nodes(simplify('f64')(sum)).filter((node) => operands(node).length > 1).length;
};

export const simplifyStatedLaws = lawSet('what simplifies to what', [
  ...dtypes.flatMap((dtype) => [
    lawOf(`rewrites what is exact in ${dtype}`, 'each becomes the one beside it', rewritten(dtype), ([before, after]) =>
      same(text(after), text(simplify(dtype)(before))),
    ),
    lawOf(
      `is told to rewrite only what is exact in ${dtype}`,
      'both of each pair are one number at every special point',
      rewritten(dtype),
      ([before, after]) => {
        const [a, b] = [evaluate(dtype)(before), evaluate(dtype)(after)];
        return all(...points(dtype).map((at) => same(a(at), b(at), JSON.stringify(at))));
      },
    ),
    lawOf(`leaves what is not exact in ${dtype}`, 'each stays as it is', kept, ([expr]) =>
      same(text(expr), text(simplify(dtype)(expr))),
    ),
    lawOf(
      `is told to leave what is another number in ${dtype}`,
      'an input tells each from what it might be taken for',
      kept,
      ([expr, not, a, b]) => {
        const [value, other] = [expr, not].map((e) => evaluate(dtype)(e)({ x: a, y: b }));
        return holds(!Object.is(value, other), `not ${other}`, `${value}`);
      },
    ),
    lawOf(`leaves powers of two that are not normal in ${dtype}`, 'each stays as it is', beyond(dtype), (expr) =>
      same(text(expr), text(simplify(dtype)(expr))),
    ),
  ]),
  lawOf('takes no node for another', 'of each order of two operands there is one node', ordered, (join) =>
    same(2 * pairs.length - 1, distinct(join)),
  ),
  lawOf('shares what commutes', 'of two orders of two operands there is one node', unordered, (join) =>
    same(pairs.length / 2 + pairs.length - 1, distinct(join)),
  ),
  lawOf(
    'shares equal sub-expressions',
    'x·y + y·x, written twice, has one product',
    [X.add(X.exp(X.multiply(x, y)), X.exp(X.multiply(X.input('y'), X.input('x'))))],
    // x, y, x·y, its exponential, 2, and the product that their sum becomes
    (expr) => same(6, nodes(simplify('f64')(expr)).length),
  ),
  lawOf(
    'tells zeros, shares numbers',
    '+0 and −0 are two constants, what is the same number is one, in whatever operation it came about',
    [
      [X.min(X.divide(x, 8), X.multiply(x, 0.125)), X.multiply(x, 0.125)],
      [X.ifLess(x, 0, -0, X.subtract(2, 2)), X.ifLess(x, zero, -0, zero)],
      [X.ifLess(x, y, X.subtract(1, 1), X.subtract(2, 2)), X.constant(0)],
    ] satisfies readonly Pair[],
    ([before, after]) => same(text(after), text(simplify('f64')(before))),
  ),
  lawOf(
    'takes deep expressions',
    'a hundred thousand roots, one in another, stay as they are, and so many signs go',
    [100_000],
    (depth) => {
      const deep = (step: (e: Expr<'x'>) => Expr<'x'>) => Array.from({ length: depth }).reduce<Expr<'x'>>(step, x);
      return all(
        same(depth + 1, nodes(simplify('f64')(deep((e) => X.sqrt(e)))).length),
        same(1, nodes(simplify('f64')(deep((e) => X.negate(e)))).length),
      );
    },
  ),
]);
