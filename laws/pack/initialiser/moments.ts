/** The law of an initialiser's moments: mean and variance of many draws, as its source states them. */
import * as fc from 'fast-check';
import type { Fans, Initialiser } from '../../../src/layer/initialiser/initialiser.ts';
import { keys } from '../../arbitrary/keys.ts';
import { all, code, holds, type Law, law } from '../../law.ts';
import {
  drawsForBounded,
  drawsForNormal,
  drawsForVariance,
  strayOfBounded,
  strayOfNormal,
  strayOfVariance,
} from './statistics.ts';

type OfFans = (fans: Pick<Fans, 'fanIn' | 'fanOut'>) => number;

/** A distribution as its source states it, of independent elements: normal, or anything within a limit. */
export interface Distribution {
  readonly mean: OfFans;
  readonly variance: OfFans;
  /** No element is further from the mean than this. Without it, elements are normal. */
  readonly limit?: OfFans;
}

const U = 2 ** -53;
const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** A fault of so much in the mean (in deviations) or the variance (relatively) shows: of less where draws are as narrow as
 * uniform ones, and fewer are needed. A limit is at most 3 deviations here. */
const EFFECT = 0.2;
const effectOf = (limit: number): number => (limit < 1.8 ? EFFECT / 2 : EFFECT);
const LIMIT = 3;
const NORMAL = Math.max(drawsForNormal(EFFECT), drawsForVariance(EFFECT));
const boundedDraws = (limit: number): number =>
  Math.max(drawsForBounded(effectOf(limit), 2 * limit), drawsForBounded(effectOf(limit), limit * limit));

const fans = fc.record({ fanIn: fc.integer({ min: 1, max: 900 }), fanOut: fc.integer({ min: 1, max: 900 }) });

/** The law of moments. Throws where the limit is further than three deviations: too many draws would be needed. */
export const momentsLaw = (of: Initialiser, { mean: centre, variance, limit }: Distribution): Law =>
  law(
    'moments',
    `mean and variance of as many draws as show a mean that is off by ${EFFECT} deviations, or a variance by as much of itself; none beyond the limit`,
    fc.tuple(fans, keys),
    ([given, key]) => {
      const deviation = Math.sqrt(variance(given));
      const far = limit === undefined ? undefined : limit(given) / deviation;
      if (far !== undefined && !(far <= LIMIT))
        throw new RangeError(`laws.initialiser: a limit of ${far} deviations, where at most ${LIMIT} are judged`);
      const draws = far === undefined ? NORMAL : boundedDraws(far);
      const z = Array.from(
        of.draw('f64', { ...given, shape: [draws] })(key).data,
        (x) => (x - centre(given)) / deviation,
      );
      const square = mean(z.map((x) => x * x));
      const greatest = z.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const strayOfMean = far === undefined ? strayOfNormal(draws) : strayOfBounded(draws, 2 * far);
      const strayOfSquare = far === undefined ? strayOfVariance(draws) : strayOfBounded(draws, far * far);
      const where = `${draws} draws, fanIn ${given.fanIn}, fanOut ${given.fanOut}`;
      return all(
        // The limit first: an element beyond it is the plainest fault.
        far === undefined
          ? // P(|z| ≤ √3) < 0.92 for a normal number, so all of n within has probability below 1e-9 from n = 249 on.
            holds(greatest > Math.sqrt(3), 'some beyond √3 deviations', `${greatest} at most`, where)
          : holds(greatest <= far * (1 + 16 * U), `within ${far} deviations of the mean`, `${greatest}`, where),
        holds(Math.abs(mean(z)) <= strayOfMean, `mean 0 ± ${strayOfMean} deviations`, `${mean(z)}`, where),
        holds(Math.abs(square - 1) <= strayOfSquare, `variance 1 ± ${strayOfSquare}, relatively`, `${square}`, where),
      );
    },
    {
      runs: 2,
      show: ([fans, key]) => code({ ...fans, key }),
      formula: 'E w = μ(fanIn, fanOut), E (w − μ)² = σ²(fanIn, fanOut), |w − μ| ≤ limit',
    },
  );
