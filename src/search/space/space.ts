/**
 * A space is what a search may try: hyperparameters by their names, each with what it may be. It is plain data, and the
 * type of its points follows from it: a conditional dimension is an optional field.
 *
 * Laws: every sample lies in the space and comes back from JSON the same; a sample of a dimension has the distribution
 * that the dimension says; a conditional dimension is there exactly where its condition holds; the grid has as many
 * points as are counted, each once.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { checkDimensions } from './check.ts';
import { type Conditional, type Dimension, type Dimensions, type Simple, simple } from './dimension.ts';
import { sameJson } from './same.ts';
import { indexOf } from './unit.ts';

/** A point of any space: the value of each dimension that is there. */
export type Point = Readonly<Record<string, Json>>;

/** What a value of a dimension is. */
export type ValueOf<D> = D extends { readonly kind: 'fixed'; readonly value: infer A }
  ? A
  : D extends { readonly kind: 'choice'; readonly options: ReadonlyArray<infer A> }
    ? A
    : D extends { readonly kind: 'conditional'; readonly dimension: infer E }
      ? ValueOf<E>
      : D extends { readonly kind: 'uniform' | 'logUniform' | 'integer' }
        ? number
        : never;

type Plain<A> = { readonly [K in keyof A]: A[K] };

/** The points of these dimensions: what is conditional may be absent. */
export type PointOf<D extends Dimensions> = Plain<
  { readonly [K in keyof D as D[K] extends Conditional ? never : K]: ValueOf<D[K]> } & {
    readonly [K in keyof D as D[K] extends Conditional ? K : never]?: ValueOf<D[K]>;
  }
>;

export interface Space<out A> {
  /** What it is, as JSON. */
  readonly dimensions: Dimensions;
  /** The names, a conditional one after the choice that it is on. */
  readonly names: readonly string[];
  /** Whether something is a point of the space. */
  readonly is: (u: unknown) => u is A;
}

/** A dimension of a space by its name. */
export const dimensionOf = (dimensions: Dimensions, name: string): Dimension =>
  // never null: names are those of the dimensions
  dimensions[name] ?? { kind: 'fixed', value: null };

/** Whether a dimension is there, given the values decided before it. */
export const isActive = (dimension: Dimension, decided: ReadonlyMap<string, unknown>): boolean =>
  dimension.kind !== 'conditional' ||
  (decided.has(dimension.on) && dimension.values.some((value) => sameJson(value, decided.get(dimension.on))));

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('value', where, expected, received));

/** A value of a dimension as the dimension has it: options are the space's own. */
const checkValue = (where: string, dimension: Simple, value: unknown): E.Either<Failure, Json> => {
  if (dimension.kind === 'fixed')
    return sameJson(dimension.value, value)
      ? E.right(dimension.value)
      : fail(where, quote(dimension.value), quote(value));
  if (dimension.kind === 'choice') {
    const option = dimension.options[indexOf(dimension, value)];
    return option === undefined
      ? fail(where, `one of ${dimension.options.map(quote).join(', ')}`, quote(value))
      : E.right(option);
  }
  const { low, high } = dimension;
  const whole = dimension.kind === 'integer';
  return typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value))
    ? E.right(value)
    : fail(where, `a ${whole ? 'whole ' : ''}number from ${low} to ${high}`, quote(value));
};

/** Something as a point of checked dimensions, or why it is none. */
const checkPoint = (dimensions: Dimensions, names: readonly string[], u: unknown): E.Either<Failure, Point> => {
  if (typeof u !== 'object' || u === null || Array.isArray(u))
    return fail('point', `a record of ${names.join(', ')}`, quote(u));
  const given = new Map<string, unknown>(Object.entries(u));
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined)
    return fail(`point.${unknown}`, `no field but ${names.join(', ')}`, quote(given.get(unknown)));
  const decided = new Map<string, Json>();
  for (const name of names) {
    const dimension = dimensionOf(dimensions, name);
    const where = `point.${name}`;
    if (!isActive(dimension, decided)) {
      if (given.has(name) && dimension.kind === 'conditional')
        return fail(
          where,
          `nothing, for ${dimension.on} is not ${dimension.values.map(quote).join(' or ')}`,
          quote(given.get(name)),
        );
      continue;
    }
    const value = checkValue(where, simple(dimension), given.get(name));
    if (E.isLeft(value)) return value;
    decided.set(name, value.right);
  }
  return E.right(
    Object.fromEntries(
      Object.keys(dimensions).flatMap((name) => {
        const value = decided.get(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
};

/**
 * The space of these dimensions. Fails where there is none, and on what no value could satisfy: bounds that are reversed or
 * not finite, a logarithm of 0, no or repeated options, a condition that cannot hold or that depends on itself.
 *
 * @example
 * ```ts
 * import { Failure, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * const made = Space.make({
 *   rate: Space.logUniform({ low: 1e-4, high: 1e-1 }),
 *   optimizer: Space.choice('adam', 'momentum'),
 *   momentum: Space.when('optimizer', ['momentum'], Space.uniform({ low: 0.5, high: 0.99 })),
 * });
 * E.isRight(made) && made.right.is({ rate: 0.01, optimizer: 'adam' }) // => true
 * E.isRight(made) && made.right.is({ rate: 0.01, optimizer: 'adam', momentum: 0.9 }) // => false
 * E.mapLeft(Failure.show)(Space.make({ rate: Space.logUniform({ low: 0, high: 1 }) })) // => E.left('Space.rate: expected bounds above 0, which have a logarithm, received from 0 to 1')
 * ```
 */
export const make = <const D extends Dimensions>(dimensions: D): E.Either<Failure, Space<PointOf<D>>> =>
  pipe(
    checkDimensions(dimensions),
    E.map((names) =>
      Object.freeze({
        dimensions,
        names,
        is: (u: unknown): u is PointOf<D> => E.isRight(checkPoint(dimensions, names, u)),
      }),
    ),
  );

/**
 * Something as a point of a space; fails where it is none, saying which dimension is wrong: a value out of its bounds, one
 * that is missing, and one that should not be there.
 *
 * @example
 * ```ts
 * import { Failure, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ layers: Space.integer({ low: 1, high: 3 }) }),
 *   E.chain((space) => Space.within(space)({ layers: 4 })),
 *   E.mapLeft(Failure.show),
 * ) // => E.left('point.layers: expected a whole number from 1 to 3, received 4')
 * ```
 */
export const within =
  <A>({ dimensions, names, is }: Space<A>) =>
  (u: unknown): E.Either<Failure, A> =>
    pipe(
      checkPoint(dimensions, names, u),
      // The guard tells the compiler what was just found out.
      E.chain((point) => (is(point) ? E.right(point) : fail('point', 'a point of the space', quote(point)))),
    );
