/** Scalar formulas: what they are, and how they are built. */
export * from './arithmetic.ts';
export { binary, call, constant, input, type Operand, select, unary } from './build.ts';
export * from './functions.ts';
export type * from './node.ts';
