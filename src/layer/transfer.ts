/**
 * Functions over parameter records by path: which parameters learn and how fast, and taking over part of another network.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { entries, type Form, map, type Of, type Path, showPath, type Tree, traverse } from '../tensor/tree.ts';
import type { Declaration, Spec } from './layer.ts';
import type { Network } from './network.ts';

/**
 * Whether a path lies at or under another. The empty path is above all.
 *
 * @example
 * ```ts
 * import { Network } from 'nabla-ts';
 * Network.isUnder(['0'])(['0', 'weight']) // => true
 * ```
 */
export const isUnder =
  (prefix: Path) =>
  (path: Path): boolean =>
    prefix.every((step, i) => step === path[i]);

/**
 * A path from its text, the empty text being the root.
 *
 * @example
 * ```ts
 * import { Network } from 'nabla-ts';
 * Network.parsePath('0.weight') // => ['0', 'weight']
 * ```
 */
export const parsePath = (text: string): Path => (text === '' ? [] : text.split('.'));

/**
 * A number for each parameter, from a function of its path: 0 freezes it, 1 leaves it, another scales its learning rate.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * const layer = Layer.dense(3, 2);
 * Network.rates(layer, (path) => (path.includes('bias') ? 2 : 1)) // => { weight: 1, bias: 2 }
 * ```
 */
export const rates = <P extends Form>(
  layer: { readonly parameters: Declaration<P> },
  rate: (path: Path, spec: Spec) => number,
): Of<P, number> => map(layer.parameters.tree, (spec: Spec, path) => rate(path, spec), layer.parameters.specs);

const without = (paths: readonly Path[], prefixes: readonly string[]): Failure | undefined => {
  const lost = prefixes.find((prefix) => !paths.some(isUnder(parsePath(prefix))));
  return lost === undefined
    ? undefined
    : failure('config', `path "${lost}"`, `a path of the network: ${paths.map(showPath).join(', ')}`, lost);
};

/**
 * A rate for the parameters under each of some paths, and 1 for the others; where paths nest, the longer one counts.
 * Fails at a path under which there is no parameter.
 *
 * @example
 * ```ts
 * import { Activation, Layer, Network } from 'nabla-ts';
 * const layer = Layer.sequential(Layer.dense(3, 4), Activation.relu, Layer.dense(4, 2));
 * Network.ratesByPath(layer, { 0: 0, '2.bias': 2 })
 * // => { _tag: 'Right', right: [{ weight: 0, bias: 0 }, {}, { weight: 1, bias: 2 }] }
 * ```
 */
export const ratesByPath = <P extends Form>(
  layer: { readonly parameters: Declaration<P> },
  byPath: Readonly<Record<string, number>>,
): E.Either<Failure, Of<P, number>> => {
  const { tree, specs } = layer.parameters;
  const rules = Object.entries(byPath);
  const lost = without(
    entries<P, Spec>(tree, specs).map(([path]) => path),
    rules.map(([path]) => path),
  );
  const nearest = rules.map(([path, rate]) => [parsePath(path), rate] as const).sort(([a], [b]) => b.length - a.length);
  return lost === undefined
    ? E.right(rates(layer, (path) => nearest.find(([prefix]) => isUnder(prefix)(path))?.[1] ?? 1))
    : E.left(lost);
};

/**
 * Rates that freeze the parameters under some paths: 0 for them, 1 for the others. Fails at a path under which there is
 * no parameter.
 *
 * @example
 * ```ts
 * import { Activation, Layer, Network } from 'nabla-ts';
 * const layer = Layer.sequential(Layer.dense(3, 4), Activation.relu, Layer.dense(4, 2));
 * Network.freeze(layer, ['0'])
 * // => { _tag: 'Right', right: [{ weight: 0, bias: 0 }, {}, { weight: 1, bias: 1 }] }
 * ```
 */
export const freeze = <P extends Form>(
  layer: { readonly parameters: Declaration<P> },
  paths: readonly string[],
): E.Either<Failure, Of<P, number>> => ratesByPath(layer, Object.fromEntries(paths.map((path) => [path, 0])));

/** What is taken over: everything under `from` in the source comes to stand under `to` in the target. */
export interface Part {
  readonly from: string;
  readonly to: string;
}

const replaced = <F extends Form>(
  tree: Tree<F>,
  target: Of<F, Tensor>,
  source: ReadonlyMap<string, Tensor>,
  { from, to }: Part,
  what: string,
): E.Either<Failure, Of<F, Tensor>> => {
  const root = parsePath(to);
  return traverse(
    tree,
    (own: Tensor, path): E.Either<Failure, Tensor> => {
      if (!isUnder(root)(path)) return E.right(own);
      const place = showPath([...parsePath(from), ...path.slice(root.length)]);
      const found = source.get(place);
      const where = `${what} ${showPath(path)}`;
      return found === undefined
        ? E.left(failure('config', where, `a leaf of the source at ${place}`, 'none'))
        : !equals(found.shape, own.shape)
          ? E.left(failure('shape', where, show(own.shape), `${show(found.shape)} at ${place} of the source`))
          : found.dtype !== own.dtype
            ? E.left(failure('config', where, `a tensor in ${own.dtype}`, `${found.dtype} at ${place} of the source`))
            : E.right(found);
    },
    target,
  );
};

const named = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): ReadonlyMap<string, Tensor> =>
  new Map(entries<F, Tensor>(tree, of).map(([path, x]) => [showPath(path), x]));

/**
 * A network with part of another in it (transfer learning): the parameters and state under `part.to` become those
 * under `part.from` of the source. The layers themselves may differ. Fails where the target has nothing under `to`, where
 * the source lacks a leaf, and where one has another shape or format; the failure names its path.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * const trained = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 2)), Key.fromSeed(1));
 * const fresh = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 7)), Key.fromSeed(2));
 * Network.load(trained, { from: '0', to: '0' })(fresh)._tag // => 'Right'
 * Network.load(trained, { from: '1', to: '1' })(fresh)._tag // => 'Left'
 * ```
 */
export const load =
  <A extends Shape, B extends Shape, Q extends Form, R extends Form>(source: Network<A, B, Q, R>, part: Part) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    target: Network<In, Out, P, S>,
  ): E.Either<Failure, Network<In, Out, P, S>> => {
    const { parameters, state } = target.layer;
    const lost = without(
      entries<P, Spec>(parameters.tree, parameters.specs).map(([path]) => path),
      [part.to],
    );
    return lost !== undefined
      ? E.left(lost)
      : pipe(
          replaced(
            parameters.tree,
            target.params,
            named(source.layer.parameters.tree, source.params),
            part,
            'parameter',
          ),
          E.chain((params) =>
            pipe(
              replaced(state.tree, target.state, named(source.layer.state.tree, source.state), part, 'state'),
              E.map((next) => Object.freeze({ ...target, params, state: next })),
            ),
          ),
        );
  };
