/**
 * How losses and penalties are read from JSON. A registry says which kinds there are; it is an argument, so that a
 * user's own decode as ours do.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decodeAs } from '../layer/config.ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, failure, quote } from '../tensor/failure.ts';

/** What a kind is given to read a value from. */
export interface Encoded<A> {
  readonly description: unknown;
  /** Where the description stands, for failures. */
  readonly where: string;
  /** Reads a value inside this one, by the same registry. */
  readonly child: (description: unknown, where: string) => E.Either<Failure, A>;
}

/** How values of one kind are read. */
export type Kind<A> = (encoded: Encoded<A>) => E.Either<Failure, A>;

/** The kinds that a file may name. */
export type Registry<A> = Readonly<Record<string, Kind<A>>>;

/**
 * A kind by its name, the codec of each of its fields and its constructor. Unknown fields are refused.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as t from 'io-ts';
 * import { Loss } from 'nabla-ts';
 * const mine = Loss.kind('mine', { delta: t.number }, ({ delta }) => E.right(Loss.huber({ delta })));
 * Loss.decode({ ...Loss.registry, mine })({ kind: 'mine', delta: 2 })._tag // => 'Right'
 * ```
 */
export const kind =
  <P extends t.Props, A>(
    name: string,
    fields: P,
    build: (fields: t.TypeOfProps<P>, encoded: Encoded<A>) => E.Either<Failure, A>,
  ): Kind<A> =>
  (encoded) =>
    pipe(
      encoded.description,
      decodeAs(closed<P & { kind: t.Type<string> }>(name, { ...fields, kind: t.literal(name) }), encoded.where),
      E.chain((decoded) => build(decoded, encoded)),
    );

const named = t.type({ kind: t.string });

/** Reads a value of any kind of a registry; `what` names such values in failures. */
export const read = <A>(what: string, registry: Registry<A>) => {
  const child = (description: unknown, where: string): E.Either<Failure, A> => {
    if (!named.is(description))
      return E.left(failure('codec', where, `a ${what}: an object with a kind`, quote(description)));
    const found = Object.hasOwn(registry, description.kind) ? registry[description.kind] : undefined;
    return found === undefined
      ? E.left(failure('codec', `${where}.kind`, `one of ${Object.keys(registry).join(', ')}`, quote(description.kind)))
      : found({ description, where, child });
  };
  return child;
};
