/** Metrics by what they are told, in plain numbers, and what those of a kind are tried on. */
import * as fc from 'fast-check';
import { fromSeed, permutation } from '../../../src/tensor/key.ts';
import { code, type Law, law, type Verdict } from '../../law.ts';
import { type PackOptions, runsOf, toleranceOf } from '../options.ts';

type Rows = ReadonlyArray<readonly number[]>;

/** A number, or nothing where there is none (a thrown error counts as nothing). */
export type Answer = number | undefined;

/** A metric: its kind says what it is told and what must hold of it. */
export type Metric =
  /** The fraction of rows whose greatest score is at their label. */
  | { readonly kind: 'accuracy'; readonly of: (labels: readonly number[], scores: Rows) => Answer }
  /** Entry [a][p]: how many rows of class a were said to be of class p. */
  | {
      readonly kind: 'confusionMatrix';
      readonly of: (classes: number, actual: readonly number[], predicted: readonly number[]) => Rows | undefined;
    }
  /** The area under the ROC curve, from labels 0 and 1 and scores. */
  | { readonly kind: 'rocAuc'; readonly of: (labels: readonly number[], scores: readonly number[]) => Answer }
  /** The mean of −log of the probability that was given to the label. */
  | { readonly kind: 'logLoss'; readonly of: (labels: readonly number[], probabilities: Rows) => Answer }
  /** The coefficient of determination. */
  | { readonly kind: 'r2'; readonly of: (targets: readonly number[], predictions: readonly number[]) => Answer }
  /**
   * The expected calibration error of probabilities of class 1, from labels 0 and 1, in an even number of at least four bins
   * of any kind.
   */
  | {
      readonly kind: 'calibration';
      readonly of: (labels: readonly number[], probabilities: readonly number[]) => Answer;
      readonly bins: number;
    }
  /** The bins of a calibration curve of probabilities of class 1, from labels 0 and 1: bins of any kind, in their order. */
  | {
      readonly kind: 'calibrationCurve';
      readonly of: (
        labels: readonly number[],
        probabilities: readonly number[],
      ) =>
        | ReadonlyArray<{ readonly count: number; readonly confidence: number; readonly frequency: number }>
        | undefined;
    }
  /** The residuals of each row and output, both from 0, in any order. */
  | {
      readonly kind: 'residuals';
      readonly of: (
        targets: Rows,
        predictions: Rows,
      ) =>
        | ReadonlyArray<{
            readonly row: number;
            readonly output: number;
            readonly prediction: number;
            readonly residual: number;
          }>
        | undefined;
    }
  /** Any mean over rows of a cost of target and prediction; `expected` is that cost. */
  | {
      readonly kind: 'mean';
      readonly of: (targets: readonly number[], predictions: readonly number[]) => Answer;
      readonly expected: (target: number, prediction: number) => number;
    };

export const u = 2 ** -53;

/** A law of a metric. */
export const stated = <A>(
  options: PackOptions,
  name: string,
  statement: string,
  formula: string,
  samples: fc.Arbitrary<A>,
  predicate: (sample: A) => Verdict,
  { runs = 60, show }: { readonly runs?: number; readonly show?: (sample: A) => string } = {},
): Law =>
  law(name, statement, samples, predicate, {
    runs: runsOf(options, runs),
    formula,
    ...(show === undefined ? {} : { show }),
  });

/** Holds when a metric gives a number within rounding. */
export const near = (
  options: PackOptions,
  expected: number,
  received: Answer,
  bound: number,
  reason: string,
  where = 'the metric',
): Verdict => {
  const tolerance = toleranceOf(options) * bound;
  return received !== undefined && (received === expected || Math.abs(expected - received) <= tolerance)
    ? undefined
    : {
        expected: code(expected),
        received: code(received),
        where,
        tolerance: `${tolerance}: ${reason}`,
      };
};

/** An answer, or nothing where something was thrown. */
export const answered = <A>(ask: () => A | undefined): A | undefined => {
  try {
    return ask();
  } catch {
    return undefined;
  }
};

/** Holds when there was no answer. */
export const refused = (ask: () => unknown, what: string): Verdict => {
  const answer = answered(ask);
  return answer === undefined
    ? undefined
    : { expected: `no answer: ${what}`, received: code(answer), where: 'the metric' };
};

/** The same rows in another order. */
export const reordered = <A>(rows: readonly A[], seed: number): readonly A[] =>
  permutation(rows.length)(fromSeed(seed)).flatMap((i) => rows.slice(i, i + 1));

export const seeds = fc.nat(2 ** 31 - 1);

/** Rows of a label and as many scores as there are classes; no two scores of a row are the same. */
export const scored = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(10), seeds), { minLength: 1, maxLength: 20 }).map((rows) =>
    rows.map(([label, base, seed]) => ({
      label,
      scores: permutation(classes)(fromSeed(seed)).map((rank) => rank - base),
    })),
  ),
);

/** Rows of a label 0 or 1, each there at least once, and a score; ties are common. */
export const ranked = fc
  .array(fc.record({ label: fc.nat(1), score: fc.integer({ min: -4, max: 4 }) }), { minLength: 2, maxLength: 30 })
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2);

/** Rows of a target and a prediction, whole numbers; not all targets are the same. */
export const paired = fc
  .array(fc.record({ target: fc.integer({ min: -9, max: 9 }), prediction: fc.integer({ min: -9, max: 9 }) }), {
    minLength: 2,
    maxLength: 20,
  })
  .filter((rows) => new Set(rows.map(({ target }) => target)).size > 1);

/** Rows of a label and probabilities that add up to 1 but for rounding. */
export const judged = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc.array(
    fc
      .tuple(fc.nat(classes - 1), fc.array(fc.integer({ min: 1, max: 50 }), { minLength: classes, maxLength: classes }))
      .map(([label, weights]) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        return { label, probabilities: weights.map((weight) => weight / sum) };
      }),
    { minLength: 1, maxLength: 20 },
  ),
);
