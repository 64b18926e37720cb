/** Bias and variance of a network on one noisy wave: where rows can be drawn anew, and by the bootstrap of one set of them. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Curve, Fold, type Key, Tensor } from 'nabla-ts';
import { keysOf, learn, own, range, sure, take, told } from './common.ts';
import { NOISE, ROWS, setting, wave, waves } from './curves.ts';

const GRID = 101;
const grid = Tensor.generate('f32', [GRID, 1], (i) => (2 * i) / (GRID - 1) - 1);
const truth = Tensor.toArray(grid).map(wave);

type Fit = ReturnType<typeof learn>;

/** Over sets of rows that are drawn anew, and against the wave without its noise. */
const anew = (fit: Fit, sets: number, key: Key.Key): Curve.BiasVariance => {
  const predictions = range(sets).map((i) => fit(own(own(key, 1), i))(waves(ROWS)(own(own(key, 0), i)))(grid));
  return sure(Curve.biasVariance(truth)(range(GRID).map((at) => predictions.map((of) => of[at] ?? Number.NaN))));
};

/** What the first of these sets says of the same, by resamples of it: each row is predicted by those that have not seen it. */
const resampled = (fit: Fit, resamples: number, key: Key.Key): Curve.BiasVariance => {
  const rows = waves(ROWS)(own(own(key, 0), 0));
  return sure(
    pipe(
      Fold.bootstrap(resamples)(own(key, 2))(ROWS),
      E.chain(
        Curve.outOfBag((train, of, index) =>
          E.right(fit(own(own(key, 3), index))(take(train)(rows))(take(of)(rows).inputs)),
        )(ROWS),
      ),
      E.chain(Curve.biasVariance(rows.targets)),
    ),
  );
};

/** The parts of the error at a strength of the penalty; a number for each seed. */
export interface Parts {
  readonly penalty: number;
  readonly squaredBias: readonly number[];
  readonly variance: readonly number[];
  readonly bootstrap: { readonly squaredBias: readonly number[]; readonly variance: readonly number[] };
}

/** Bias and variance over `sets` sets of 20 rows and over `resamples` resamples of the first; all of it for each of `seeds` seeds. */
export const decomposed = (
  penalties: readonly number[],
  sets: number,
  resamples: number,
  seeds: number,
): readonly Parts[] =>
  penalties.map((penalty) => {
    const fit = learn({ ...setting, penalty });
    const found = keysOf(15, seeds).map((key) => [anew(fit, sets, key), resampled(fit, resamples, key)] as const);
    return {
      penalty,
      squaredBias: found.map(([{ squaredBias }]) => squaredBias),
      variance: found.map(([{ variance }]) => variance),
      bootstrap: {
        squaredBias: found.map(([, { squaredBias }]) => squaredBias),
        variance: found.map(([, { variance }]) => variance),
      },
    };
  });

/** The whole error, a number for each seed. */
export const wholeOf = ({ squaredBias, variance }: Parts): readonly number[] =>
  squaredBias.map((bias, i) => bias + (variance[i] ?? Number.NaN) + NOISE * NOISE);

export const partsTable = (parts: readonly Parts[]): string =>
  [
    '| penalty | bias² | variance | its change from one penalty to the next | with the noise | bootstrap: bias² and noise | bootstrap: variance |',
    '|---:|---|---|---|---|---|---|',
    ...parts.map((one, i) => {
      const before = parts[i - 1]?.variance;
      const change = before === undefined ? '' : told(one.variance.map((v, seed) => v - (before[seed] ?? Number.NaN)));
      const cells = [one.squaredBias, one.variance].map((of) => told(of));
      const others = [wholeOf(one), one.bootstrap.squaredBias, one.bootstrap.variance].map((of) => told(of));
      return `| ${[one.penalty, ...cells, change, ...others].join(' | ')} |`;
    }),
  ].join('\n');
