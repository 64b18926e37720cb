/** Losses: what a prediction costs. */
export * from './binaryCrossEntropy.ts';
export * from './elementwise.ts';
export * from './loss.ts';
export * from './softmaxCrossEntropy.ts';
export * from './squaredError.ts';
