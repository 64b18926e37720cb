/** What the layers of the zoo are made with, and the laws that the author of one would call. */
import { Layer, type Ops, type Shape } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import { type LayerOptions, layer as lawsOfLayer } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';

/** Any layer of a fixed shape. */
export type Any = Extract<Layer.Part, { readonly input: Shape.Shape }>;

/** The laws of a layer that has no hyperparameters, which decodes by its own kind. */
export const lawsOf = (layer: Any, options: LayerOptions = {}): LawSet => {
  const { kind } = layer.description;
  return lawsOfLayer(layer, { registry: { ...Layer.registry, [kind]: Layer.kind(kind, {}, () => layer) }, ...options });
};

/** An entry of the zoo. */
export const broken = (name: string, fault: string, law: string, layer: Any, options: LayerOptions = {}): Broken => ({
  name,
  fault,
  law,
  laws: lawsOf(layer, { name, ...options }),
});

/** What a layer without parameters does: the output, and the way back. */
export type Body = <T>(
  ops: Ops.Ops<T>,
  x: T,
  context: Layer.Context<T>,
) => { readonly y: T; readonly back: (dy: T) => T };

/** A layer without parameters that keeps its shape. */
export const keeping = (kind: string, shape: Shape.Shape, body: Body, sites = 0): Any => ({
  ...Layer.plain,
  input: shape,
  output: shape,
  sites,
  description: { kind },
  parameters: Layer.none,
  forward: (ops, _params, _state, x, context) => {
    const { y, back } = body(ops, x, context);
    return { y, state: Layer.noValues, pullback: (dy) => ({ dParams: Layer.noValues, dx: back(dy) }) };
  },
});
