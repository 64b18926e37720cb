/** Points of a space from places in the unit cube, and from a key. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { type Key, uniform } from '../../tensor/key.ts';
import { type Simple, simple } from './dimension.ts';
import { dimensionOf, isActive, type Space, within } from './space.ts';
import { placeOf, valueAt } from './unit.ts';

/** The point whose values are decided one after another, those that are not there left out. */
export const assemble = <A>(
  space: Space<A>,
  decide: (name: string, dimension: Simple) => Json,
): E.Either<Failure, A> => {
  const decided = new Map<string, Json>();
  for (const name of space.names) {
    const dimension = dimensionOf(space.dimensions, name);
    if (isActive(dimension, decided)) decided.set(name, decide(name, simple(dimension)));
  }
  return within(space)(Object.fromEntries(decided));
};

/**
 * The names of the dimensions that vary, each a coordinate of the unit cube: all but the fixed ones. Conditional ones have
 * a coordinate also where they are not there.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const made = Space.make({ a: Space.fixed(1), b: Space.choice(1, 2) });
 * E.isRight(made) && Space.coordinates(made.right) // => ['b']
 * ```
 */
export const coordinates = <A>({ names, dimensions }: Space<A>): readonly string[] =>
  names.filter((name) => simple(dimensionOf(dimensions, name)).kind !== 'fixed');

/**
 * The point at a place of the unit cube, one number from 0 to 1 for each of the `coordinates`. Places that are uniform in
 * the cube give points that are distributed as the dimensions say. Fails on a place of another length, or outside.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ layers: Space.integer({ low: 1, high: 3 }), rate: Space.uniform({ low: 0, high: 10 }) }),
 *   E.chain((space) => Space.fromUnit(space)([0.99, 0.5])),
 * ) // => E.right({ layers: 3, rate: 5 })
 * ```
 */
export const fromUnit = <A>(space: Space<A>): ((place: readonly number[]) => E.Either<Failure, A>) => {
  const names = coordinates(space);
  return (place) => {
    const outside = place.find((u) => !(u >= 0 && u <= 1));
    if (place.length !== names.length || outside !== undefined)
      return E.left(
        failure(
          'value',
          'Space.fromUnit',
          `${names.length} numbers from 0 to 1`,
          outside === undefined ? `${place.length}` : `${outside} among ${place.length}`,
        ),
      );
    return assemble(space, (name, dimension) => valueAt(dimension, place[names.indexOf(name)] ?? 0));
  };
};

/**
 * The place of a point in the unit cube: for each of the `coordinates` a number from 0 to 1 (of a choice or whole number,
 * the middle of its share), null where it is not there. Fails on what is no point of the space.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ on: Space.choice(true, false), rate: Space.when('on', [true], Space.uniform({ low: 0, high: 10 })) }),
 *   E.chain((space) => Space.toUnit(space)({ on: false })),
 * ) // => E.right([0.75, null])
 * ```
 */
export const toUnit =
  <A>(space: Space<A>) =>
  (point: unknown): E.Either<Failure, ReadonlyArray<number | null>> =>
    E.map((known: A) => {
      const values = new Map<string, unknown>(Object.entries(known ?? {}));
      return coordinates(space).map((name) =>
        values.has(name) ? placeOf(simple(dimensionOf(space.dimensions, name)), values.get(name)) : null,
      );
    })(within(space)(point));

/**
 * A point of a space at random: every dimension by its own distribution, independently of the others. Never fails: the
 * Either is that of `fromUnit`.
 *
 * @example
 * ```ts
 * import { Key, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ rate: Space.logUniform({ low: 0.1, high: 1 }) }),
 *   E.chain((space) => Space.sample(space)(Key.fromSeed(1))),
 *   E.map(({ rate }) => rate > 0.1 && rate < 1),
 * ) // => E.right(true)
 * ```
 */
export const sample =
  <A>(space: Space<A>) =>
  (key: Key): E.Either<Failure, A> =>
    fromUnit(space)(Array.from(uniform([coordinates(space).length], 'f64')(key).data));
