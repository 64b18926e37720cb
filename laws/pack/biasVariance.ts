/** The laws of bias and variance: what an error is made of. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { all, code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** The parts of a squared error. */
export interface SquaredParts {
  readonly error: number;
  readonly squaredBias: number;
  readonly variance: number;
}

/** A decomposition of a squared error in plain numbers. */
export interface BiasVarianceRule {
  /** The parts for targets and, for each, predictions of several trainings; or nothing where there are none. */
  readonly of: (targets: readonly number[], predictions: ReadonlyArray<readonly number[]>) => SquaredParts | undefined;
}

/** The parts of an error rate. */
export interface ZeroOneParts {
  readonly error: number;
  readonly bias: number;
  readonly variance: number;
  /** The part of the variance that harms, and how often it mends. */
  readonly unbiasedVariance: number;
  readonly biasedVariance: number;
}

/** A decomposition of an error rate in plain numbers. */
export interface ZeroOneRule {
  /** The parts for labels and, for each, predicted labels of several trainings; or nothing where there are none. */
  readonly of: (labels: readonly number[], predictions: ReadonlyArray<readonly number[]>) => ZeroOneParts | undefined;
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Rows of a target and two to eight predictions: whole numbers, not as many for every row. */
const rows = fc.array(
  fc.record({
    target: fc.integer({ min: -9, max: 9 }),
    predictions: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** All sequences of `length` of some values. */
const sequences = (values: readonly number[], length: number): ReadonlyArray<readonly number[]> =>
  length === 0 ? [[]] : sequences(values, length - 1).flatMap((rest) => values.map((value) => [...rest, value]));

/**
 * The laws of anybody's decomposition of a squared error into squared bias and variance: what each part is, that they add up,
 * and that each estimate is without bias.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The bias of the whole, not of each row: where one row is too high and another too low, nothing is left.
 * const averaged = laws.biasVariance({
 *   of: (targets, predictions) => {
 *     const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
 *     const bias = mean(targets.map((y, i) => y - mean(predictions[i] ?? [])));
 *     const error = mean(targets.map((y, i) => mean((predictions[i] ?? []).map((p) => (y - p) ** 2))));
 *     return { error, squaredBias: bias ** 2, variance: error - bias ** 2 };
 *   },
 * });
 * check(averaged).some(({ outcome }) => outcome.tag === 'failed') // => true
 * ```
 */
export const biasVariance = ({ of }: BiasVarianceRule, options: PackOptions = {}): LawSet => {
  type Rows = ReadonlyArray<{ readonly target: number; readonly predictions: readonly number[] }>;
  // Squares of numbers up to 18, sums of at most 64 of them: a hundred roundings of 2⁻⁵³ of 400.
  const near = 1e-11 * toleranceOf(options);
  const close = (expected: number, received: number | undefined, where: string): Verdict =>
    holds(
      received !== undefined && Math.abs(expected - received) <= near * Math.max(1, Math.abs(expected)),
      `${expected}`,
      `${received}`,
      where,
    );
  const ask = (sample: Rows): SquaredParts | undefined =>
    of(
      sample.map(({ target }) => target),
      sample.map(({ predictions }) => predictions),
    );
  return packed('bias and variance', options, [
    law(
      'every row counts alike',
      'the error is the mean over rows of the mean square of each, however many predictions a row has',
      rows,
      (sample) =>
        close(
          mean(sample.map(({ target, predictions }) => mean(predictions.map((p) => (target - p) ** 2)))),
          ask(sample)?.error,
          'error',
        ),
      { runs: runsOf(options, 60), formula: 'E = (1/n)·Σᵢ (1/Bᵢ)·Σⱼ (yᵢ − ŷᵢⱼ)²' },
    ),
    law(
      'the parts add up',
      'the error is the squared bias and the variance together',
      rows,
      (sample) => {
        const parts = ask(sample);
        return close(parts?.error ?? NaN, (parts?.squaredBias ?? NaN) + (parts?.variance ?? NaN), 'sum');
      },
      { runs: runsOf(options, 60), formula: 'E = bias² + variance' },
    ),
    law(
      'what does not vary has no variance',
      'predictions that are the same whatever was trained on are bias alone',
      fc.array(
        fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 2, max: 6 })),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      (sample) => {
        const parts = ask(
          sample.map(([target, prediction, count]) => ({
            target,
            predictions: Array.from({ length: count }, () => prediction),
          })),
        );
        return all(
          close(0, parts?.variance, 'variance'),
          close(mean(sample.map(([y, p]) => (y - p) ** 2)), parts?.squaredBias, 'squared bias'),
        );
      },
      { runs: runsOf(options, 40), formula: 'ŷᵢⱼ = cᵢ ⇒ variance = 0, bias² = (1/n)·Σᵢ (yᵢ − cᵢ)²' },
    ),
    law(
      'variance does not ask for targets',
      'with other targets the variance is the same',
      fc.tuple(rows, fc.integer({ min: -9, max: 9 })),
      ([sample, shift]) =>
        close(
          ask(sample)?.variance ?? NaN,
          ask(sample.map(({ target, predictions }, i) => ({ target: target + shift * i, predictions })))?.variance,
          'variance',
        ),
      { runs: runsOf(options, 40), show: named('sample', 'shift'), formula: 'variance(y, ŷ) = variance(y′, ŷ)' },
    ),
    law(
      'each part is right on average',
      'over all samples of two or three predictions drawn from three, the mean variance is theirs and the mean squared bias is that of their mean',
      fc.tuple(
        fc.integer({ min: -9, max: 9 }),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(2, 3),
      ),
      ([target, from, count]) => {
        const parts = sequences(from, count).map((predictions) => ask([{ target, predictions }]));
        const middle = mean(from);
        return all(
          close(mean(from.map((x) => (x - middle) ** 2)), mean(parts.map((one) => one?.variance ?? NaN)), 'variance'),
          close((target - middle) ** 2, mean(parts.map((one) => one?.squaredBias ?? NaN)), 'squared bias'),
        );
      },
      {
        runs: runsOf(options, 30),
        show: named('target', 'from', 'count'),
        formula: 'E[variance] = E(ŷ − Eŷ)², E[bias²] = (y − Eŷ)²',
      },
    ),
    law(
      'bad input is refused',
      'of no row, of one prediction, of other numbers of rows and of what is not finite there are no parts',
      fc.constantFrom<readonly [readonly number[], ReadonlyArray<readonly number[]>]>(
        [[], []],
        [[1], [[2]]],
        [[1, 2], [[1, 2]]],
        [[1], [[1, NaN]]],
        [[Number.POSITIVE_INFINITY], [[1, 2]]],
      ),
      ([targets, predictions]) => {
        const parts = of(targets, predictions);
        return holds(parts === undefined, 'nothing', code(parts), code([targets, predictions]));
      },
      {
        runs: runsOf(options, 20),
        show: named('targets', 'predictions'),
        formula: 'n = 0, Bᵢ < 2 or some yᵢ, ŷᵢⱼ ∉ ℝ ⇒ no parts',
      },
    ),
  ]);
};

/** Rows of a label, the one that is predicted most, and how often each of four labels is predicted; the first is that most. */
const votes = fc.array(
  fc
    .tuple(fc.nat(3), fc.nat(3), fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([label, main, counts, more]) => ({
      label,
      main,
      predictions: [
        ...counts.flatMap((count, i) => Array.from({ length: count }, () => (main + 1 + i) % 4)),
        ...Array.from({ length: Math.max(...counts) + more }, () => main),
      ],
    }))
    .filter(({ predictions }) => predictions.length >= 2),
  { minLength: 1, maxLength: 8 },
);

/**
 * The laws of anybody's decomposition of an error rate into bias, the variance that harms and the variance that mends
 * (Domingos 2000).
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * const nothing = laws.zeroOneBiasVariance({ of: () => undefined });
 * check(nothing).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name)
 * // => ['bias is of the main prediction', 'variance is of the main prediction', 'where the main prediction is wrong, variance mends', 'names do not matter']
 * ```
 */
export const zeroOneBiasVariance = ({ of }: ZeroOneRule, options: PackOptions = {}): LawSet => {
  type Votes = ReadonlyArray<{
    readonly label: number;
    readonly main: number;
    readonly predictions: readonly number[];
  }>;
  // Means of shares of at most 20 votes over at most 8 rows.
  const near = 1e-13 * toleranceOf(options);
  const close = (expected: number, received: number | undefined, where: string): Verdict =>
    holds(received !== undefined && Math.abs(expected - received) <= near, `${expected}`, `${received}`, where);
  const ask = (sample: Votes): ZeroOneParts | undefined =>
    of(
      sample.map(({ label }) => label),
      sample.map(({ predictions }) => predictions),
    );
  const share = (predictions: readonly number[], is: (p: number) => boolean): number =>
    predictions.filter(is).length / predictions.length;
  return packed('0–1 bias and variance', options, [
    law(
      'bias is of the main prediction',
      'the share of rows whose most frequent prediction is not the label',
      votes,
      (sample) => close(mean(sample.map(({ label, main }) => (label === main ? 0 : 1))), ask(sample)?.bias, 'bias'),
      { runs: runsOf(options, 60), formula: 'B = (1/n)·#{i : mode ŷᵢ ≠ yᵢ}' },
    ),
    law(
      'variance is of the main prediction',
      'the mean share of predictions that are not the most frequent one',
      votes,
      (sample) =>
        close(
          mean(sample.map(({ main, predictions }) => share(predictions, (p) => p !== main))),
          ask(sample)?.variance,
          'variance',
        ),
      { runs: runsOf(options, 60), formula: 'V = (1/n)·Σᵢ P(ŷᵢ ≠ mode ŷᵢ)' },
    ),
    law(
      'where the main prediction is wrong, variance mends',
      'the error rate is the bias, and the variance of rows without bias, less how often a row with bias is met',
      votes,
      (sample) => {
        const parts = ask(sample);
        const error = mean(sample.map(({ label, predictions }) => share(predictions, (p) => p !== label)));
        return all(
          close(error, parts?.error, 'error'),
          close(
            error,
            parts === undefined ? undefined : parts.bias + parts.unbiasedVariance - parts.biasedVariance,
            'sum',
          ),
        );
      },
      { runs: runsOf(options, 60), formula: 'E = B + Vᵤ − Vᵦ' },
    ),
    law(
      'names do not matter',
      'labels that are all renamed alike have the same parts',
      fc.tuple(votes, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 })),
      ([sample, names]) => {
        const renamed = (label: number): number => names[label] ?? NaN;
        const [before, after] = [
          ask(sample),
          ask(
            sample.map(({ label, main, predictions }) => ({
              label: renamed(label),
              main: renamed(main),
              predictions: predictions.map(renamed),
            })),
          ),
        ];
        return all(
          close(before?.error ?? NaN, after?.error, 'error'),
          close(before?.bias ?? NaN, after?.bias, 'bias'),
          close(before?.variance ?? NaN, after?.variance, 'variance'),
        );
      },
      { runs: runsOf(options, 40), show: named('sample', 'names'), formula: 'parts(σy, σŷ) = parts(y, ŷ)' },
    ),
  ]);
};
