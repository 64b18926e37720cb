/** Gradients held against differences and dual numbers. Nothing here needs fast-check. */
export * from './branches.ts';
export * from './check-gradient.ts';
export * from './directional.ts';
export * from './dual.ts';
export * from './dual-expr.ts';
export { type Estimate, ridders, type Sample } from './ridders.ts';
