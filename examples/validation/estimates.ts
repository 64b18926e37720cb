/** What is estimated of a rule's error from the rows that it was made of: nested folds, the bootstrap, and how right they are. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Curve, Fold, Interval, Key, Tensor } from 'nabla-ts';
import { errorRate, keysOf, learn, mean, own, type Rows, range, sure, take, told } from './common.ts';
import { noise } from './leaks.ts';

const rule = learn({ kind: 'classes', width: 0, epochs: 30 });

/** Candidates that differ in which ten of 50 features they see; labels are a coin's. */
export const nesting = (
  seeds: number,
  candidates: number,
): { readonly chosen: readonly number[]; readonly nested: readonly number[] } => {
  const both = keysOf(10, seeds).map((key) => {
    const rows = noise(60, 50)(key);
    const columns = range(candidates).map((i) => Key.permutation(50)(own(own(key, 5), i)).slice(0, 10));
    const judged = (candidate: number, { train, validation }: Fold.Fold): number => {
      const of = columns[candidate] ?? [];
      const others = take(validation, of)(rows);
      return errorRate(rule(own(key, candidate))(take(train, of)(rows))(others.inputs), others.targets);
    };
    const least = (folds: readonly Fold.Fold[]) =>
      sure(
        pipe(
          folds,
          Curve.validationCurve({ values: range(candidates), level: 0.95 })((candidate, fold) =>
            E.right({ train: 0, validation: judged(candidate, fold) }),
          ),
          E.chain(Curve.lowest),
        ),
      );
    const outer = sure(Fold.stratifiedKFold(5)(own(key, 6))(rows.targets));
    const folds = sure(Fold.nested((train, i) => Fold.kFold(4)(own(own(key, 7), i))(train.length))(outer));
    return {
      chosen: least(outer).validation.estimate,
      nested: sure(Fold.crossValidate((fold: Fold.NestedFold) => E.right(judged(least(fold.inner).at, fold)))(folds))
        .mean,
    };
  });
  return { chosen: both.map(({ chosen }) => chosen), nested: both.map(({ nested }) => nested) };
};

/** Two classes whose means are `apart` in each of five features; a label is a coin's where that is 0. */
export const clouds =
  (rows: number, apart: number) =>
  (key: Key.Key): Rows => {
    const labels = Key.permutation(rows)(own(key, 1)).map((at) => at % 2);
    const normal = Key.normal([rows, 5], 'f32')(own(key, 0)).data;
    return {
      inputs: Tensor.generate('f32', [rows, 5], (i) => (normal[i] ?? 0) + apart * (labels[Math.floor(i / 5)] ?? 0)),
      targets: labels,
    };
  };

/** The label of the nearest row. */
export const nearest =
  ({ inputs, targets }: Rows) =>
  (x: Tensor.Tensor): readonly number[] => {
    const width = inputs.shape[1] ?? 1;
    return range(x.shape[0] ?? 0).map((row) => {
      const far = range(targets.length).map((other) =>
        range(width).reduce(
          (sum, j) => sum + ((x.data[row * width + j] ?? 0) - (inputs.data[other * width + j] ?? 0)) ** 2,
          0,
        ),
      );
      return targets[far.indexOf(Math.min(...far))] ?? 0;
    });
  };

const linear =
  (key: Key.Key) =>
  (rows: Rows) =>
  (x: Tensor.Tensor): readonly number[] =>
    rule(key)(rows)(x).map((score) => (score > 0 ? 1 : 0));

const wrong = (target: number, prediction: number): number => (target === prediction ? 0 : 1);

const ESTIMATES = ['apparent', 'out of the bag', '.632', '.632+', '5-fold'] as const;

export interface Estimated {
  readonly name: string;
  /** The true error of each seed, and each estimate of it. */
  readonly truth: readonly number[];
  readonly estimates: Readonly<Record<(typeof ESTIMATES)[number], readonly number[]>>;
}

const estimated = (
  name: string,
  seeds: number,
  resamples: number,
  apart: number,
  made: (key: Key.Key) => (rows: Rows) => (x: Tensor.Tensor) => readonly number[],
): Estimated => {
  const found = keysOf(11, seeds).map((key) => {
    const rows = clouds(40, apart)(own(key, 0));
    const fresh = clouds(1000, apart)(own(key, 1));
    const fit = made(own(key, 2));
    const predict = (train: readonly number[], of: readonly number[]) =>
      E.right(fit(take(train)(rows))(take(of)(rows).inputs));
    const errors = sure(
      pipe(
        Fold.bootstrap(resamples)(own(key, 3))(40),
        E.chain(Fold.bootstrapError({ targets: rows.targets, loss: wrong, predict })),
      ),
    );
    const folds = sure(Fold.stratifiedKFold(5)(own(key, 4))(rows.targets));
    return {
      truth: mean(fit(rows)(fresh.inputs).map((label, i) => wrong(label, fresh.targets[i] ?? 0))),
      apparent: errors.apparent,
      'out of the bag': errors.outOfBag,
      '.632': errors.estimate632,
      '.632+': errors.estimate632Plus,
      '5-fold': mean(
        folds.map(({ train, validation }) =>
          mean(sure(predict(train, validation)).map((label, i) => wrong(label, rows.targets[validation[i] ?? 0] ?? 0))),
        ),
      ),
    };
  });
  const of = (estimate: (typeof ESTIMATES)[number]): readonly number[] => found.map((one) => one[estimate]);
  return {
    name,
    truth: found.map(({ truth }) => truth),
    estimates: {
      apparent: of('apparent'),
      'out of the bag': of('out of the bag'),
      '.632': of('.632'),
      '.632+': of('.632+'),
      '5-fold': of('5-fold'),
    },
  };
};

/** Two rules, each where there is something to learn and where there is nothing. */
export const estimates = (seeds: number, resamples: number): readonly Estimated[] => [
  estimated('nearest neighbour, a coin’s labels', seeds, resamples, 0, () => nearest),
  estimated('nearest neighbour, two clouds', seeds, resamples, 0.8, () => nearest),
  estimated('linear network, a coin’s labels', seeds, resamples, 0, linear),
  estimated('linear network, two clouds', seeds, resamples, 0.8, linear),
];

/** How far each estimate is from the truth: on average, and typically (root mean square). */
export const estimateTable = (found: readonly Estimated[]): string =>
  [
    `| rule | true error | ${ESTIMATES.map((name) => `${name}: bias, RMS`).join(' | ')} |`,
    `|---|---|${ESTIMATES.map(() => '---').join('|')}|`,
    ...found.map(({ name, truth, estimates: of }) => {
      const cells = ESTIMATES.map((estimate) => {
        const off = truth.map((error, i) => (of[estimate][i] ?? 0) - error);
        const { mean: bias } = sure(Interval.moments(off));
        const interval = sure(Interval.mean(0.95)(off));
        return `${bias.toFixed(3)} ± ${(interval.high - interval.estimate).toFixed(3)}, ${Math.sqrt(mean(off.map((x) => x * x))).toFixed(3)}`;
      });
      return `| ${name} | ${told(truth)} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
