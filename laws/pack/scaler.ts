/** The laws of a scaler of features. */
import type { LawSet } from '../law.ts';
import { checkKind, type PackOptions, packed } from './options.ts';
import { always, fitting } from './scaler/fitting.ts';
import { inverses, moments } from './scaler/ranges.ts';
import type { Scaler } from './scaler/subject.ts';

export type { Scaled, Scaler } from './scaler/subject.ts';

/**
 * The laws of anybody's scaler of features: what scaled training rows are, that the way back leads back, that it is fitted
 * on training rows alone, once, column by column, and what becomes of a column that does not vary.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * const halves = laws.scaler({
 *   to: { kind: 'any' },
 *   fit: () => 2,
 *   apply: (by) => (rows) => rows.map((row) => row.map((x) => x / by)),
 *   invert: (by) => (rows) => rows.map((row) => row.map((x) => x * by)),
 * });
 * check(halves).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const scaler = <S>(of: Scaler<S>, options: PackOptions = {}): LawSet => {
  checkKind('laws.scaler', { any: null, standardise: null, minMax: null }, of.to.kind);
  return packed('scaler', options, [
    ...moments(of, options),
    ...inverses(of, options),
    ...fitting(of, options),
    ...always(of, options),
  ]);
};
