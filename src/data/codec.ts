/** Codecs that ask a condition of what they read. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';

/** A codec that also asks a condition of the value: undefined where it holds, else what was expected. */
export const refined = <A>(
  name: string,
  codec: t.Type<A, unknown>,
  condition: (value: A) => string | undefined,
): t.Type<A> =>
  new t.Type<A>(
    name,
    (value): value is A => codec.is(value) && condition(value) === undefined,
    (value, context) =>
      pipe(
        codec.validate(value, context),
        E.chain((decoded) => {
          const expected = condition(decoded);
          return expected === undefined ? t.success(decoded) : t.failure(value, context, expected);
        }),
      ),
    t.identity,
  );

/** A number that is neither NaN nor infinite. */
export const finite = refined('a finite number', t.number, (x) => (Number.isFinite(x) ? undefined : 'a finite number'));

/** A whole number of at least 0. */
export const count = refined('a whole number', t.number, (x) =>
  Number.isSafeInteger(x) && x >= 0 ? undefined : 'a whole number of at least 0',
);
