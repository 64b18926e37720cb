import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Expr from '../../src/scalar/index.ts';
import { anything, calls, expressions } from './arbitrary.ts';
import { writtenExpr } from './written.ts';

const x = Expr.input('x');

const read = (text: string): unknown => new Function('Expr', `return ${text};`)(Expr);

it('names what is used twice, once', () => {
  const square = Expr.multiply(x, x);
  expect(writtenExpr(Expr.add(square, 1))).toBe(
    'Expr.add(Expr.multiply(Expr.input("x"), Expr.input("x")), Expr.constant(1))',
  );
  expect(writtenExpr(Expr.add(square, square))).toBe(
    '(() => { const e0 = Expr.multiply(Expr.input("x"), Expr.input("x")); return Expr.add(e0, e0); })()',
  );
});

it.each(calls)('writes %s as its constructor', (name) => {
  const expr = name === 'pow' ? Expr.pow(x, 2) : Expr.call(name)(x);
  expect(read(writtenExpr(expr))).toEqual(expr);
});

it('what is written builds the same formula', () => {
  fc.assert(
    fc.property(expressions(anything('f64')), (expr) => {
      expect(read(writtenExpr(expr))).toEqual(expr);
    }),
  );
});
