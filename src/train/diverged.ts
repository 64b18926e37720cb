/**
 * Where a run left the finite numbers. A step that did is made again with a watcher, which costs nothing to the steps
 * that did not; the first thing seen that is not finite names the layer in which it began.
 */
import type { AnyLayer, Context, Sighting } from '../layer/layer.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Path } from '../tensor/tree.ts';

/** The first element that is not finite. */
export const firstNotFinite = ({ data }: Tensor): number | undefined => {
  for (let i = 0; i < data.length; i++) {
    const x = data[i] ?? Number.NaN;
    // x − x is 0 for every finite number and NaN for the others.
    if (x - x !== 0) return x;
  }
  return undefined;
};

/** The first of named tensors that is not finite, with the element. */
export const notFiniteLeaf = (
  entries: ReadonlyArray<readonly [Path, Tensor]>,
): { readonly path: Path; readonly value: number } | undefined => {
  for (const [path, tensor] of entries) {
    const value = firstNotFinite(tensor);
    if (value !== undefined) return { path, value };
  }
  return undefined;
};

const within = (path: Path, leaf: Path): boolean => path.every((name, i) => leaf[i] === name);

/** The kind of the layer at a path. */
const kindAt = (layer: AnyLayer, path: Path): string | undefined => {
  if (path.length === 0) return layer.description.kind;
  const child = layer.children.find((inner) => within(inner.path, path));
  return child === undefined ? undefined : kindAt(child.layer, path.slice(child.path.length));
};

/** A layer as a failure names it. */
const nameOf = (layer: AnyLayer, path: Path): string => {
  const kind = kindAt(layer, path);
  return `${path.length === 0 ? 'the network' : `layer ${path.join('.')}`}${kind === undefined ? '' : ` (${kind})`}`;
};

/** What a watcher saw, reduced to what matters: the value where it is not finite. */
interface Seen {
  readonly path: Path;
  readonly kind: Sighting<Tensor>['kind'];
  readonly value: number | undefined;
}

/** What a computation shows its watcher, in order. */
export const sightings = (compute: (watch: Context<Tensor>['watch']) => void): readonly Seen[] => {
  const seen: Seen[] = [];
  compute(({ path, kind, value }) => void seen.push({ path, kind, value: firstNotFinite(value) }));
  return seen;
};

/**
 * The layer in whose pullback the gradient left the finite numbers. A gradient that comes back to a layer's output was
 * made by the layer after it, the one whose own gradient was seen just before; a parameter's gradient was made by the
 * innermost layer that holds the parameter. Backward, the first of these is where it began; before all of them is the loss.
 */
const gradientOrigin = (seen: readonly Seen[], leaves: readonly Path[]): Path | undefined => {
  const back = seen.filter(({ kind }) => kind === 'gradient');
  const broken = back.findIndex(({ value }) => value !== undefined);
  // A gradient comes to a layer before it comes to those within: of the layers that hold a leaf the innermost is the last.
  const holders = leaves.map((leaf) => back.findLastIndex(({ path }) => within(path, leaf)));
  return back[Math.min(...holders, ...(broken === -1 ? [] : [broken - 1]))]?.path;
};

/** What a step came to that is not finite. */
export interface Outcome {
  readonly where: string;
  readonly layer: AnyLayer;
  readonly seen: readonly Seen[];
  readonly loss: number;
  readonly penalty: number;
  readonly lossKind: string;
  readonly gradient: ReadonlyArray<readonly [Path, Tensor]>;
}

/** The failure that says where it began. */
export const diverged = ({ where, layer, seen, loss, penalty, lossKind, gradient }: Outcome): Failure => {
  const output = seen.find(({ kind, value }) => kind === 'output' && value !== undefined);
  if (output !== undefined)
    return failure('diverged', `${where}, ${nameOf(layer, output.path)}`, 'a finite output', `${output.value}`);
  if (!Number.isFinite(loss))
    return failure('diverged', `${where}, the loss (${lossKind})`, 'a finite loss', `${loss}`);
  if (!Number.isFinite(penalty)) return failure('diverged', `${where}, the penalty`, 'a finite penalty', `${penalty}`);
  const leaves = gradient.filter(([, x]) => firstNotFinite(x) !== undefined);
  const first = seen.find(({ kind, value }) => kind === 'gradient' && value !== undefined);
  const origin = gradientOrigin(
    seen,
    leaves.map(([path]) => path),
  );
  return failure(
    'diverged',
    `${where}, ${origin === undefined ? `the loss (${lossKind})` : nameOf(layer, origin)}`,
    'a finite gradient',
    `${first?.value ?? notFiniteLeaf(leaves)?.value}`,
  );
};
