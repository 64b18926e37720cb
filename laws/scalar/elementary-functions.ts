/** The elementary functions as functions of numbers, by the definitional interpreter. */
import type { Dtype } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { call, type ElementaryUnary, input, pow } from '../../src/scalar/expr.ts';

/** A function of one number. */
export const of = (dtype: Dtype, name: ElementaryUnary): ((x: number) => number) => {
  const f = evaluate(dtype)(call(name)(input('x')));
  return (x) => f({ x });
};
/** x to the power y. */
export const powerIn = (dtype: Dtype): ((x: number, y: number) => number) => {
  const f = evaluate(dtype)(pow(input('x'), input('y')));
  return (x, y) => f({ x, y });
};
