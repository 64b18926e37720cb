/** Spaces of hyperparameters, and their points. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Dimension, Dimensions, Simple } from '../../src/search/space/dimension.ts';
import { coordinates, fromUnit, make, type Point, type Space } from '../../src/search/space/index.ts';

const bounds = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 5 }));

/** One dimension of any kind, with small bounds. */
const simples: fc.Arbitrary<Simple> = fc.oneof(
  bounds.map(([low, width]): Simple => ({ kind: 'uniform', low, high: low + width })),
  bounds.map(([low, width]): Simple => ({ kind: 'integer', low, high: low + width })),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
    .map(([least, decades]): Simple => ({ kind: 'logUniform', low: 10 ** -least, high: 10 ** (decades - least) })),
  fc
    .uniqueArray(fc.constantFrom<Simple['kind'] | number | boolean | null>('uniform', 'choice', 1, 2, true, null), {
      minLength: 1,
      maxLength: 3,
    })
    .map((options): Simple => ({ kind: 'choice', options })),
  fc.constantFrom(0, 'a').map((value): Simple => ({ kind: 'fixed', value })),
);

/** Dimensions by name, the first a choice of two on which others may depend. */
const dimensions: fc.Arbitrary<Dimensions> = fc
  .array(fc.tuple(simples, fc.constantFrom<undefined | 'left' | 'right'>(undefined, undefined, 'left', 'right')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((drawn) => {
    const branching = drawn.some(([, on]) => on !== undefined);
    const named = drawn.map(([dimension, on], i): [string, Dimension] => [
      `d${i}`,
      on === undefined ? dimension : { kind: 'conditional', on: 'branch', values: [on], dimension },
    ]);
    const branch: Dimension = { kind: 'choice', options: ['left', 'right'] };
    return Object.fromEntries(branching ? [...named, ['branch', branch]] : named);
  });

const made = (drawn: Dimensions): Space<Point> => {
  const space = make<Dimensions>(drawn);
  if (E.isLeft(space)) throw new Error(`no space: ${space.left.where}`);
  const { is } = space.right;
  return { ...space.right, is: (u: unknown): u is Point => is(u) };
};

/**
 * Spaces of up to four dimensions of every kind, some conditional; they shrink to one dimension.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { spaces } from 'nabla-ts/laws';
 * fc.sample(spaces, 5).every(({ names }) => names.length >= 1) // => true
 * ```
 */
export const spaces: fc.Arbitrary<Space<Point>> = dimensions.map(made);

/**
 * Points of a space, distributed as its dimensions say; they shrink to lower bounds and first options.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Space } from 'nabla-ts';
 * import { pointsOf } from 'nabla-ts/laws';
 * const space = Space.make({ layers: Space.integer({ low: 1, high: 3 }) });
 * E.isRight(space) && fc.sample(pointsOf(space.right), 5).every(({ layers }) => layers >= 1 && layers <= 3) // => true
 * ```
 */
export const pointsOf = <A>(space: Space<A>): fc.Arbitrary<A> => {
  const width = coordinates(space).length;
  return fc.array(fc.nat(2 ** 20), { minLength: width, maxLength: width }).map((places) => {
    const point = fromUnit(space)(places.map((place) => place / 2 ** 20));
    if (E.isLeft(point)) throw new Error(`no point: ${point.left.where}`);
    return point.right;
  });
};
