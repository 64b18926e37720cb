/** Laws as values: what they are made of, and what runs them. */
export * from './law/check.ts';
export * from './law/code.ts';
export * from './law/law.ts';
export type { RunOptions } from './law/options.ts';
export * from './law/register.ts';
export * from './law/report.ts';
export * from './law/set.ts';
export * from './law/tensors.ts';
export * from './law/verdict.ts';
