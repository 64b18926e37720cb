/** The laws of bootstrap samples. */
import * as fc from 'fast-check';
import { all, holds, type LawSet, law, same } from '../law.ts';
import { type PackOptions, packed, runsOf } from './options.ts';

interface Resample {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** One bootstrap sample of rows by a seed. */
export interface Bootstrap {
  /** The rows drawn, one that is drawn twice twice, and those out of the bag; or nothing where there are none. */
  readonly of: (rows: number, seed: number) => Resample | undefined;
}

const samples = fc.record({ rows: fc.integer({ min: 2, max: 40 }), seed: fc.nat(2 ** 31 - 1) });

/** How many seeds the law of chances draws. */
const DRAWS = 2000;
// Hoeffding: a row's share over 2000 draws leaves its chance by more than t with probability 2·exp(−2·2000·t²), which
// t = 0.1 makes 9e-18.
const AWAY = 0.1;
// A row is drawn N times a resample, N binomial of n and 1/n: its mean over 2000 resamples is that of 2000·n draws, of
// deviation below 1/√2000. By Bernstein's inequality it is 0.25 from 1 with probability below
// 2·exp(−2000·0.25²/(2·(1 + 0.25/3))) = 2e-25.
const AWAY_COUNT = 0.25;

/**
 * The laws of anybody's bootstrap: as many draws as rows, out of the bag what was not drawn, every row as often as another,
 * with replacement, so that a row is in a resample with probability 1 − (1 − 1/n)ⁿ.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // Drawn without replacement: all rows, and none out of the bag.
 * const all = laws.bootstrap({
 *   of: (rows) => (Number.isInteger(rows) && rows >= 2 ? { train: Array.from({ length: rows }, (_, row) => row), validation: [] } : undefined),
 * });
 * check(all).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['the seed decides', 'a row is in a resample with its chance']
 * ```
 */
export const bootstrap = ({ of }: Bootstrap, options: PackOptions = {}): LawSet => {
  const text = (rows: number, seed: number): string => {
    const { train = [], validation = [] } = of(rows, seed) ?? {};
    return `${train.toSorted((a, b) => a - b)} | ${validation}`;
  };
  const chances = fc.record({ rows: fc.constantFrom(2, 5, 10), seed: fc.nat(2 ** 31 - 1) });
  return packed('bootstrap', options, [
    law(
      'as many draws as rows',
      'a resample is as large as the sample, and draws rows of it',
      samples,
      ({ rows, seed }) => {
        const { train = [] } = of(rows, seed) ?? {};
        return all(
          same(rows, train.length, 'draws'),
          holds(
            train.every((row) => Number.isInteger(row) && row >= 0 && row < rows),
            `rows below ${rows}`,
            `${train}`,
          ),
        );
      },
      { runs: runsOf(options, 40), formula: '|T| = n' },
    ),
    law(
      'out of the bag is what was not drawn',
      'every row that was not drawn is there once, and no other',
      samples,
      ({ rows, seed }) => {
        const { train = [], validation = [] } = of(rows, seed) ?? {};
        const drawn = new Set(train);
        const left = Array.from({ length: rows }, (_, row) => row).filter((row) => !drawn.has(row));
        return same(left.join(), validation.toSorted((a, b) => a - b).join(), 'rows out of the bag');
      },
      { runs: runsOf(options, 40), formula: 'V = {0, …, n − 1} \\ T' },
    ),
    law(
      'the seed decides',
      'one seed gives one resample, and five seeds do not all give the same',
      fc.record({ rows: fc.integer({ min: 10, max: 40 }), seed: fc.nat(2 ** 31 - 1) }),
      ({ rows, seed }) =>
        // Two resamples of ten rows agree with a probability below 10!/10¹⁰ = 4e-4, five of them below 2e-14.
        all(
          same(text(rows, seed), text(rows, seed), 'the same seed'),
          holds(
            new Set([0, 1, 2, 3, 4].map((i) => text(rows, seed + i))).size > 1,
            'another resample by other seeds',
            'the same',
          ),
        ),
      { runs: runsOf(options, 20), formula: 'T = f(n, seed)' },
    ),
    law(
      'a row is in a resample with its chance',
      `over ${DRAWS} seeds, every row is drawn at least once in the fraction 1 − (1 − 1/n)ⁿ, within ${AWAY}`,
      chances,
      ({ rows, seed }) => {
        const counts = new Array<number>(rows).fill(0);
        for (let i = 0; i < DRAWS; i++)
          for (const row of new Set(of(rows, seed + i)?.train)) counts[row] = (counts[row] ?? 0) + 1;
        const chance = 1 - (1 - 1 / rows) ** rows;
        return all(
          ...counts.map((count, row) =>
            holds(
              Math.abs(count / DRAWS - chance) <= AWAY,
              `${chance} ± ${AWAY}`,
              `${count / DRAWS}`,
              `row ${row} of ${rows}`,
            ),
          ),
        );
      },
      { runs: runsOf(options, 2), formula: 'P(row ∈ T) = 1 − (1 − 1/n)ⁿ' },
    ),
    law(
      'a row is drawn once on average',
      `over ${DRAWS} seeds, every row is drawn once a resample on average, within ${AWAY_COUNT}`,
      chances,
      ({ rows, seed }) => {
        const counts = new Array<number>(rows).fill(0);
        for (let i = 0; i < DRAWS; i++)
          for (const row of of(rows, seed + i)?.train ?? []) counts[row] = (counts[row] ?? 0) + 1;
        return all(
          ...counts.map((count, row) =>
            holds(
              Math.abs(count / DRAWS - 1) <= AWAY_COUNT,
              `1 ± ${AWAY_COUNT}`,
              `${count / DRAWS}`,
              `row ${row} of ${rows}`,
            ),
          ),
        );
      },
      { runs: runsOf(options, 2), formula: 'E[times drawn] = 1' },
    ),
    law(
      'bad input is refused',
      'of fewer than two rows there is no resample',
      fc.constantFrom(0, 1, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY),
      (rows) => holds(of(rows, 1) === undefined, 'no resample', 'a resample', `${rows} rows`),
      { runs: runsOf(options, 30), formula: 'n ∉ {2, 3, …} ⇒ no (T, V)' },
    ),
  ]);
};
