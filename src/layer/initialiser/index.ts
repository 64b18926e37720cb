/** How parameters get their first values. */
export * from './codec.ts';
export * from './constant.ts';
export * from './initialiser.ts';
export * from './orthogonal.ts';
export * from './random.ts';
export * from './scaled.ts';
