/**
 * What hyperparameters may be. They are plain data: one codec a field serves the constructor, which throws where a
 * program is wrong, and the decoder, which fails where a file is. Unknown fields are refused.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { numberThat } from '../layer/config.ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, failure, fromErrors, show } from '../tensor/failure.ts';

export const notNegative = numberThat('a finite number of at least 0', (x) => Number.isFinite(x) && x >= 0);
export const positive = numberThat('a finite number above 0', (x) => Number.isFinite(x) && x > 0);
/** How much of an old value is kept. */
export const retention = numberThat('a number in [0, 1)', (x) => x >= 0 && x < 1);
export const fraction = numberThat('a number in [0, 1]', (x) => x >= 0 && x <= 1);
export const betweenZeroAndOne = numberThat('a number in (0, 1)', (x) => x > 0 && x < 1);
export const positiveFraction = numberThat('a number in (0, 1]', (x) => x > 0 && x <= 1);
export const atLeastOne = numberThat('a finite number of at least 1', (x) => Number.isFinite(x) && x >= 1);
export const atLeastFour = numberThat('a finite number of at least 4', (x) => Number.isFinite(x) && x >= 4);
export const count = numberThat('a whole number of at least 1', (x) => Number.isSafeInteger(x) && x >= 1);
export const countFromZero = numberThat('a whole number of at least 0', (x) => Number.isSafeInteger(x) && x >= 0);
/** What keeps a quotient finite: at least the smallest normal f32, or it would round to 0 there and leave 0 ÷ 0. */
export const epsilon = numberThat('a finite number of at least 2^-126', (x) => Number.isFinite(x) && x >= 2 ** -126);
/** One of several words. */
export const oneOf = <const W extends string>(...words: readonly W[]): t.Type<W> => {
  const name = `one of ${words.map((w) => `"${w}"`).join(', ')}`;
  const is = (u: unknown): u is W => words.some((w) => w === u);
  return new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, name)), t.identity);
};

/** A codec of an array that is never empty. */
export const listOf = <A>(of: t.Type<A, unknown>): t.Type<readonly A[], unknown> => {
  const list = t.readonlyArray(of);
  const name = `a list, not empty, of: ${of.name}`;
  return new t.Type(
    name,
    (u): u is readonly A[] => list.is(u) && u.length > 0,
    (u, context) => (Array.isArray(u) && u.length > 0 ? list.validate(u, context) : t.failure(u, context, name)),
    list.encode,
  );
};

/** A codec that also asks for what no field says alone. */
export const such = <A, O>(of: t.Type<A, O>, name: string, test: (a: A) => boolean): t.Type<A, O> =>
  new t.Type(
    name,
    (u): u is A => of.is(u) && test(u),
    (u, context) =>
      pipe(
        of.validate(u, context),
        E.chain((a) => (test(a) ? t.success(a) : t.failure(u, context, name))),
      ),
    of.encode,
  );

/** The hyperparameters of a kind: a codec of all its fields, and those that may be left out. */
export interface Fields<C extends object> {
  readonly kind: string;
  readonly codec: t.Type<C, unknown>;
  readonly defaults: Partial<C>;
}

/** The hyperparameters of a kind: the codec of each field, those that may be left out, and what the fields must satisfy
 * together. */
export const fieldsOf =
  <C extends object>() =>
  <D extends Partial<C>>(
    kind: string,
    props: { readonly [K in keyof C]: t.Type<C[K], unknown> },
    defaults: D,
    together?: { readonly name: string; readonly test: (config: C) => boolean },
  ): Fields<C> => {
    // A closed record of a codec for each field of C is a codec of C; TypeScript does not see through the mapped type.
    const codec = closed(kind, { ...props }) as unknown as t.Type<C, unknown>;
    return { kind, codec: together === undefined ? codec : such(codec, together.name, together.test), defaults };
  };

/** The hyperparameters in a file, defaults filled in, or a failure that names the field. */
export const decodeFields =
  <C extends object>({ codec, defaults }: Fields<C>, where: string) =>
  (fields: unknown): E.Either<Failure, C> =>
    pipe(
      typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? { ...defaults, ...fields } : fields,
      codec.decode,
      E.mapLeft((errors) => {
        const { where: at, expected, received } = fromErrors(where)(errors);
        return failure('config', at, expected, received);
      }),
    );

/** The hyperparameters that a program gives, defaults filled in; throws where one is wrong, naming it. */
export const complete = <C extends object>(namespace: string, fields: Fields<C>, config: Partial<C>): C =>
  pipe(
    decodeFields(fields, `${namespace}.${fields.kind}`)(config),
    E.getOrElse<Failure, C>((wrong) => {
      throw new RangeError(show(wrong));
    }),
  );
