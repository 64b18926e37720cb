/** The laws of metrics of scores and of numbers. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, type Law } from '../../law.ts';
import type { PackOptions } from '../options.ts';
import { type Metric, near, paired, ranked, refused, reordered, seeds, stated, u } from './subject.ts';

type Of<K extends Metric['kind']> = Extract<Metric, { readonly kind: K }>;

type Paired = ReadonlyArray<{ readonly target: number; readonly prediction: number }>;
const targetsOf = (rows: Paired): readonly number[] => rows.map(({ target }) => target);
const predictionsOf = (rows: Paired): readonly number[] => rows.map(({ prediction }) => prediction);

/** The laws of the area under the ROC curve. */
export const rocAucLaws = ({ of }: Of<'rocAuc'>, options: PackOptions): readonly Law[] => {
  type Ranked = ReadonlyArray<{ readonly label: number; readonly score: number }>;
  const ask = (rows: Ranked) =>
    of(
      rows.map(({ label }) => label),
      rows.map(({ score }) => score),
    );
  // Trapezia of n rows: sums of at most n terms, each at most 1.
  const bound = (rows: Ranked): number => 4 * (rows.length + 4) * u;
  const BOUND = 'sums of n terms that are at most 1';
  return [
    stated(
      options,
      'ties count one half',
      'the fraction of pairs of a 1 and a 0 in which the 1 scores higher, a tie one half',
      'AUC = (1/n₁n₀)·Σᵢⱼ [sᵢ > sⱼ] + ½[sᵢ = sⱼ]',
      ranked,
      (rows) => {
        const of1 = rows.filter(({ label }) => label === 1);
        const of0 = rows.filter(({ label }) => label === 0);
        const halves = of1.reduce(
          (sum, a) => sum + of0.reduce((s, b) => s + (a.score > b.score ? 2 : a.score === b.score ? 1 : 0), 0),
          0,
        );
        return near(options, halves / (2 * of1.length * of0.length), ask(rows), bound(rows), BOUND);
      },
    ),
    stated(
      options,
      'only the order of scores is seen',
      'a strictly increasing map of the scores changes nothing; their negation gives 1 − AUC',
      'AUC(f(s)) = AUC(s), AUC(−s) = 1 − AUC(s)',
      ranked,
      (rows) => {
        const auc = ask(rows) ?? NaN;
        const mapped = (f: (x: number) => number): Ranked =>
          rows.map(({ label, score }) => ({ label, score: f(score) }));
        return all(
          near(options, auc, ask(mapped((x) => x * x * x + 7)), bound(rows), BOUND, 'mapped'),
          near(options, 1 - auc, ask(mapped((x) => -x)), 2 * bound(rows), BOUND, 'negated'),
        );
      },
    ),
    stated(
      options,
      'the order of rows is not seen',
      'the same rows in another order have the same AUC, also where scores tie',
      'm(πr) = m(r)',
      fc.tuple(ranked, seeds),
      ([rows, seed]) => near(options, ask(rows) ?? NaN, ask(reordered(rows, seed)), 2 * bound(rows), BOUND),
      { show: named('rows', 'seed') },
    ),
    stated(
      options,
      'one class has no AUC',
      'where either class has no row there is no answer',
      'n₁·n₀ = 0 ⇒ no answer',
      fc.tuple(fc.nat(1), fc.array(fc.integer(), { minLength: 1, maxLength: 9 })),
      ([label, scores]) =>
        refused(
          () =>
            of(
              scores.map(() => label),
              scores,
            ),
          'one class only',
        ),
      { runs: 10, show: named('label', 'scores') },
    ),
  ];
};

/** The laws of the coefficient of determination. */
export const r2Laws = ({ of }: Of<'r2'>, options: PackOptions): readonly Law[] => [
  stated(
    options,
    'the baseline is the mean of the targets',
    'one minus the squares of the residuals over those of the distances to the targets’ own mean',
    '1 − n·Σ(t − y)² / (n·Σt² − (Σt)²)',
    paired,
    (rows) => {
      const n = rows.length;
      const sum = rows.reduce((a, { target }) => a + target, 0);
      const spread = n * rows.reduce((a, { target }) => a + target * target, 0) - sum * sum;
      const residual = n * rows.reduce((a, { target, prediction }) => a + (target - prediction) ** 2, 0);
      // The expected is exact but for the quotient; the mean of n whole numbers up to 9 is off by at most 18·n·u, which
      // moves a spread of at least ½ by less than u of it; the sums round n times each.
      return near(
        options,
        1 - residual / spread,
        of(targetsOf(rows), predictionsOf(rows)),
        (2 * n + 10) * u * (1 + residual / spread),
        'two sums of n terms',
      );
    },
  ),
  stated(
    options,
    'perfect is 1, the mean is 0',
    'the targets themselves score 1; their mean for every row scores 0',
    'R²(t, t) = 1, R²(t, t̄) = 0',
    paired,
    (rows) => {
      const targets = targetsOf(rows);
      const mean = targets.reduce((a, b) => a + b, 0) / targets.length;
      return all(
        near(options, 1, of(targets, targets), 0, 'no residual', 'perfect'),
        near(
          options,
          0,
          of(
            targets,
            targets.map(() => mean),
          ),
          (2 * targets.length + 10) * 2 * u,
          'two sums of n terms',
          'the mean',
        ),
      );
    },
  ),
  stated(
    options,
    'a constant target is refused',
    'where the targets do not vary there is no answer',
    'Σ(t − t̄)² = 0 ⇒ no answer',
    fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 })),
    ([t, n]) =>
      refused(
        () =>
          of(
            Array.from({ length: n }, () => t),
            Array.from({ length: n }, (_, i) => i),
          ),
        `${n} times ${t}`,
      ),
    { runs: 10, show: named('target', 'rows') },
  ),
];

/** The laws of any mean over rows. */
export const meanLaws = ({ of, expected: cost }: Of<'mean'>, options: PackOptions): readonly Law[] => {
  const ask = (rows: Paired) => of(targetsOf(rows), predictionsOf(rows));
  const meanOf = (rows: Paired): number =>
    rows.reduce((sum, { target, prediction }) => sum + cost(target, prediction), 0) / rows.length;
  const sizeOf = (rows: Paired): number =>
    rows.reduce((sum, { target, prediction }) => sum + Math.abs(cost(target, prediction)), 0) / rows.length;
  const bound = (rows: Paired): number => (2 * rows.length + 12) * u * sizeOf(rows);
  const BOUND = 'n sums, a quotient and up to 8 roundings of a cost';
  return [
    stated(
      options,
      'the mean over rows, not over batches',
      'every row counts as much as another, however many there are',
      '(1/n)·Σᵢ c(tᵢ, yᵢ)',
      fc.array(fc.record({ target: fc.integer({ min: -9, max: 9 }), prediction: fc.integer({ min: -9, max: 9 }) }), {
        minLength: 1,
        maxLength: 70,
        size: 'max',
      }),
      (rows) => near(options, meanOf(rows), ask(rows), bound(rows), BOUND),
    ),
    stated(
      options,
      'the order of rows is not seen',
      'the same rows in another order have the same mean, within rounding',
      'm(πr) = m(r)',
      fc.tuple(paired, seeds),
      ([rows, seed]) => near(options, ask(rows) ?? NaN, ask(reordered(rows, seed)), 2 * bound(rows), BOUND),
      { show: named('rows', 'seed') },
    ),
    stated(
      options,
      'what is not finite is refused',
      'a NaN or an infinite prediction has no answer that is a number',
      'y ∉ ℝ ⇒ no answer',
      fc.tuple(paired, fc.constantFrom(NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
      ([rows, x]) => refused(() => ask([...rows, { target: 0, prediction: x }]), `a prediction of ${x}`),
      { runs: 10, show: named('rows', 'prediction') },
    ),
  ];
};
