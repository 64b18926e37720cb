/** Laws of bias, variance and importance that are this project's own: closed forms, exact and by simulation. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Curve from '../../src/search/curve/index.ts';
import { fromSeed, normal, uniform } from '../../src/tensor/key.ts';
import { generate, toArray } from '../../src/tensor/tensor.ts';
import { right } from '../data/helpers.ts';
import { all, holds, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';

const seeds = fc.nat(2 ** 31 - 1);

const near = (expected: number, received: number, where: string, within = 1e-12): Verdict =>
  holds(Math.abs(expected - received) <= within * Math.max(1, Math.abs(expected)), `${expected}`, `${received}`, where);

/** All bootstrap samples of four rows, each with the rows that it has not drawn. */
const everySample = Array.from({ length: 256 }, (_, code) => {
  const train = [code & 3, (code >> 2) & 3, (code >> 4) & 3, code >> 6];
  return { train, validation: [0, 1, 2, 3].filter((row) => !train.includes(row)) };
});

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const bootstrapMean = law(
  'bias-variance-of-the-mean',
  'over all 256 bootstrap samples of four rows, the mean predictor is off by a row’s distance from the mean of the others, and its variance is a fourth of theirs',
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }),
  (targets) => {
    const others = targets.map((_, row) => targets.filter((__, i) => i !== row));
    const variances = others.map((three) => meanOf(three.map((x) => (x - meanOf(three)) ** 2)) / 4);
    return right(
      pipe(
        everySample,
        Curve.outOfBag((train, rows) =>
          E.right(rows.map(() => meanOf(train.map((row) => targets[row] ?? Number.NaN)))),
        )(4),
        E.chain(Curve.biasVariance(targets)),
      ),
      ({ main, variance, squaredBias, error }) =>
        all(
          // 81 samples leave a row out: all sequences of the other three. Their own variance is that of 81, not of 80.
          ...others.map((three, row) => near(meanOf(three), main[row] ?? Number.NaN, `main of ${row}`)),
          near(((81 / 80) * variances.reduce((a, b) => a + b, 0)) / 4, variance, 'variance'),
          near(
            meanOf(targets.map((y, i) => (y - meanOf(others[i] ?? [])) ** 2 - (variances[i] ?? 0) / 80)),
            squaredBias,
            'squared bias',
          ),
          near(squaredBias + variance, error, 'sum'),
        ),
    );
  },
  { runs: 20 },
);

/** How many data sets are drawn, and how rarely chance may leave the band. */
const SETS = 2000;
const RARELY = 1e-9;

/**
 * Least squares on x = −2, −1, 0, 1, 2 and y = f(x) + ε: at x₀ the prediction has variance σ²·(1/5 + x₀²/10). For f(x) = a + b·x
 * it has no bias; for f(x) = x² the line is level at the mean 2, and off by x₀² − 2.
 */
const leastSquares = law(
  'bias-variance-of-least-squares',
  `over ${SETS} data sets, a line fitted by least squares has the variance of the textbook, no bias where the truth is a line, and x₀² − 2 where it is a parabola`,
  fc.tuple(seeds, fc.constantFrom(-2, 0, 1), fc.boolean()),
  ([seed, at, parabola]) => {
    const xs = [-2, -1, 0, 1, 2];
    const truth = (x: number): number => (parabola ? x * x : 3 - 2 * x);
    const noise = normal([SETS * xs.length], 'f64')(fromSeed(seed)).data;
    const predictions = Array.from({ length: SETS }, (_, set) => {
      const ys = xs.map((x, i) => truth(x) + (noise[set * xs.length + i] ?? Number.NaN));
      const slope = xs.reduce((sum, x, i) => sum + x * (ys[i] ?? 0), 0) / 10;
      return meanOf(ys) + slope * at;
    });
    const variance = 1 / 5 + (at * at) / 10;
    const bias = parabola ? at * at - 2 : 0;
    // (B − 1)·s²/σ² is χ² of k = B − 1 degrees, which leaves k by more than 2√(kx) + 2x with probability 2·exp(−x) (Laurent and
    // Massart 2000); the mean of B predictions is normal, and leaves its own by √(2x·variance/B) with probability 2·exp(−x).
    const x = Math.log(2 / RARELY);
    const k = SETS - 1;
    const spread = (variance * (2 * Math.sqrt(k * x) + 2 * x)) / k;
    const away = Math.sqrt((2 * x * variance) / SETS);
    return right(Curve.biasVariance([truth(at)])([predictions]), (parts) =>
      all(
        near(parts.squaredBias + parts.variance, parts.error, 'sum', 1e-11),
        holds(
          Math.abs(parts.variance - variance) <= spread,
          `${variance} within ${spread}`,
          `${parts.variance}`,
          'variance',
        ),
        holds(
          // (m − y)² for m within `away`, less s²/B.
          Math.abs(parts.squaredBias - bias * bias) <=
            2 * Math.abs(bias) * away + away * away + (variance + spread) / SETS,
          `${bias * bias}`,
          `${parts.squaredBias}`,
          'squared bias',
        ),
      ),
    );
  },
  { runs: 6 },
);

const together = law(
  'importance-of-groups',
  'columns of a group move together: their sum is worth the same in two columns as in one, and what only their difference tells nothing',
  seeds,
  (seed) => {
    const draws = uniform([40], 'f64')(fromSeed(seed)).data;
    const inputs = generate('f64', [20, 3], (i) => (i % 3 === 1 ? 1 : 0) + (draws[Math.floor(i / 3)] ?? 0));
    const error = (x: typeof inputs): number =>
      Array.from({ length: 20 }, (_, row) => (x.data[3 * row + 1] ?? 0) - (x.data[3 * row] ?? 0)).reduce(
        (sum, difference) => sum + Math.abs(difference - 1),
        0,
      );
    const asked = Curve.permutationImportance({ repeats: 5, level: 0.9, groups: [[0, 1], [1]] })((x) =>
      E.right(error(x)),
    );
    return right(asked(fromSeed(seed))(inputs), ([both, one]) =>
      all(
        same('0,1', `${both?.columns}`),
        near(0, both?.increase.estimate ?? Number.NaN, 'both', 1e-12),
        holds((one?.increase.estimate ?? 0) > 0.1, 'more than 0.1', `${one?.increase.estimate}`, 'one'),
        same(5, one?.increases.length),
        near(meanOf(one?.increases ?? []), one?.increase.estimate ?? Number.NaN, 'the mean of its increases'),
      ),
    );
  },
  { runs: 10 },
);

const alone = law(
  'importance-by-itself',
  'a feature has the same importance whatever others are asked for',
  seeds,
  (seed) => {
    const inputs = generate('f64', [10, 3], (i) => (i * i) % 17);
    const error = (x: typeof inputs): E.Either<never, number> =>
      E.right(toArray(x).reduce((sum, value, i) => sum + value * i, 0));
    const asked = (groups: ReadonlyArray<readonly number[]>) =>
      Curve.permutationImportance({ repeats: 2, level: 0.9, groups })(error)(fromSeed(seed))(inputs);
    return right(asked([[2]]), ([only]) =>
      right(asked([[0], [1], [2]]), ([, , third]) => same(`${only?.increases}`, `${third?.increases}`)),
    );
  },
  { runs: 10 },
);

const ties = law(
  'main-of-ties',
  'of labels that are predicted as often as each other, the main prediction is the lowest, in whatever order they come',
  fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 2 }),
  (labels) =>
    right(Curve.zeroOneBiasVariance([0])([[...labels, ...labels.toReversed()]]), ({ main }) =>
      same(Math.min(...labels), main[0]),
    ),
);

const apart = law(
  'importances-are-shuffled-apart',
  'two columns that say the same are not given to the same rows, over five keys',
  seeds,
  (seed) => {
    const inputs = generate('f64', [12, 2], (i) => Math.floor(i / 2) ** 2);
    const error = (x: typeof inputs): E.Either<never, number> =>
      E.right(toArray(x).reduce((sum, value, i) => sum + value * Math.floor(i / 2), 0));
    const asked = Curve.permutationImportance({ repeats: 2, level: 0.9 })(error);
    // A permutation of twelve is another's with probability 1/12!.
    return all(
      ...[0, 1, 2, 3, 4].map((i) =>
        right(asked(fromSeed(seed + i))(inputs), ([one, other]) =>
          holds(`${one?.increases}` !== `${other?.increases}`, 'different rows', `${one?.increases}`),
        ),
      ),
    );
  },
  { runs: 5 },
);

/** The laws of bias, variance and importance that are this project's own. */
export const partLaws: LawSet = lawSet('parts', [bootstrapMean, leastSquares, ties, together, alone, apart]);
