/** The points of a space in order: how many there are, and each by its number. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { type Simple, simple } from './dimension.ts';
import { sameJson } from './same.ts';
import { dimensionOf, type Space, within } from './space.ts';
import { countOf, nth, valueAt } from './unit.ts';

/** How many values of a dimension a grid has: one number for all, or one for each by its name. */
export type Levels = number | Readonly<Record<string, number>>;

/** A grid: how many points it has, and the one at a number from 0. */
export interface Grid<A> {
  readonly count: number;
  readonly at: (index: number) => E.Either<Failure, A>;
}

/** The values of one dimension. */
interface Ladder {
  readonly count: number;
  readonly at: (i: number) => Json;
}

/** Values evenly spaced from end to end (their logarithms where these are uniform); one alone is in the middle. */
const ladder = (dimension: Simple, levels: number | undefined): Ladder => {
  const count = countOf(dimension);
  if (dimension.kind === 'fixed' || dimension.kind === 'choice' || levels === undefined || count <= levels)
    return { count, at: (i) => nth(dimension, i) };
  const along = (i: number): number => (levels === 1 ? 0.5 : i / (levels - 1));
  return {
    count: levels,
    at: (i) =>
      dimension.kind === 'integer' ? dimension.low + Math.round(along(i) * (count - 1)) : valueAt(dimension, along(i)),
  };
};

/** Counts the points of dimensions and finds each by its number: a tree, for each condition is on one choice. */
const gridOf = <A>(space: Space<A>, ladders: ReadonlyMap<string, Ladder>): Grid<A> => {
  const dimension = (name: string) => dimensionOf(space.dimensions, name);
  const of = (name: string): Ladder => ladders.get(name) ?? { count: 1, at: () => null }; // never the latter
  const children = (name: string, value: Json): readonly string[] =>
    space.names.filter((child) => {
      const condition = dimension(child);
      return (
        condition.kind === 'conditional' && condition.on === name && condition.values.some((v) => sameJson(v, value))
      );
    });
  const isChoice = (name: string): boolean => simple(dimension(name)).kind === 'choice';
  const counts = new Map<string, number>();
  const countOfAll = (names: readonly string[]): number => names.reduce((product, name) => product * count(name), 1);
  const branch = (name: string, i: number): readonly string[] => children(name, of(name).at(i));
  function count(name: string): number {
    const known = counts.get(name);
    if (known !== undefined) return known;
    const own = of(name).count;
    const found = isChoice(name)
      ? Array.from({ length: own }, (_, i) => countOfAll(branch(name, i))).reduce((sum, n) => sum + n, 0)
      : own;
    counts.set(name, found);
    return found;
  }
  /** The values of one of these points; the last name varies fastest. */
  const pointOf = (names: readonly string[], index: number): ReadonlyArray<readonly [string, Json]> => {
    const parts: Array<ReadonlyArray<readonly [string, Json]>> = [];
    let rest = index;
    for (const name of names.toReversed()) {
      parts.push(valueOf(name, rest % count(name)));
      rest = Math.floor(rest / count(name));
    }
    return parts.toReversed().flat();
  };
  function valueOf(name: string, index: number): ReadonlyArray<readonly [string, Json]> {
    if (!isChoice(name)) return [[name, of(name).at(index)]];
    let [option, rest] = [0, index];
    while (rest >= countOfAll(branch(name, option))) {
      rest -= countOfAll(branch(name, option));
      option += 1;
    }
    return [[name, of(name).at(option)], ...pointOf(branch(name, option), rest)];
  }
  const roots = space.names.filter((name) => dimension(name).kind !== 'conditional');
  const all = countOfAll(roots);
  return {
    count: all,
    at: (index) =>
      Number.isSafeInteger(index) && index >= 0 && index < all
        ? within(space)(Object.fromEntries(pointOf(roots, index)))
        : E.left(failure('value', 'Space.grid', `a whole number from 0 and below ${all}`, quote(index))),
  };
};

const isLevel = (levels: number): boolean => Number.isSafeInteger(levels) && levels >= 1;

/**
 * How many points a space has; infinitely many where a number need not be whole.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const made = Space.make({ on: Space.choice(true, false), n: Space.when('on', [true], Space.integer({ low: 1, high: 3 })) });
 * E.isRight(made) && Space.size(made.right) // => 4
 * ```
 */
export const size = <A>(space: Space<A>): number =>
  gridOf(
    space,
    new Map(space.names.map((name) => [name, ladder(simple(dimensionOf(space.dimensions, name)), undefined)])),
  ).count;

/**
 * The grid of a space, its points by number, the last dimension varying fastest: all values of choices and of whole
 * numbers, and of other numbers as many as `levels` says, evenly spaced from bound to bound (their logarithms where these
 * are uniform); whole numbers of more values than their levels are thinned in the same way. Fails where a number that need
 * not be whole has no level, on a level that is no whole number from 1, and where the points cannot be counted.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const grid = pipe(
 *   Space.make({ layers: Space.choice(1, 2), rate: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Space.grid({ rate: 3 })),
 * );
 * E.map(({ count }: { readonly count: number }) => count)(grid) // => E.right(6)
 * E.isRight(grid) && grid.right.at(4) // => E.right({ layers: 2, rate: 0.5 })
 * ```
 */
export const grid =
  (levels: Levels = {}) =>
  <A>(space: Space<A>): E.Either<Failure, Grid<A>> => {
    const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
      E.left(failure('config', `Space.grid.${where}`, expected, received));
    const given = typeof levels === 'number' ? new Map<string, number>() : new Map(Object.entries(levels));
    const stranger = [...given.keys()].find((name) => !space.names.includes(name));
    if (stranger !== undefined)
      return fail(stranger, `a dimension of the space (${space.names.join(', ')})`, quote(stranger));
    const ladders = new Map<string, Ladder>();
    for (const name of space.names) {
      const dimension = simple(dimensionOf(space.dimensions, name));
      const level = typeof levels === 'number' ? levels : given.get(name);
      if (level !== undefined && !isLevel(level)) return fail(name, 'a whole number of levels, from 1', quote(level));
      if (level === undefined && countOf(dimension) === Number.POSITIVE_INFINITY)
        return fail(name, 'a number of levels, for there are infinitely many values', 'none');
      ladders.set(name, ladder(dimension, level));
    }
    return pipe(
      gridOf(space, ladders),
      E.fromPredicate(
        ({ count }) => Number.isSafeInteger(count),
        ({ count }) => failure('config', 'Space.grid', 'at most 2^53 points', `${count}`),
      ),
    );
  };
