/** Random networks of bounded size, and what stands in them. */
import * as fc from 'fast-check';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { init, type SomeNetwork, someNetwork } from '../../src/layer/network.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import type { Key } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Form, Of, Tree } from '../../src/tensor/tree.ts';
import { keys } from './keys.ts';
import { layers } from './layers.ts';
import { dtypes, tensorsOf } from './tensors.ts';

/**
 * A layer as a network, with parameters drawn from a key.
 *
 * @example
 * ```ts
 * import { Key, Layer } from 'nabla-ts';
 * import { networkOf } from 'nabla-ts/laws';
 * networkOf(Layer.dense(3, 2), Key.fromSeed(1), 'f32').use(({ layer }) => layer.output) // => [2]
 * ```
 */
export const networkOf = (layer: AnyLayer, key: Key, dtype: Dtype): SomeNetwork =>
  someNetwork(init<Shape, Shape, Form, Form>(layer, key, dtype));

/**
 * Networks of random layers in either format, of at most some hundred parameters; they shrink to one layer at shape [1].
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { networks } from 'nabla-ts/laws';
 * fc.sample(networks, { seed: 1, numRuns: 3 }).length // => 3
 * ```
 */
export const networks: fc.Arbitrary<SomeNetwork> = fc
  .record({ layer: layers, dtype: dtypes, key: keys })
  .map(({ layer, dtype, key }) => networkOf(layer, key, dtype));

/** A record of some form, and its tree. */
export interface SomeParameters {
  readonly use: <R>(k: <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>) => R) => R;
}

/**
 * Parameter records of random networks: nested, with leaves of any shape, some without a leaf.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Tree } from 'nabla-ts';
 * import { parameterTrees } from 'nabla-ts/laws';
 * const [some] = fc.sample(parameterTrees, { seed: 2, numRuns: 1 });
 * some?.use((tree, of) => Tree.map(tree, (x) => x, of) === undefined) // => false
 * ```
 */
export const parameterTrees: fc.Arbitrary<SomeParameters> = networks.map((network) => ({
  use: (k) => network.use(({ layer, params }) => k(layer.parameters.tree, params)),
}));

/**
 * Batches of one to some examples of a shape, of numbers that an arbitrary draws: inputs, or gradients of outputs.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { batches, smallIntegers } from 'nabla-ts/laws';
 * fc.sample(batches('f32', [3], smallIntegers), { seed: 1, numRuns: 9 }).every((x) => x.shape[1] === 3) // => true
 * ```
 */
export const batches = (
  dtype: Dtype,
  example: Shape,
  numbers: fc.Arbitrary<number>,
  maximum = 5,
): fc.Arbitrary<Tensor> =>
  fc.integer({ min: 1, max: maximum }).chain((rows) => tensorsOf(dtype, [rows, ...example], numbers));
