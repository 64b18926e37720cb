/**
 * `nabla-ts/laws`: laws as values, for anybody's layers, losses and optimizers. Needs fast-check.
 */
export * from './gradient/index.ts';
export * from './law.ts';
