/** The laws of the .632+ estimate of a prediction error. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { holds, type LawSet, law, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** A .632+ estimate in plain numbers. */
export interface ErrorEstimate {
  /** The estimate from the apparent, the out-of-bag and the no-information error, or nothing where there is none. */
  readonly of: (apparent: number, outOfBag: number, noInformation: number) => number | undefined;
}

const rates = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);

/**
 * The laws of anybody's .632+ estimate (Efron and Tibshirani 1997): what it is where nothing and where all is overfitted, its
 * bounds, its scale, and how it grows with overfitting.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // .632 without its plus.
 * const plain = laws.errorEstimate({
 *   of: (apparent, outOfBag, noInformation) =>
 *     [apparent, outOfBag, noInformation].every((x) => x >= 0 && x < Infinity) ? 0.368 * apparent + 0.632 * outOfBag : undefined,
 * });
 * check(plain).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['all overfitted', 'half overfitted']
 * ```
 */
export const errorEstimate = ({ of }: ErrorEstimate, options: PackOptions = {}): LawSet => {
  // A dozen operations on numbers of at most 1, each of one rounding.
  const near = 1e-14 * toleranceOf(options);
  const close = (expected: number, received: number | undefined): Verdict =>
    holds(
      received !== undefined && Math.abs(expected - received) <= near * Math.max(1, expected),
      `${expected}`,
      `${received}`,
      'the estimate',
    );
  const rates3 = named('apparent', 'outOfBag', 'noInformation');
  return packed('error estimate', options, [
    law(
      'nothing overfitted',
      'where the out-of-bag error is not above the apparent one, it is .368 of this and .632 of that',
      fc.tuple(rates, rates, rates),
      ([a, b, noInformation]) => {
        const [outOfBag, apparent] = [Math.min(a, b), Math.max(a, b)];
        return close(0.368 * apparent + 0.632 * outOfBag, of(apparent, outOfBag, noInformation));
      },
      { runs: runsOf(options, 100), show: rates3, formula: 'Err⁽¹⁾ ≤ err ⇒ Err⁺ = .368·err + .632·Err⁽¹⁾' },
    ),
    law(
      'all overfitted',
      'where the out-of-bag error is the no-information one, it is that error',
      fc.tuple(rates, rates).filter(([a, b]) => a !== b),
      ([a, b]) => close(Math.max(a, b), of(Math.min(a, b), Math.max(a, b), Math.max(a, b))),
      { runs: runsOf(options, 100), show: named('one', 'other'), formula: 'Err⁽¹⁾ = γ > err ⇒ Err⁺ = γ' },
    ),
    law(
      'half overfitted',
      'where the out-of-bag error is halfway to the no-information one, its weight is .632/(1 − .184) = 79/102',
      fc.tuple(
        rates,
        fc.integer({ min: 1, max: 32 }).map((n) => n / 64),
      ),
      ([apparent, gap]) => close(apparent + (79 / 102) * gap, of(apparent, apparent + gap, apparent + 2 * gap)),
      { runs: runsOf(options, 100), show: named('apparent', 'gap'), formula: 'R̂ = ½ ⇒ ŵ = .632/(1 − .368/2)' },
    ),
    law(
      'between the errors',
      'it lies between the apparent and the out-of-bag error, also where these are beyond the no-information one',
      fc.tuple(rates, rates, rates),
      ([apparent, outOfBag, noInformation]) => {
        const estimate = of(apparent, outOfBag, noInformation) ?? Number.NaN;
        const [low, high] = [Math.min(apparent, outOfBag), Math.max(apparent, outOfBag)];
        return holds(
          estimate >= low - near && estimate <= high + near,
          `${low} to ${high}`,
          `${estimate}`,
          'the estimate',
        );
      },
      { runs: runsOf(options, 200), show: rates3, formula: 'err ≤ Err⁺ ≤ Err⁽¹⁾' },
    ),
    law(
      "its scale is the loss's",
      'errors that are four times as large are estimated four times as large',
      fc.tuple(rates, rates, rates),
      ([apparent, outOfBag, noInformation]) =>
        close(
          4 * (of(apparent, outOfBag, noInformation) ?? Number.NaN),
          of(4 * apparent, 4 * outOfBag, 4 * noInformation),
        ),
      { runs: runsOf(options, 50), show: rates3, formula: 'Err⁺(4e) = 4·Err⁺(e)' },
    ),
    law(
      'bad input is refused',
      'of an error that is NaN, ∞ or negative nothing is estimated',
      fc.tuple(fc.nat(2), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0.1)),
      ([place, bad]) => {
        const [a = 0, b = 0, c = 0] = [0.1, 0.2, 0.5].map((x, i) => (i === place ? bad : x));
        return holds(of(a, b, c) === undefined, 'nothing', `${of(a, b, c)}`, `${a}, ${b}, ${c}`);
      },
      { runs: runsOf(options, 20), show: named('place', 'bad'), formula: 'err, Err⁽¹⁾ or γ ∉ [0, ∞) ⇒ no Err⁺' },
    ),
  ]);
};
