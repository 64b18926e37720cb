/**
 * Codecs of values that are one thing or another. Where io-ts' union tells what each of its members says of a wrong
 * value, these tell only what the one that was meant does.
 */
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

/** A value of a type, or none. */
export const orNone = <A, N>(none: t.Type<N>, type: t.Type<A, unknown>): t.Type<A | N, unknown> =>
  new t.Type(
    type.name,
    t.union([none, type]).is,
    (u, context) => (none.is(u) ? t.success(u) : type.validate(u, context)),
    t.identity,
  );

/** A codec chosen by the field `kind`, so that a failure is about the fields of that kind. */
export const byKind = <A>(noun: string, kinds: Readonly<Record<string, t.Decoder<unknown, A>>>): t.Type<A, unknown> => {
  const name = `${noun} of kind ${Object.keys(kinds).join(', ')}`;
  const of = (u: unknown): t.Decoder<unknown, A> | undefined =>
    typeof u === 'object' && u !== null && 'kind' in u && typeof u.kind === 'string' && Object.hasOwn(kinds, u.kind)
      ? kinds[u.kind]
      : undefined;
  return new t.Type(
    name,
    (u): u is A => {
      const codec = of(u);
      return codec !== undefined && E.isRight(codec.decode(u));
    },
    (u, context) => of(u)?.validate(u, context) ?? t.failure(u, context, name),
    t.identity,
  );
};
