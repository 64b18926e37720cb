/**
 * How layers are read from JSON. A registry says which kinds there are; it is an argument, so that a user's own layers
 * decode as ours do. A description is read at the shape that comes to the layer, so a shape stands in a file once.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import { decodeAs } from './config.ts';
import type { AnyLayer, Part } from './layer.ts';

/** What a kind is given to read a layer from. */
export interface Encoded {
  readonly description: unknown;
  /** The shape that comes to the layer. */
  readonly input: Shape;
  /** Where the description stands, for failures. */
  readonly where: string;
  /** Reads a layer inside this one, at the shape that comes to it and where it stands. */
  readonly child: (description: unknown, input: Shape, where: string) => E.Either<Failure, AnyLayer>;
}

/** How layers of one kind are read. */
export type Kind = (encoded: Encoded) => E.Either<Failure, Part>;

/** The kinds that a file may name. Add one's own: `{ ...Layer.registry, mine: Layer.kind('mine', …) }`. */
export type Registry = Readonly<Record<string, Kind>>;

/**
 * A kind without layers inside: the codec of each field, and the constructor. Unknown fields are refused.
 *
 * @example
 * ```ts
 * import * as t from 'io-ts';
 * import { Activation, Layer } from 'nabla-ts';
 * const steep = Layer.kind('steep', { by: t.number }, ({ by }) => Activation.leakyRelu(by));
 * Layer.decode({ steep })({ input: [3], layer: { kind: 'steep', by: 2 } })._tag // => 'Right'
 * ```
 */
export const kind =
  <P extends t.Props>(name: string, props: P, build: (fields: t.TypeOfProps<P>) => Part): Kind =>
  ({ description, where }) =>
    pipe(
      description,
      decodeAs(closed<P & { kind: t.Type<string> }>(name, { ...props, kind: t.literal(name) }), where),
      E.map(build),
    );

const named = t.type({ kind: t.string });

/** A part at the shape that comes to it; fails where it takes another. */
const settle = (part: Part, input: Shape, where: string): E.Either<Failure, AnyLayer> =>
  pipe(
    // A layer may not exist at every shape; its constructor throws there, and here the shape is data.
    E.tryCatch(
      () => ('at' in part ? part.at(input) : part),
      (thrown) => failure('shape', where, `a layer that takes ${show(input)}`, E.toError(thrown).message),
    ),
    E.filterOrElse(
      (layer) => equals(layer.input, input),
      (layer) =>
        failure(
          'shape',
          where,
          `a layer that takes ${show(input)}`,
          `${layer.description.kind}, which takes ${show(layer.input)}`,
        ),
    ),
  );

/** Reads a layer of any of the registry's kinds at the shape that comes to it. Fails on another kind, on unknown fields,
 * on hyperparameters that a constructor refuses, and where shapes do not fit. */
export const readLayer =
  (registry: Registry) =>
  (description: unknown, input: Shape, where: string): E.Either<Failure, AnyLayer> => {
    if (!named.is(description))
      return E.left(failure('codec', where, 'a layer: an object with a kind', quote(description)));
    const read = Object.hasOwn(registry, description.kind) ? registry[description.kind] : undefined;
    return read === undefined
      ? E.left(failure('codec', `${where}.kind`, `one of ${Object.keys(registry).join(', ')}`, quote(description.kind)))
      : pipe(
          E.tryCatch(
            () => read({ description, input, where, child: readLayer(registry) }),
            (thrown) => failure('config', where, `hyperparameters of a ${description.kind}`, E.toError(thrown).message),
          ),
          E.flatten,
          E.chain((part) => settle(part, input, where)),
        );
  };
