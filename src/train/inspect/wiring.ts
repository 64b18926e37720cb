/** What each layer of a network was given: what a watcher is not told, but the composition says. */
import type { AnyLayer, Child } from '../../layer/layer.ts';
import { type Path, showPath } from '../../tensor/tree.ts';

/** A layer and where it stands. */
export interface Placed {
  readonly path: Path;
  readonly layer: AnyLayer;
}

/** All layers, those inside a composition before it. */
export const layersOf = (layer: AnyLayer, path: Path = []): readonly Placed[] => [
  ...layer.children.flatMap((child) => layersOf(child.layer, [...path, ...child.path])),
  { path, layer },
];

/** What the children of a composition are given; nothing is known of how one's own composition is wired. */
const given = <T>(
  { description, children }: AnyLayer,
  x: T,
  outputOf: (child: Child) => T | undefined,
): readonly (T | undefined)[] => {
  switch (description.kind) {
    case 'sequential':
      // What the last one gives is given to none.
      return [x, ...children.map(outputOf)];
    case 'parallel':
    case 'residual':
      return children.map(() => x);
    default:
      return [];
  }
};

/** The inputs of layers by path, as far as they are known, from the outputs by path and the network's own input. */
export const inputsOf = <T>(
  layer: AnyLayer,
  x: T,
  outputs: ReadonlyMap<string, T>,
  path: Path = [],
): ReadonlyArray<readonly [string, T]> => {
  const at = (child: Child): Path => [...path, ...child.path];
  const inputs = given(layer, x, (child) => outputs.get(showPath(at(child))));
  return [
    [showPath(path), x],
    ...layer.children.flatMap((child, i) => {
      const own = inputs[i];
      return own === undefined ? [] : inputsOf(child.layer, own, outputs, at(child));
    }),
  ];
};
