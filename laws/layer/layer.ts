/** The laws of layers as they were first published: `laws.layer` under a name. */
import type * as fc from 'fast-check';
import type { Registry } from '../../src/layer/kind.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import type { LawSet } from '../law.ts';
import { layer } from '../pack/layer.ts';

/** What is known of the layers that laws are about. */
export interface LayerLawOptions {
  readonly runs: number;
  /** The kinds that they decode by. */
  readonly registry: Registry;
  /** Whether rows are independent in training too; where they are not (batch norm), only inference is asked. */
  readonly rowwise: boolean;
}

/**
 * The laws of random layers, under a name; see `laws.layer`, which says more.
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
  { rowwise = true, ...options }: Partial<LayerLawOptions> = {},
): LawSet =>
  layer(layers, {
    name,
    ...options,
    ...(rowwise ? {} : { except: { 'rows do not depend on those that follow': 'rows share statistics in training' } }),
  });
