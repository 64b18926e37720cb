/** Scalar formulas as values, and their interpreters. */
export { differentiate } from './differentiate.ts';
export { type Dtype, round, unitRoundoff } from './dtype.ts';
export { expand } from './elementary/index.ts';
export { evaluate } from './evaluate.ts';
export * from './expr.ts';
export { exprCodec, exprCodecOf } from './expr-codec.ts';
export { inputs } from './inputs.ts';
export { latex } from './latex.ts';
export { fold, mapOperands, nodes, operands } from './nodes.ts';
export { operations } from './operations.ts';
export { simplify } from './simplify.ts';
export { substitute } from './substitute.ts';
