/** Learning and validation curves of a network on one noisy wave. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Curve, Expr, Fold, type Interval, Key, Tensor } from 'nabla-ts';
import { keysOf, learn, mean, own, type Rows, sure, take } from './common.ts';

/** The deviation of the noise. */
export const NOISE = 0.3;

/** Rows of the sets that are learnt from, but for the learning curve. */
export const ROWS = 20;

const sine = Expr.evaluate('f64')(Expr.sin(Expr.input('x')));

/** What is to be learnt, on [−1, 1]. */
export const wave = (x: number): number => sine({ x: 4 * x });

/** Places in [−1, 1], and the wave there with noise. */
export const waves =
  (rows: number) =>
  (key: Key.Key): Rows => {
    const inputs = Tensor.generate(
      'f32',
      [rows, 1],
      (
        (draws) => (i: number) =>
          2 * (draws[i] ?? 0) - 1
      )(Key.uniform([rows], 'f64')(own(key, 0)).data),
    );
    const noise = Key.normal([rows], 'f64')(own(key, 1)).data;
    return { inputs, targets: Tensor.toArray(inputs).map((x, i) => wave(x) + NOISE * (noise[i] ?? 0)) };
  };

const squared = (predictions: readonly number[], { targets }: Rows): number =>
  mean(predictions.map((p, i) => (p - (targets[i] ?? 0)) ** 2));

/** The network of these curves. */
export const setting = { kind: 'numbers', width: 16, epochs: 500 } as const;

const judged =
  (rows: Rows, key: Key.Key) =>
  (penalty: number, { train, validation }: Fold.Fold): E.Either<never, Curve.Errors> => {
    const [learnt, others] = [take(train)(rows), take(validation)(rows)];
    const predict = learn({ ...setting, penalty })(key)(learnt);
    return E.right({
      train: squared(predict(learnt.inputs), learnt),
      validation: squared(predict(others.inputs), others),
    });
  };

/** The error against the number of rows, by five folds of one set. */
export const learning = (sizes: readonly number[]): readonly Curve.Point<number>[] => {
  const [data, folding, cutting, starting] = keysOf(13, 4).map((key) => own(key, 0));
  if (data === undefined || folding === undefined || cutting === undefined || starting === undefined) return [];
  const rows = waves(Math.ceil(1.25 * Math.max(...sizes)))(data);
  const fit = judged(rows, starting);
  return sure(
    pipe(
      Fold.kFold(5)(folding)(rows.targets.length),
      E.chain(Curve.learningCurve({ sizes, level: 0.95 })((fold) => fit(0.001, fold))(cutting)),
    ),
  );
};

/** The error against the strength of a penalty, by five folds of 20 rows, some times over. */
export const validating = (penalties: readonly number[], times: number): readonly Curve.Point<number>[] => {
  const [data, folding, starting] = keysOf(14, 3).map((key) => own(key, 0));
  if (data === undefined || folding === undefined || starting === undefined) return [];
  const rows = waves(ROWS)(data);
  return sure(
    pipe(
      Fold.repeated(times)((key) => Fold.kFold(5)(key)(ROWS))(folding),
      E.chain(Curve.validationCurve({ values: penalties, level: 0.95 })(judged(rows, starting))),
    ),
  );
};

/** The error against the strength of a penalty, over `runs` sets of 20 rows and each time on 500 others. */
export const overSets = (penalties: readonly number[], runs: number): readonly Curve.Point<number>[] =>
  sure(
    pipe(
      Key.fromSeed(14),
      Curve.seedCurve({ values: penalties, runs, level: 0.95 })((penalty, key) => {
        const [learnt, others] = [waves(ROWS)(own(key, 0)), waves(500)(own(key, 1))];
        const predict = learn({ ...setting, penalty })(own(key, 2))(learnt);
        return E.right({
          train: squared(predict(learnt.inputs), learnt),
          validation: squared(predict(others.inputs), others),
        });
      }),
    ),
  );

const interval = ({ estimate, low, high }: Interval.Interval): string =>
  `${estimate.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

export const curveTable = (points: readonly Curve.Point<number>[], what: string): string =>
  [
    `| ${what} | training error | validation error |`,
    '|---:|---|---|',
    ...points.map(({ at, train, validation }) => `| ${at} | ${interval(train)} | ${interval(validation)} |`),
  ].join('\n');
