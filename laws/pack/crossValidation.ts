/** The laws of cross-validation: one score a fold, and their mean and deviation. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { all, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

interface Parts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** Cross-validation told in plain numbers. */
export interface CrossValidation {
  /** The mean and the sample deviation of the scores of a fit of each fold, or nothing where there are none. */
  readonly of: (
    folds: readonly Parts[],
    fit: (fold: Parts, index: number) => number,
  ) => { readonly mean: number; readonly deviation: number } | undefined;
}

const foldsOf = (count: number): readonly Parts[] =>
  Array.from({ length: count }, (_, k) => ({
    train: Array.from({ length: count }, (__, row) => row).filter((row) => row !== k),
    validation: [k],
  }));

const counts = fc.integer({ min: 2, max: 30 });

/**
 * The laws of anybody's cross-validation: each fold is fitted once, the mean and the deviation are the textbook's, and what
 * says nothing (one fold, a score that is no number) is refused.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The deviation of a population, not of a sample; and NaN goes through.
 * const population = laws.crossValidation({
 *   of: (folds, fit) => {
 *     const scores = folds.map(fit);
 *     const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
 *     return { mean, deviation: Math.sqrt(scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / scores.length) };
 *   },
 * });
 * check(population).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['deviation of a progression', 'bad input is refused']
 * ```
 */
export const crossValidation = ({ of }: CrossValidation, options: PackOptions = {}): LawSet => {
  // Sums of at most 30 numbers below 4000 and of their squares, and a root: some 100 roundings of 2⁻⁵³ each, ten times over.
  const near = 1e-12 * toleranceOf(options);
  const close = (expected: number, received: number | undefined, where: string): Verdict =>
    holds(
      received !== undefined && Math.abs(expected - received) <= near * Math.max(1, Math.abs(expected)),
      `${expected}`,
      `${received}`,
      where,
    );
  const progressions = fc.tuple(counts, fc.integer({ min: -50, max: 50 }), fc.integer({ min: -100, max: 100 }));
  return packed('cross-validation', options, [
    law(
      'each fold is fitted once',
      'the fit is called with every fold and its number, once and in order',
      counts,
      (count) => {
        const folds = foldsOf(count);
        const seen: string[] = [];
        of(folds, ({ train, validation }, index) => {
          seen.push(`${index}: ${train} | ${validation}`);
          return index;
        });
        return same(
          folds.map(({ train, validation }, index) => `${index}: ${train} | ${validation}`).join('; '),
          seen.join('; '),
          'fits',
        );
      },
      { runs: runsOf(options, 20), formula: 'xᵢ = fit(Fᵢ, i), i = 0, …, k − 1' },
    ),
    law(
      'mean of a progression',
      'of scores a, a + d, a + 2d, … it is halfway between the first and the last',
      progressions,
      ([count, d, a]) => close(a + (d * (count - 1)) / 2, of(foldsOf(count), (_, i) => a + d * i)?.mean, 'mean'),
      { runs: runsOf(options, 50), show: named('count', 'd', 'a'), formula: 'x̄ = a + d·(n − 1)/2' },
    ),
    law(
      'deviation of a progression',
      'of n equally spaced scores it is the distance times √(n(n + 1)/12)',
      progressions,
      ([count, d, a]) =>
        close(
          Math.abs(d) * Math.sqrt((count * (count + 1)) / 12),
          of(foldsOf(count), (_, i) => a + d * i)?.deviation,
          'deviation',
        ),
      { runs: runsOf(options, 50), show: named('count', 'd', 'a'), formula: 's = |d|·√(n(n + 1)/12)' },
    ),
    law(
      'bad input is refused',
      'of no fold, of one, and of a score that is NaN or ∞ there is no mean',
      fc.constantFrom<readonly [number, number]>(
        [0, 1],
        [1, 1],
        [5, Number.NaN],
        [5, Number.POSITIVE_INFINITY],
        [2, Number.NEGATIVE_INFINITY],
      ),
      ([count, last]) => {
        const result = of(foldsOf(count), (_, i) => (i === count - 1 ? last : i));
        return all(
          holds(result === undefined, 'nothing', `mean ${result?.mean}`, `${count} folds, the last score ${last}`),
        );
      },
      { runs: runsOf(options, 30), show: named('count', 'last'), formula: 'k < 2 or some xᵢ ∉ ℝ ⇒ no x̄' },
    ),
  ]);
};
