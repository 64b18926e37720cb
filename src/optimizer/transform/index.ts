/** What is done to gradients before, and to parameters after, an optimizer. */
export { type AccumulateConfig, accumulate } from './accumulate.ts';
export {
  type ExponentialMovingAverageConfig,
  exponentialMovingAverage,
  type StochasticWeightAveragingConfig,
  stochasticWeightAveraging,
} from './average.ts';
export { chain, identity, monoid } from './chain.ts';
export { type ClipConfig, clipByGlobalNorm, clipByNorm, clipByValue } from './clip.ts';
export { decode } from './decode.ts';
export { type MaxNormConfig, maxNorm } from './maxNorm.ts';
export { transforms as registry } from './registry.ts';
export { freeze, type Multiplier, type ScaleRatesConfig, scaleRates } from './scaleRates.ts';
export type { Transform } from './transform.ts';
export { type WeightDecayConfig, weightDecay } from './weightDecay.ts';
