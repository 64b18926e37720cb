/** How evenly the points of a search fill a space. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Search } from '../../../src/search/search/search.ts';
import { make, type Space } from '../../../src/search/space/index.ts';
import { fromSeed, type Key } from '../../../src/tensor/key.ts';
import { named } from '../../law/named.ts';
import { code, holds, type Law, law } from '../../law.ts';
import { type PackOptions, runsOf } from '../options.ts';
import { traced } from './trace.ts';

/** The square of the L₂ star discrepancy of points in the unit cube (Warnock 1972). */
export const discrepancy = (points: ReadonlyArray<readonly number[]>): number => {
  const [n, d] = [points.length, points[0]?.length ?? 0];
  const single = points.reduce((sum, x) => sum + x.reduce((product, u) => product * (1 - u * u), 1), 0);
  const pairs = points.reduce(
    (sum, x) =>
      points.reduce(
        (inner, y) => inner + x.reduce((product, u, j) => product * (1 - Math.max(u, y[j] ?? Number.NaN)), 1),
        sum,
      ),
    0,
  );
  return 3 ** -d - (2 ** (1 - d) / n) * single + pairs / (n * n);
};

const POINTS = 64;

type Searching = <A>(space: Space<A>, key: Key, trials: number) => E.Either<unknown, Search<A>>;

/** Of n independent points the square is (2⁻ᵈ − 3⁻ᵈ) ÷ n in the mean: ∫ (∏u)(1 − ∏u) du ÷ n. */
export const evenly = (even: Searching, options: PackOptions): Law =>
  law(
    'fills the space evenly',
    `the L₂ discrepancy of the first ${POINTS} points is below that which independent points have in the mean: its square below half of theirs`,
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(2 ** 31 - 1)),
    ([d, seed]) => {
      const cube = make(
        Object.fromEntries(
          Array.from({ length: d }, (_, j) => [`u${j}`, { kind: 'uniform', low: 0, high: 1 } as const]),
        ),
      );
      if (E.isLeft(cube)) throw new Error(cube.left.expected);
      const one = even(cube.right, fromSeed(seed), POINTS);
      if (E.isLeft(one)) return { expected: 'a search', received: code(one.left) };
      const { history } = traced(one.right, { workers: 1, salt: 0, failing: 0 });
      const points = history.events.flatMap((event) =>
        event.tag === 'started' ? [Object.values(event.trial.point).map(Number)] : [],
      );
      const [own, theirs] = [discrepancy(points), (2 ** -d - 3 ** -d) / POINTS];
      return holds(
        points.length === POINTS && own < theirs / 2,
        `below ${theirs / 2}`,
        `${own} of ${points.length}`,
        'the discrepancy of the points',
      );
    },
    { runs: runsOf(options, 6), show: named('d', 'seed'), formula: 'D₂² < ½(2⁻ᵈ − 3⁻ᵈ)/n' },
  );
