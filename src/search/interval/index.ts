/** Confidence intervals, and the distributions that they are made of. */
export { biasCorrectedAccelerated, type CorrectedInterval } from './biasCorrectedAccelerated.ts';
export type { Interval } from './interval.ts';
export { foldMean, mean } from './mean.ts';
export { type Moments, moments } from './moments.ts';
export { normalDistribution, normalQuantile } from './normal.ts';
export { percentile, quantile } from './percentile.ts';
export { type Replicates, replicate } from './replicates.ts';
export { studentQuantile } from './studentQuantile.ts';
