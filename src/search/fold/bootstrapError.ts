/** The bootstrap's estimate of a prediction error: what a rule's predictions cost on rows it was not trained on. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type BootstrapEstimate, bootstrap632 } from './bootstrap632.ts';
import type { Fold } from './fold.ts';
import { countFrom } from './refuse.ts';

/** What is judged: a rule, by its predictions, one loss each. */
export interface Prediction<Y> {
  /** The true answer of each row. */
  readonly targets: readonly Y[];
  /** What a prediction costs, at least 0: 1 for a wrong class and 0 for the right one, or a square. */
  readonly loss: (target: Y, prediction: Y) => number;
  /**
   * Trains on rows (one that stands there twice counts twice) and predicts for others, in their order. `index` is the
   * number of the resample; of the training on all rows it is the number of resamples.
   */
  readonly predict: (
    train: readonly number[],
    rows: readonly number[],
    index: number,
  ) => E.Either<Failure, readonly Y[]>;
}

const where = 'Fold.bootstrapError';

const tally = <Y>(values: readonly Y[]): ReadonlyArray<readonly [value: Y, count: number]> => {
  const counts = new Map<Y, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
};

/** γ = Σᵢ Σⱼ L(yᵢ, r(xⱼ))/n², equal targets and equal predictions taken together. */
const noInformationOf = <Y>({ targets, loss }: Prediction<Y>, predictions: readonly Y[]): number => {
  const predicted = tally(predictions);
  let total = 0;
  for (const [target, times] of tally(targets))
    for (const [prediction, count] of predicted) total += times * count * loss(target, prediction);
  return total / (targets.length * targets.length);
};

/** The target and the prediction of each row; slices, for a target may well be undefined. */
const pairs = <Y>(
  targets: readonly Y[],
  rows: readonly number[],
  predictions: readonly Y[],
): ReadonlyArray<readonly [target: Y, prediction: Y]> =>
  rows.flatMap((row, i) =>
    targets.slice(row, row + 1).flatMap((y) => predictions.slice(i, i + 1).map((z) => [y, z] as const)),
  );

/** Predictions for rows and what each costs. */
const judged =
  <Y>({ targets, loss, predict }: Prediction<Y>) =>
  (
    train: readonly number[],
    rows: readonly number[],
    index: number,
  ): E.Either<Failure, { readonly predictions: readonly Y[]; readonly losses: readonly number[] }> =>
    pipe(
      predict(train, rows, index),
      E.filterOrElse(
        (predictions) => predictions.length === rows.length,
        ({ length }) => failure('shape', where, `${rows.length} predictions`, `${length}`),
      ),
      E.chain((predictions) => {
        const losses = pairs(targets, rows, predictions).map(([y, z]) => loss(y, z));
        const wrong = losses.findIndex((cost) => !(Number.isFinite(cost) && cost >= 0));
        return wrong < 0
          ? E.right({ predictions, losses })
          : E.left(failure('value', `${where}, row ${rows[wrong]}`, 'a finite loss of at least 0', `${losses[wrong]}`));
      }),
      E.mapLeft((wrong) => failure(wrong.tag, `resample ${index}: ${wrong.where}`, wrong.expected, wrong.received)),
    );

/** The mean over rows of each row's mean loss in the resamples that have not drawn it. */
const outOfBagOf = (
  rows: number,
  losses: ReadonlyArray<{ readonly validation: readonly number[]; readonly losses: readonly number[] }>,
): E.Either<Failure, number> => {
  const sums = new Float64Array(rows);
  const counts = new Uint32Array(rows);
  for (const { validation, losses: own } of losses)
    validation.forEach((row, i) => {
      sums[row] = (sums[row] ?? 0) + (own[i] ?? 0);
      counts[row] = (counts[row] ?? 0) + 1;
    });
  const always = counts.indexOf(0);
  return always < 0
    ? E.right(sums.reduce((total, sum, row) => total + sum / (counts[row] ?? 0), 0) / rows)
    : E.left(
        failure(
          'shape',
          where,
          `resamples enough that each row is left out of one`,
          `${losses.length} resamples that all draw row ${always}`,
        ),
      );
};

/**
 * The apparent, out-of-bag and no-information error of a rule and the .632 and .632+ estimates of its prediction error (see
 * {@link bootstrap632}), from the resamples of {@link bootstrap}; 50 to 200 of them are usual. The rule is trained once a
 * resample and once on all rows. Fails as the rule does, on a loss that is not finite or is below 0, on resamples of other
 * rows, and where a row is in every resample.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const targets = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
 * // A rule that always says 1 errs on half of the rows, whatever it was trained on.
 * const predict = (_train: readonly number[], rows: readonly number[]) => E.right(rows.map(() => 1));
 * const loss = (target: number, prediction: number) => (target === prediction ? 0 : 1);
 * pipe(
 *   Fold.bootstrap(50)(Key.fromSeed(1))(targets.length),
 *   E.chain(Fold.bootstrapError({ targets, loss, predict })),
 *   E.map(({ apparent, outOfBag, estimate632Plus }) => [apparent, outOfBag, estimate632Plus]),
 * ) // => E.right([0.5, 0.5, 0.5])
 * ```
 */
export const bootstrapError =
  <Y>(prediction: Prediction<Y>) =>
  (resamples: readonly Fold[]): E.Either<Failure, BootstrapEstimate> => {
    const rows = prediction.targets.length;
    const all = Array.from({ length: rows }, (_, row) => row);
    return pipe(
      countFrom(where, 'resamples', 1)(resamples.length),
      E.chain(() => countFrom(where, 'targets', 1)(rows)),
      E.chain(() => {
        const beyond = resamples
          .flatMap(({ train, validation }) => [...train, ...validation])
          .find((row) => !(row in all));
        return beyond === undefined
          ? E.right(resamples)
          : E.left(failure('shape', where, `resamples of ${rows} rows, one a target`, `row ${beyond}`));
      }),
      E.chain(
        E.traverseArrayWithIndex((index, { train, validation }) =>
          pipe(
            judged(prediction)(train, validation, index),
            E.map(({ losses }) => ({ validation, losses })),
          ),
        ),
      ),
      E.chain((losses) => outOfBagOf(rows, losses)),
      E.bindTo('outOfBag'),
      E.bind('whole', () => judged(prediction)(all, all, resamples.length)),
      E.chain(({ outOfBag, whole }) =>
        bootstrap632({
          apparent: whole.losses.reduce((sum, cost) => sum + cost, 0) / rows,
          outOfBag,
          noInformation: noInformationOf(prediction, whole.predictions),
        }),
      ),
    );
  };
