/** Walking an expression visits each node once, operands first, at any depth; inputs and operations are read off it. */
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { inputs } from '../../src/scalar/inputs.ts';
import { fold, nodes, operands } from '../../src/scalar/nodes.ts';
import { operations } from '../../src/scalar/operations.ts';
import { all, holds, law, lawOf, lawSet, same } from '../law.ts';
import { anything, expressions } from './arbitrary.ts';
import { showExpr } from './show.ts';

/** The names that a walk along every path meets: slow, and plainly right. */
const mentioned = (expr: Expr): readonly string[] =>
  expr.kind === 'input' ? [expr.name] : operands(expr).flatMap(mentioned);

const [x, y] = [X.input('x'), X.input('y')];

export const nodesLaws = lawSet('nodes', [
  law(
    'lists operands first, each node once, the expression last',
    'a topological order',
    expressions(anything('f64')),
    (expr) => {
      const list = nodes(expr);
      const places = new Map(list.map((node, i) => [node, i]));
      return all(
        same(list.length, places.size),
        same(true, list.at(-1) === expr),
        ...list.flatMap((node, i) =>
          operands(node).map((operand) =>
            holds((places.get(operand) ?? list.length) < i, `an operand before ${i}`, `${places.get(operand)}`),
          ),
        ),
      );
    },
    { show: showExpr },
  ),
  law(
    'inputs are those on some path',
    'the set of names, in the order of their first use',
    expressions({ ...anything('f64'), size: 10 }),
    (expr) => same([...new Set(mentioned(expr))].join(), [...inputs(expr)].join()),
    { show: showExpr },
  ),
  lawOf(
    'takes deep expressions',
    'a chain of a hundred thousand operations neither overflows the stack nor takes long',
    [100_000],
    (depth) => {
      const expr = Array.from({ length: depth }).reduce<Expr<'x'>>((e) => X.negate(e), x);
      return all(
        same(depth + 1, nodes(expr).length),
        same(depth, operations('f32')(expr)),
        same(depth + 1, fold<'x', number>((node, of) => 1 + Math.max(0, ...operands(node).map(of)))(expr)),
        same(5, evaluate('f64')(expr)({ x: 5 })),
      );
    },
  ),
  lawOf(
    'operations count each node once',
    'leaves are free, a shared node counts once, a choice counts one, a function counts what it is made of',
    [
      [x, 0],
      [X.constant(1), 0],
      [X.add(x, 1), 1],
      [X.ifLess(x, 0, 1, 2), 1],
      [X.multiply(X.add(x, y), X.add(x, y)), 3],
      [((sum) => X.multiply(sum, sum))(X.add(x, y)), 2],
    ] as const,
    ([expr, count]) =>
      all(
        same(count, operations('f32')(expr)),
        holds(operations('f64')(X.exp(expr)) > operations('f64')(expr) + 4, 'exp to cost more than four', 'less'),
      ),
  ),
]);
