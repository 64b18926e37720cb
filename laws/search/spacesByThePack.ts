/** This project's spaces, and the points of them that tests draw, under the pack's laws. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Space from '../../src/search/space/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { pointsOf, spaces } from '../arbitrary/spaces.ts';
import { type LawSet, lawSet } from '../law.ts';
import { type SpaceSubject, space } from '../pack/space.ts';
import { got } from './search-mistakes.ts';

const subjectOf = <A>(of: Space.Space<A>): SpaceSubject => ({
  dimensions: of.dimensions,
  sample: (seed) => got(Space.sample(of)(fromSeed(seed))),
  within: of.is,
  decode: (json) => {
    const point = Space.codec(of).decode(json);
    return E.isRight(point) ? point.right : undefined;
  },
  points: pointsOf(of),
});

/** The laws of the pack for a space, and for some that are drawn. */
export const spacesByThePack = <A>(example: Space.Space<A>): LawSet =>
  lawSet(
    'spaces',
    [],
    [
      space(subjectOf(example), { name: 'a space' }),
      ...fc
        .sample(spaces, { seed: 1, numRuns: 6 })
        .map((of, i) => space(subjectOf(of), { name: `a space, drawn ${i}` })),
    ],
  );
