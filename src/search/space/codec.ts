/** Spaces and their points from JSON. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { byKind } from '../../scalar/alternatives.ts';
import { closed } from '../../scalar/closed.ts';
import { type Failure, failure, fromErrors, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import type { Dimension, Dimensions, Simple } from './dimension.ts';
import { isJson } from './same.ts';
import { make, type Point, type Space, within } from './space.ts';

const json: t.Type<Json, unknown> = new t.Type(
  'a value that JSON can say',
  isJson,
  (u, context) => (isJson(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const bounds = { low: t.number, high: t.number };

const simples = {
  fixed: closed('fixed', { kind: t.literal('fixed'), value: json }),
  choice: closed('choice', { kind: t.literal('choice'), options: t.readonlyArray(json) }),
  uniform: closed('uniform', { kind: t.literal('uniform'), ...bounds }),
  logUniform: closed('logUniform', { kind: t.literal('logUniform'), ...bounds }),
  integer: closed('integer', { kind: t.literal('integer'), ...bounds }),
};

const dimension: t.Type<Dimension, unknown> = byKind<Dimension>('a dimension', {
  ...simples,
  conditional: closed('conditional', {
    kind: t.literal('conditional'),
    on: t.string,
    values: t.readonlyArray(json),
    dimension: byKind<Simple>('a dimension', simples),
  }),
});

const dimensionsCodec: t.Type<Dimensions, unknown> = t.readonly(t.record(t.string, dimension));

/**
 * The space that JSON says: a record of its dimensions. Fails on another kind of dimension, on unknown fields, and as
 * `make` does.
 *
 * @example
 * ```ts
 * import { Failure, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const read = Space.decode({ rate: { kind: 'uniform', low: 1, high: 0 } });
 * E.mapLeft(Failure.show)(read) // => E.left('Space.rate: expected a lower bound below the upper one (a hyperparameter of one value is fixed), received from 1 to 0')
 * ```
 */
export const decode = (from: unknown): E.Either<Failure, Space<Point>> =>
  pipe(
    // io-ts takes an array for a record.
    Array.isArray(from)
      ? E.left(failure('config', 'Space', 'a record of dimensions', quote(from)))
      : pipe(dimensionsCodec.decode(from), E.mapLeft(fromErrors('Space'))),
    E.chain((dimensions) => make<Dimensions>(dimensions)),
    E.map(({ dimensions, names, is }) => ({ dimensions, names, is: (u: unknown): u is Point => is(u) })),
  );

/**
 * A space as JSON.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const made = Space.make({ on: Space.choice(true, false) });
 * E.isRight(made) && Space.encode(made.right) // => { on: { kind: 'choice', options: [true, false] } }
 * ```
 */
export const encode = <A>({ dimensions }: Space<A>): Dimensions => dimensions;

/**
 * The codec of a space's points: to JSON and back. Decoding fails as `within` does.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ rate: Space.uniform({ low: 0, high: 1 }) }),
 *   E.map((space) => Space.codec(space).is({ rate: 2 })),
 * ) // => E.right(false)
 * ```
 */
export const codec = <A>(space: Space<A>): t.Type<A, unknown> =>
  new t.Type(
    'a point of the space',
    space.is,
    (u, context) =>
      pipe(
        within(space)(u),
        E.fold(
          ({ where, expected }) => t.failure(u, context, `${where === 'point' ? '' : `${where}: `}${expected}`),
          t.success,
        ),
      ),
    t.identity,
  );
