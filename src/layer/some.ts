/**
 * Layers whose types are known only at run time. What is done with one is written for every type of parameters, so it
 * cannot give the layer parameters that are not its own.
 */
import type { Shape } from '../tensor/shape.ts';
import type { Form } from '../tensor/tree.ts';
import type { AnyLayer, Layer } from './layer.ts';

/** A layer of some type of parameters and state. */
export interface SomeLayer {
  readonly use: <R>(k: <P extends Form, S extends Form>(layer: Layer<Shape, Shape, P, S>) => R) => R;
}

/**
 * Hides what is not known of a layer behind `use`.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.someLayer(Layer.dense(3, 2)).use((layer) => layer.output) // => [2]
 * ```
 */
export const someLayer = (layer: AnyLayer): SomeLayer => ({ use: (k) => k(layer) });
