/** What needs Node and a library of the system: the entry `nabla-ts/native`. */
export * as Blas from './blas.ts';
export * as Native from './engine.ts';
