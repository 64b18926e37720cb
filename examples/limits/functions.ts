/** Functions that the data of the limits are made of, the same to the bit on every machine. */
import { Expr, Tensor, type Train } from 'nabla-ts';

const x = Expr.input('x');
const of = (expr: Expr.Expr<'x'>): ((x: number) => number) => {
  const evaluate = Expr.evaluate('f64')(expr);
  return (at) => evaluate({ x: at });
};

export const sine = of(Expr.sin(x));
export const exponential = of(Expr.exp(x));
export const logarithm = of(Expr.log(x));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A tensor [rows, 1] of a number for each row. */
export const column = (values: readonly number[]): Tensor.Tensor =>
  Tensor.generate('f32', [values.length, 1], (i) => values[i] ?? Number.NaN);

/** Examples of rows of numbers, with a target each. */
export const examplesOf = (rows: ReadonlyArray<readonly number[]>, targets: readonly number[]): Train.Examples => {
  const width = rows[0]?.length ?? 0;
  return {
    inputs: Tensor.generate('f32', [rows.length, width], (i) => rows[Math.floor(i / width)]?.[i % width] ?? Number.NaN),
    targets: column(targets),
  };
};
