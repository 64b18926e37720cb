/**
 * `nabla-ts/laws`: laws as values, for anybody's layers and losses, and gradients held against differences. Needs fast-check.
 */
export * from './arbitrary/index.ts';
export * from './gradient/index.ts';
export * from './law.ts';
export * as laws from './pack/index.ts';
export type { PackOptions } from './pack/options.ts';
