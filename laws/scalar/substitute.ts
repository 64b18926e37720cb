/** Substitution is composition: replacing and evaluating is evaluating and feeding the values. */
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { latex } from '../../src/scalar/latex.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { substitute } from '../../src/scalar/substitute.ts';
import { all, holds, law, lawOf, lawSet, same } from '../law.ts';
import { anything, environment, expressions, numbers } from './arbitrary.ts';
import { showExpr } from './show.ts';

const dtypes: readonly Dtype[] = ['f32', 'f64'];

const sample = (dtype: Dtype) =>
  fc.record({
    expr: expressions(anything(dtype)),
    x: expressions(anything(dtype)),
    y: expressions(anything(dtype)),
    at: environment(['x', 'y'], numbers(dtype)),
  });

const show = ({ expr, x, y, at }: { expr: Expr; x: Expr; y: Expr; at: object }): string =>
  `${showExpr(expr)} with x: ${showExpr(x)}, y: ${showExpr(y)} at ${fc.stringify(at)}`;

const [x, y] = [X.input('x'), X.input('y')];

export const substituteLaws = lawSet('substitute', [
  ...dtypes.map((dtype) =>
    law(
      `is composition in ${dtype}`,
      'evaluate(substitute(x ↦ a, y ↦ b)(e)) is evaluate(e) at the values of a and b',
      sample(dtype),
      ({ expr, x, y, at }) => {
        const value = evaluate(dtype);
        return same(value(expr)({ x: value(x)(at), y: value(y)(at) }), value(substitute({ x, y })(expr))(at));
      },
      { runs: 300, show },
    ),
  ),
  lawOf(
    'replaces all at once',
    'swapping two names swaps them; a number stands for a constant; other names stay',
    [X.subtract(x, y)],
    (expr) =>
      all(
        same('y - x', latex()(substitute({ x: y, y: x })(expr))),
        same('3 - y', latex()(substitute({ x: 3 })(expr))),
        same('x - y', latex()(substitute({ z: 3 })(expr))),
        same('x - y', latex()(substitute({})(expr))),
      ),
  ),
  law(
    'keeps what is shared',
    'no more nodes than the expression and what is put in have together',
    sample('f64'),
    ({ expr, x, y }) => {
      const [after, before] = [
        nodes(substitute({ x, y })(expr)).length,
        nodes(expr).length + nodes(x).length + nodes(y).length,
      ];
      return holds(after <= before, `at most ${before} nodes`, `${after}`);
    },
    { show: ({ expr, x, y }) => show({ expr, x, y, at: {} }) },
  ),
]);
