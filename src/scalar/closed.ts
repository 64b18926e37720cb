/** A record that has the fields it is declared with and no others. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';

const unknownFields = (fields: readonly string[], u: object): ReadonlyArray<readonly [string, unknown]> =>
  Object.entries(u).filter(([key]) => !fields.includes(key));

/** Like `t.type`, and refuses unknown fields instead of ignoring them: a misspelt field must not pass for a default. */
export const closed = <P extends t.Props>(name: string, props: P): t.Type<t.TypeOfProps<P>, t.OutputOfProps<P>> => {
  const open = t.type(props, name);
  const fields = Object.keys(props);
  return new t.Type(
    name,
    (u): u is t.TypeOfProps<P> => open.is(u) && unknownFields(fields, u).length === 0,
    (u, context) =>
      pipe(
        open.validate(u, context),
        E.chain((a) => {
          const [first] = unknownFields(fields, a);
          if (first === undefined) return t.success(a);
          const [key, value] = first;
          return t.failure(
            value,
            t.appendContext(context, key, t.never),
            `no such field, the fields of ${name} being ${fields.join(', ')}`,
          );
        }),
      ),
    open.encode,
  );
};
