/**
 * Networks and layers as JSON. A network is its layer's description, the shape of an example, and every leaf under its
 * path.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../scalar/closed.ts';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure, fromErrors, quote } from '../tensor/failure.ts';
import type { Json } from '../tensor/json.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { codec as tensorCodec } from '../tensor/tensor-codec.ts';
import { entries, type Form, type Of, showPath, traverse } from '../tensor/tree.ts';
import { exampleShape } from './config.ts';
import { type Registry, readLayer } from './kind.ts';
import type { AnyLayer, Declaration, Spec } from './layer.ts';
import { type Network, type SomeNetwork, someNetwork } from './network.ts';
import { type SomeLayer, someLayer } from './some.ts';

const dtypeCodec = t.union([t.literal('f32'), t.literal('f64')]);

const layerJson = closed('Layer', { input: exampleShape, layer: t.UnknownRecord });

const networkJson = closed('Network', {
  format: t.literal('nabla-ts/network'),
  version: t.literal(1),
  input: exampleShape,
  layer: t.UnknownRecord,
  dtype: dtypeCodec,
  parameters: t.record(t.string, t.unknown),
  state: t.record(t.string, t.unknown),
});

/**
 * A layer as JSON: the shape of an example, and the layer's description.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.encode(Layer.identity.at([3])) // => { input: [3], layer: { kind: 'identity' } }
 * ```
 */
export const encodeLayer = (layer: AnyLayer): Json => ({ input: layer.input, layer: layer.description });

const readAny =
  (registry: Registry) =>
  (json: { readonly input: Shape; readonly layer: unknown }): E.Either<Failure, AnyLayer> =>
    readLayer(registry)(json.layer, json.input, 'layer');

/**
 * Reads a layer. Fails on a kind that the registry does not have, on unknown fields, on hyperparameters that a
 * constructor refuses, and where shapes do not fit; the failure names the path of the layer.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * const read = Layer.decode(Layer.registry)({ input: [3], layer: { kind: 'softmax', axis: 1 } });
 * read // => { _tag: 'Left', left: { tag: 'codec', where: 'layer.axis', expected: 'no such field, the fields of softmax being kind', received: '1' } }
 * ```
 */
export const decodeLayer =
  (registry: Registry) =>
  (json: unknown): E.Either<Failure, SomeLayer> =>
    pipe(layerJson.decode(json), E.mapLeft(fromErrors('layer')), E.chain(readAny(registry)), E.map(someLayer));

/**
 * Every leaf as JSON, under its path.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * const { layer, params } = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
 * Object.keys(Network.encodeLeaves(layer.parameters, params)) // => ['weight', 'bias']
 * ```
 */
export const encodeLeaves = <F extends Form>(
  { tree }: Declaration<F>,
  of: Of<F, Tensor>,
): { readonly [path: string]: Json } =>
  Object.fromEntries(entries<F, Tensor>(tree, of).map(([path, x]) => [showPath(path), tensorCodec.encode(x)]));

/**
 * A record of leaves from JSON. Fails on a leaf that is missing or unknown, of another shape than declared or another
 * format than `dtype`; the failure names its path.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * const read = Network.decodeLeaves(Layer.dense(3, 2).parameters, 'f32', 'parameters')({});
 * read // => { _tag: 'Left', left: { tag: 'codec', where: 'parameters.weight', expected: 'a tensor', received: 'nothing' } }
 * ```
 */
export const decodeLeaves =
  <F extends Form>({ tree, specs }: Declaration<F>, dtype: Dtype, where: string) =>
  (json: Readonly<Record<string, unknown>>): E.Either<Failure, Of<F, Tensor>> => {
    const names = entries<F, Spec>(tree, specs).map(([path]) => showPath(path));
    const unknown = Object.keys(json).find((name) => !names.includes(name));
    if (unknown !== undefined)
      return E.left(
        failure('codec', `${where}.${unknown}`, `no such leaf, only ${names.join(', ')}`, quote(json[unknown])),
      );
    return traverse(
      tree,
      (spec: Spec, path): E.Either<Failure, Tensor> => {
        const name = showPath(path);
        const at = `${where}.${name}`;
        return pipe(
          Object.hasOwn(json, name) ? E.right(json[name]) : E.left(failure('codec', at, 'a tensor', 'nothing')),
          E.chain((leaf) => pipe(tensorCodec.decode(leaf), E.mapLeft(fromErrors(at)))),
          E.filterOrElse(
            (x) => equals(x.shape, spec.shape),
            (x) => failure('shape', at, show(spec.shape), show(x.shape)),
          ),
          E.filterOrElse(
            (x) => x.dtype === dtype,
            (x) => failure('codec', at, `a tensor in ${dtype}`, x.dtype),
          ),
        );
      },
      specs,
    );
  };

/**
 * A network as JSON, its tensors as base64 of their little-endian bytes.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const network = Network.init(Layer.dense(3, 2), Key.fromSeed(1));
 * E.isRight(Network.decode(Layer.registry)(Network.encode(network))) // => true
 * ```
 */
export const encode = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  layer,
  dtype,
  params,
  state,
}: Network<In, Out, P, S>): Json => ({
  format: 'nabla-ts/network',
  version: 1,
  input: layer.input,
  layer: layer.description,
  dtype,
  parameters: encodeLeaves(layer.parameters, params),
  state: encodeLeaves(layer.state, state),
});

/** The network of a layer whose type is not known; the type parameters keep layer and leaves together. */
const readNetwork = <P extends Form, S extends Form>(
  layer: Network<Shape, Shape, P, S>['layer'],
  json: t.TypeOf<typeof networkJson>,
): E.Either<Failure, SomeNetwork> =>
  pipe(
    decodeLeaves(layer.parameters, json.dtype, 'parameters')(json.parameters),
    E.chain((params) =>
      pipe(
        decodeLeaves(layer.state, json.dtype, 'state')(json.state),
        E.map((state) => someNetwork(Object.freeze({ layer, dtype: json.dtype, params, state }))),
      ),
    ),
  );

/**
 * Reads a network. Fails as {@link decodeLayer} does, and on a leaf that is missing, unknown, or of another shape or
 * format than the layer declares; the failure names its path.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * Network.decode(Layer.registry)({ format: 'another' })._tag // => 'Left'
 * ```
 */
export const decode =
  (registry: Registry) =>
  (json: unknown): E.Either<Failure, SomeNetwork> =>
    pipe(
      networkJson.decode(json),
      E.mapLeft(fromErrors('network')),
      E.chain((read) =>
        pipe(
          readAny(registry)(read),
          E.chain((layer) => readNetwork(layer, read)),
        ),
      ),
    );
