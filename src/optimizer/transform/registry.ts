/** The kinds of transforms that this project has. */
import type { Registry } from '../kind.ts';
import { accumulateKind } from './accumulate.ts';
import { exponentialMovingAverageKind, stochasticWeightAveragingKind } from './average.ts';
import { clipByGlobalNormKind, clipByNormKind, clipByValueKind } from './clip.ts';
import { maxNormKind } from './maxNorm.ts';
import { scaleRatesKind } from './scaleRates.ts';
import { weightDecayKind } from './weightDecay.ts';

/**
 * The kinds of transforms that a description may name, unless told. Spread it to add one's own.
 *
 * @example
 * ```ts
 * import { Transform } from 'nabla-ts';
 * Object.keys(Transform.registry).includes('clipByNorm') // => true
 * ```
 */
export const transforms: Registry['transforms'] = Object.freeze({
  clipByValue: clipByValueKind,
  clipByNorm: clipByNormKind,
  clipByGlobalNorm: clipByGlobalNormKind,
  maxNorm: maxNormKind,
  weightDecay: weightDecayKind,
  accumulate: accumulateKind,
  exponentialMovingAverage: exponentialMovingAverageKind,
  stochasticWeightAveraging: stochasticWeightAveragingKind,
  scaleRates: scaleRatesKind,
});
