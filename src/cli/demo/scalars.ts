/** The elementary functions that the results are computed with, so that they are the same on every machine. */
import { Expr } from '../../index.ts';

const of = (expr: Expr.Expr<'x'>): ((x: number) => number) => {
  const value = Expr.evaluate('f64')(expr);
  return (x) => value({ x });
};

export const sigmoid = of(Expr.sigmoid(Expr.input('x')));
export const log = of(Expr.log(Expr.input('x')));

export const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** The standard deviation of a sample (divided by n − 1). */
export const deviation = (xs: readonly number[]): number => {
  const middle = mean(xs);
  return Math.sqrt(xs.reduce((sum, x) => sum + (x - middle) * (x - middle), 0) / (xs.length - 1));
};

/** The middle one; of an even number, the lower middle. */
export const median = (xs: readonly number[]): number =>
  [...xs].sort((a, b) => a - b)[Math.floor((xs.length - 1) / 2)] ?? Number.NaN;
