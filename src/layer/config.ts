/**
 * What hyperparameters may be. One codec a field serves the constructor, which throws where a program is wrong, and the
 * decoder, which fails where a file is.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { type Failure, fromErrors, show } from '../tensor/failure.ts';
import { isShape, type Shape } from '../tensor/shape.ts';

/** Numbers that pass a test, which the name says in words. */
export const numberThat = (name: string, test: (x: number) => boolean): t.Type<number> => {
  const is = (u: unknown): u is number => typeof u === 'number' && test(u);
  return new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, name)), t.identity);
};

/** The length of an axis. */
export const width = numberThat(
  'a whole number from 1 to 2^31 − 1',
  (x) => Number.isInteger(x) && x >= 1 && x < 2 ** 31,
);
export const finite = numberThat('a finite number', Number.isFinite);
export const positive = numberThat('a finite number above 0', (x) => Number.isFinite(x) && x > 0);
export const notNegative = numberThat('a finite number not below 0', (x) => Number.isFinite(x) && x >= 0);
/** A probability that is not certainty. */
export const rate = numberThat('a number in [0, 1)', (x) => x >= 0 && x < 1);
/** The weight of one part of two. */
export const fraction = numberThat('a number in [0, 1]', (x) => x >= 0 && x <= 1);

const lengths = t.readonlyArray(width);
/** The shape of an example, without the batch axis. */
export const exampleShape: t.Type<Shape> = new t.Type(
  'Shape',
  (u): u is Shape => lengths.is(u) && isShape(u),
  (u, context) =>
    pipe(
      lengths.validate(u, context),
      E.chain((shape) =>
        isShape(shape) ? t.success(shape) : t.failure(u, context, 'a shape of fewer than 2^31 elements'),
      ),
    ),
  t.identity,
);

/** A value that a codec accepts, or a failure that names where it was. */
export const decodeAs =
  <A>(codec: t.Type<A, unknown>, where: string) =>
  (value: unknown): E.Either<Failure, A> =>
    pipe(codec.decode(value), E.mapLeft(fromErrors(where)));

/** The value, where a codec accepts it; throws where it does not, naming the field: for constructors. */
export const checked = <A>(codec: t.Type<A, unknown>, where: string, value: unknown): A =>
  pipe(
    decodeAs(codec, where)(value),
    E.getOrElse<Failure, A>((wrong) => {
      throw new RangeError(show(wrong));
    }),
  );
