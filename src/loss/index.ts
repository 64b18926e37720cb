/** Losses: what a prediction costs. */
export * from './absoluteError.ts';
export * from './binaryCrossEntropy.ts';
export * from './categoricalCrossEntropy.ts';
export * from './checkTargets.ts';
export * from './decode.ts';
export { type ElementwiseLoss, elementwise, type Formula } from './elementwise.ts';
export * from './gaussianNegativeLogLikelihood.ts';
export * from './hinge.ts';
export * from './huber.ts';
export { type Encoded, type Kind, kind, type Registry } from './kind.ts';
export * from './kullbackLeibler.ts';
export * from './logCosh.ts';
export * from './loss.ts';
export * from './poisson.ts';
export type { FromProbabilities } from './probability.ts';
export * from './softmaxCrossEntropy.ts';
export * from './squaredError.ts';
export * from './targets.ts';
