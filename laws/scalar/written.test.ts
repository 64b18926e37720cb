/** Formulas written as code: read again, they are the same formulas. */
import * as Expr from '../../src/scalar/index.ts';
import { code, law, lawOf, lawSet, same } from '../law.ts';
import { runLaws } from '../run.ts';
import { anything, calls, expressions } from './arbitrary.ts';
import { writtenExpr } from './written.ts';

const x = Expr.input('x');
const square = Expr.multiply(x, x);

const read = (text: string): unknown => new Function('Expr', `return ${text};`)(Expr);

runLaws(
  lawSet('written formulas', [
    lawOf<readonly [Expr.Expr<'x'>, string]>(
      'shared parts',
      'what is used twice is named, and written once',
      [
        [Expr.add(square, 1), 'Expr.add(Expr.multiply(Expr.input("x"), Expr.input("x")), Expr.constant(1))'],
        [
          Expr.add(square, square),
          '(() => { const e0 = Expr.multiply(Expr.input("x"), Expr.input("x")); return Expr.add(e0, e0); })()',
        ],
      ],
      ([expr, text]) => same(text, writtenExpr(expr)),
    ),
    lawOf('functions', 'are written as their constructors', calls, (name) => {
      const expr = name === 'pow' ? Expr.pow(x, 2) : Expr.call(name)(x);
      return same(code(expr), code(read(writtenExpr(expr))));
    }),
    law('read again', 'what is written builds the same formula', expressions(anything('f64')), (expr) =>
      same(code(expr), code(read(writtenExpr(expr)))),
    ),
  ]),
);
