/** The derivatives that `differentiate` states where there is none, and where a careless form of one is NaN. */
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';

type Name = 'x' | 'y';

interface Stated {
  readonly expr: Expr<Name>;
  readonly at: Readonly<Record<Name, number>>;
  readonly slope: number;
  readonly name?: Name;
}

const [x, y] = [X.input('x'), X.input('y')];

export const stated: readonly Stated[] = [
  { expr: X.max(x, 0), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.max(0, x), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.max(0, x), at: { x: 1, y: 0 }, slope: 1 },
  { expr: X.max(x, 0), at: { x: -0, y: 0 }, slope: 0 },
  { expr: X.min(x, 1), at: { x: 1, y: 0 }, slope: 0 },
  { expr: X.min(1, x), at: { x: 1, y: 0 }, slope: 0 },
  { expr: X.min(1, x), at: { x: 0.5, y: 0 }, slope: 1 },
  { expr: X.min(X.max(x, -1), 1), at: { x: -1, y: 0 }, slope: 0 },
  { expr: X.max(x, y), at: { x: 2, y: 2 }, slope: 0 },
  { expr: X.max(y, 1), at: { x: 2, y: 2 }, slope: 0 },
  { expr: X.min(y, 1), at: { x: 2, y: 2 }, slope: 0 },
  { expr: X.max(x, X.multiply(2, x)), at: { x: 0, y: 0 }, slope: 2 },
  { expr: X.min(x, X.multiply(2, x)), at: { x: 0, y: 0 }, slope: 2 },
  { expr: X.abs(x), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.abs(x), at: { x: -3, y: 0 }, slope: -1 },
  { expr: X.sign(x), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.floor(x), at: { x: 2, y: 0 }, slope: 0 },
  { expr: X.exponent(x), at: { x: 2, y: 0 }, slope: 0 },
  { expr: X.significand(x), at: { x: 6, y: 0 }, slope: 0.25 },
  { expr: X.scale(x, y), at: { x: 3, y: 4 }, slope: 16 },
  { expr: X.scale(x, y), at: { x: 3, y: 4 }, slope: 0, name: 'y' },
  { expr: X.ifLess(0, x, x, X.expm1(x)), at: { x: 0, y: 0 }, slope: 1 },
  { expr: X.sqrt(x), at: { x: 0, y: 0 }, slope: Number.POSITIVE_INFINITY },
  { expr: X.pow(x, 2), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.pow(x, 1), at: { x: 0, y: 0 }, slope: 1 },
  { expr: X.pow(x, 0), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.pow(x, 3), at: { x: -2, y: 0 }, slope: 12 },
  { expr: X.pow(x, y), at: { x: 0, y: 0 }, slope: 0 },
  { expr: X.pow(x, y), at: { x: 0, y: 1 }, slope: 1 },
  { expr: X.pow(x, y), at: { x: 0, y: 2 }, slope: 0 },
  { expr: X.pow(x, y), at: { x: 0, y: 2 }, slope: 0, name: 'y' },
  { expr: X.pow(x, y), at: { x: 1, y: 5 }, slope: 0, name: 'y' },
  { expr: X.tanh(x), at: { x: 100, y: 0 }, slope: 0 },
  { expr: X.sigmoid(x), at: { x: 0, y: 0 }, slope: 0.25 },
  { expr: X.softplus(x), at: { x: 800, y: 0 }, slope: 1 },
  { expr: X.expm1(x), at: { x: 0, y: 0 }, slope: 1 },
  // A term that does not depend on the input is left out, whatever stands before it.
  { expr: X.multiply(y, x), at: { x: 1, y: Number.POSITIVE_INFINITY }, slope: Number.POSITIVE_INFINITY },
  { expr: X.add(x, X.divide(1, y)), at: { x: 1, y: 0 }, slope: 1 },
  { expr: X.add(x, X.log(y)), at: { x: 1, y: -1 }, slope: 1 },
  { expr: X.log(y), at: { x: 1, y: -1 }, slope: 0 },
];
