/** Laws of initialisers: their moments, that variance is kept through depth, and the plain-data side of them. */
import * as fc from 'fast-check';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { all, holds, type Law, type LawSet, law, lawSet } from '../law.ts';
import { depthLaws } from './depth.ts';
import { initialiserDataLaws } from './initialiser-data.ts';
import { orthogonalLaws } from './orthogonal.ts';
import {
  drawsForBounded,
  drawsForNormal,
  drawsForVariance,
  strayOfBounded,
  strayOfNormal,
  strayOfVariance,
} from './statistics.ts';

type Fans = Initialiser.Fans;

/** A distribution as the article states it. */
interface Stated {
  readonly name: string;
  readonly initialiser: Initialiser.Initialiser;
  readonly shape: 'uniform' | 'normal';
  readonly mean: number;
  readonly variance: (fans: Pick<Fans, 'fanIn' | 'fanOut'>) => number;
}

const stated = (
  name: string,
  initialiser: Initialiser.Initialiser,
  shape: Stated['shape'],
  variance: Stated['variance'],
  mean = 0,
): Stated => ({ name, initialiser, shape, variance, mean });

const distributions: readonly Stated[] = [
  stated('uniform(−1, 3)', Initialiser.uniform(-1, 3), 'uniform', () => 16 / 12, 1),
  stated('normal(2, 0.5)', Initialiser.normal(2, 0.5), 'normal', () => 0.25, 2),
  stated('glorotUniform', Initialiser.glorotUniform, 'uniform', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  stated('glorotNormal', Initialiser.glorotNormal, 'normal', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  stated('heUniform', Initialiser.heUniform, 'uniform', ({ fanIn }) => 2 / fanIn),
  stated('heNormal', Initialiser.heNormal, 'normal', ({ fanIn }) => 2 / fanIn),
  stated('lecunUniform', Initialiser.lecunUniform, 'uniform', ({ fanIn }) => 1 / fanIn),
  stated('lecunNormal', Initialiser.lecunNormal, 'normal', ({ fanIn }) => 1 / fanIn),
];

const values = (x: Tensor): readonly number[] => Array.from(x.data);
const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const U = 2 ** -53;

/** A fault of 0.1 in the mean (in deviations) or the variance (relatively) shows in the uniform ones, whose numbers lie
 * within √3 deviations and their squares within 3 variances; of 0.2 in the normal ones, which cost more to draw. */
const EFFECT = { uniform: 0.1, normal: 0.2 } as const;
const DRAWS = {
  uniform: Math.max(drawsForBounded(EFFECT.uniform, 2 * Math.sqrt(3)), drawsForBounded(EFFECT.uniform, 3)),
  normal: Math.max(drawsForNormal(EFFECT.normal), drawsForVariance(EFFECT.normal)),
} as const;
const TRUNCATED_DRAWS = drawsForBounded(0.2, 4);

const fans = fc.record({ fanIn: fc.integer({ min: 1, max: 900 }), fanOut: fc.integer({ min: 1, max: 900 }) });

const momentsOf = ({ name, initialiser, shape, mean: centre, variance }: Stated): Law =>
  law(
    `${name}: moments`,
    `mean and variance of ${DRAWS[shape]} draws, so that a mean off by ${EFFECT[shape]} deviations or a variance off by as much of itself shows`,
    fc.tuple(fans, keys),
    ([given, key]) => {
      const deviation = Math.sqrt(variance(given));
      const z = values(initialiser.draw('f64', { ...given, shape: [DRAWS[shape]] })(key)).map(
        (x) => (x - centre) / deviation,
      );
      const square = mean(z.map((x) => x * x));
      const uniform = shape === 'uniform';
      const strayOfMean = uniform ? strayOfBounded(DRAWS[shape], 2 * Math.sqrt(3)) : strayOfNormal(DRAWS[shape]);
      const strayOfSquare = uniform ? strayOfBounded(DRAWS[shape], 3) : strayOfVariance(DRAWS[shape]);
      const greatest = z.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      return all(
        holds(Math.abs(mean(z)) <= strayOfMean, `mean 0 ± ${strayOfMean} deviations`, `${mean(z)}`),
        holds(Math.abs(square - 1) <= strayOfSquare, `variance 1 ± ${strayOfSquare}, relatively`, `${square}`),
        // A uniform number never leaves √3 deviations; of so many normal ones some do, but for probability
        // (1 − P(|z| > √3))ⁿ < 0.92ⁿ, below 1e-9 from n = 249 on.
        uniform
          ? holds(greatest <= Math.sqrt(3) * (1 + 8 * U), 'within √3 deviations', `${greatest}`)
          : holds(greatest > Math.sqrt(3), 'beyond √3 deviations', `${greatest}`),
      );
    },
    { runs: 2 },
  );

/** ∫ z²φ over [−2, 2] ÷ ∫ φ = 1 − 4φ(2)/(2Φ(2) − 1), with Φ(2) = 0.9772498680518208. */
const TRUNCATED = 1 - (4 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / (2 * 0.9772498680518208 - 1);

const truncated = law(
  'truncatedNormal: moments',
  `of ${TRUNCATED_DRAWS} draws: none beyond two deviations, mean as stated, variance 0.7737 of the uncut one`,
  keys,
  (key) => {
    const x = values(
      Initialiser.truncatedNormal(3, 0.5).draw('f64', { shape: [TRUNCATED_DRAWS], fanIn: 1, fanOut: 1 })(key),
    );
    const z = x.map((value) => (value - 3) / 0.5);
    const square = mean(z.map((value) => value * value));
    return all(
      holds(
        z.every((value) => Math.abs(value) <= 2 * (1 + 16 * U)),
        'within two deviations',
        `${Math.max(...z.map(Math.abs))}`,
      ),
      holds(
        Math.abs(mean(z)) <= strayOfBounded(TRUNCATED_DRAWS, 4),
        `mean 0 ± ${strayOfBounded(TRUNCATED_DRAWS, 4)}`,
        `${mean(z)}`,
      ),
      holds(
        Math.abs(square - TRUNCATED) <= strayOfBounded(TRUNCATED_DRAWS, 4),
        `${TRUNCATED} ± ${strayOfBounded(TRUNCATED_DRAWS, 4)}`,
        `${square}`,
      ),
    );
  },
  { runs: 2 },
);

/** Laws of initialisers. */
export const initialiserLaws: LawSet = lawSet('initialisers', [
  ...distributions.map(momentsOf),
  truncated,
  ...depthLaws,
  ...orthogonalLaws,
  ...initialiserDataLaws,
]);
