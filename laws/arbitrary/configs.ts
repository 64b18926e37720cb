/** Random configurations: descriptions, as a file has them, that decode. */
import type * as fc from 'fast-check';
import { encodeLayer } from '../../src/layer/network-codec.ts';
import type { Json } from '../../src/tensor/json.ts';
import { type Description, optimizers, schedules } from '../optimizer/configs.ts';
import { layers } from './layers.ts';

/**
 * Layers as JSON, with the shape that comes to them; they decode by `Layer.decode(Layer.registry)`.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Layer } from 'nabla-ts';
 * import { layerConfigs } from 'nabla-ts/laws';
 * const decode = Layer.decode(Layer.registry);
 * fc.sample(layerConfigs, { seed: 1, numRuns: 20 }).every((json) => decode(json)._tag === 'Right') // => true
 * ```
 */
export const layerConfigs: fc.Arbitrary<Json> = layers.map(encodeLayer);

/**
 * Optimizers as JSON: rules, under transforms or not; they decode by `Optimizer.decode`.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Optimizer } from 'nabla-ts';
 * import { optimizerConfigs } from 'nabla-ts/laws';
 * const decode = Optimizer.decode(Optimizer.registry);
 * fc.sample(optimizerConfigs, { seed: 1, numRuns: 20 }).every((json) => decode(json)._tag === 'Right') // => true
 * ```
 */
export const optimizerConfigs: fc.Arbitrary<Description> = optimizers;

/**
 * Schedules as JSON, such as stand in the place of a learning rate.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { scheduleConfigs } from 'nabla-ts/laws';
 * fc.sample(scheduleConfigs, { seed: 1, numRuns: 3 }).every(({ kind }) => kind !== '') // => true
 * ```
 */
export const scheduleConfigs: fc.Arbitrary<Description> = schedules;
