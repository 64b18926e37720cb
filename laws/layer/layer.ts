/** The laws that every layer obeys, for anybody's layers. */
import type * as fc from 'fast-check';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { registry as ours } from '../../src/layer/registry.ts';
import { type LawSet, lawSet } from '../law.ts';
import { forwardLaws, type LayerLawOptions } from './forward.ts';
import { pullbackLaws } from './pullback.ts';

/**
 * The laws of random layers: shapes, rows, determinism, codec; and the pullback against differences and dual numbers, its
 * exact homogeneity, its additivity. Options: how many samples a law draws (30), the registry that the layers decode by
 * (this library's), and whether rows are independent in training too (yes).
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Layer } from 'nabla-ts';
 * import { check, layerLaws } from 'nabla-ts/laws';
 * const laws = layerLaws('dense', fc.constant(Layer.dense(2, 3)), { runs: 2 });
 * check(laws).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const layerLaws = (
  name: string,
  layers: fc.Arbitrary<AnyLayer>,
  { runs = 30, registry = ours, rowwise = true }: Partial<LayerLawOptions> = {},
): LawSet =>
  lawSet(name, [...forwardLaws(name, layers, { runs, registry, rowwise }), ...pullbackLaws(name, layers, runs)]);
