/** What the names in an expression's type must and must not allow. */
import { evaluate } from '../../src/scalar/evaluate.ts';
import * as X from '../../src/scalar/expr.ts';
import { substitute } from '../../src/scalar/substitute.ts';

const difference = X.subtract(X.input('a'), X.input('b'));
const value = evaluate('f64');

value(difference)({ a: 1, b: 2 });
// @ts-expect-error an input is missing
value(difference)({ a: 1 });

value(substitute({ a: X.input('c') })(difference))({ b: 1, c: 2 });
// @ts-expect-error b stays
value(substitute({ a: X.input('c') })(difference))({ c: 2 });
// @ts-expect-error c came in
value(substitute({ a: X.input('c') })(difference))({ b: 1 });

value(substitute({ a: 1, b: 2 })(difference))({});
// @ts-expect-error a replacement is an expression or a number
substitute({ a: 'c' })(difference);
