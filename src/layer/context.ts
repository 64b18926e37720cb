/** What a layer is told beside its input, as it passes from a layer to those inside it. */
import type { Random } from '../ops/random.ts';
import type { Path } from '../tensor/tree.ts';
import type { AnyLayer, Context } from './layer.ts';

const ignore = (): void => {};

/**
 * The context of a layer inside another.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.inside(Layer.inference(), ['0']).path // => ['0']
 * ```
 */
export const inside = <T>(context: Context<T>, path: Path): Context<T> => ({
  ...context,
  path: [...context.path, ...path],
});

/**
 * The context of what comes after a layer: it draws from the sites that follow.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.after(Layer.inference(), Layer.dropout(0.5).at([3])).training // => false
 * ```
 */
export const after = <T>(context: Context<T>, layer: Pick<AnyLayer, 'sites'>): Context<T> => ({
  ...context,
  random: context.random.skip(layer.sites),
});

/**
 * The context of a training step, at the root of a network: draws come from `random`, sightings go to `watch`.
 *
 * @example
 * ```ts
 * import { Key, Layer, Ops } from 'nabla-ts';
 * Layer.training(Ops.random('f32', Key.fromSeed(1))).training // => true
 * ```
 */
export const training = <T>(random: Random<T>, watch: Context<T>['watch'] = ignore): Context<T> => ({
  training: true,
  random,
  path: [],
  watch,
});

/**
 * The context of a random forward pass of a network as it is, at its root: what drops or disturbs in training does so, and
 * batch norm uses its running statistics. `Network.samples` is made of such passes.
 *
 * @example
 * ```ts
 * import { Key, Layer, Ops } from 'nabla-ts';
 * Layer.sampling(Ops.random('f32', Key.fromSeed(1))).settled // => true
 * ```
 */
export const sampling = <T>(random: Random<T>): Context<T> => ({ ...training(random), settled: true });

const refuse = (): never => {
  throw new Error('a layer drew random numbers outside training');
};
const noRandom: Random<never> = Object.freeze({ skip: () => noRandom, bernoulli: refuse, normal: refuse });

/**
 * The context of inference, at the root of a network: nothing is dropped, and drawing throws.
 *
 * @example
 * ```ts
 * import { Layer, Ops, Tensor } from 'nabla-ts';
 * const x = Tensor.full('f32', [1, 2], 3);
 * const run = Layer.dropout(0.5).at([2]).forward(Ops.reference('f32'), {}, {}, x, Layer.inference());
 * Tensor.toArray(run.y) // => [3, 3]
 * ```
 */
export const inference = <T>(watch: Context<T>['watch'] = ignore): Context<T> => ({
  training: false,
  random: noRandom,
  path: [],
  watch,
});
