/** The laws of permutation importance: how much worse predictions become when a column is shuffled. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { all, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

type Rows = ReadonlyArray<readonly number[]>;

/** Permutation importance in plain numbers. */
export interface ImportanceRule {
  /** The mean increase of the error of rows by the shuffling of each column, or nothing where there is none. */
  readonly of: (rows: Rows, error: (rows: Rows) => number, seed: number) => readonly number[] | undefined;
}

/** Of what is as it should be, a run fails by chance with at most this probability. */
const ERROR = 1e-9;
/** Rows of the simulation. */
const ROWS = 2000;

const seeds = fc.nat(2 ** 31 - 1);
const columns = 3;
const tables = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
  minLength: 2,
  maxLength: 20,
});

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const column = (rows: Rows, j: number): readonly number[] => rows.map((row) => row[j] ?? NaN);

/** The mean square by which a weighted sum of columns leaves that of the rows as they were, and 1: no rule is perfect. */
const linear =
  (weights: readonly number[], truth: Rows) =>
  (rows: Rows): number => {
    const value = (row: readonly number[]): number => weights.reduce((sum, w, j) => sum + w * (row[j] ?? NaN), 0);
    return 1 + mean(rows.map((row, i) => (value(row) - value(truth[i] ?? [])) ** 2));
  };

/**
 * The laws of anybody's permutation importance: only the order of one column is changed at a time; a feature that is not used
 * or does not vary is worth nothing; that of a linear rule is 2·w²·variance.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // A column that is replaced by zeros is no longer a column of those values.
 * const zeros = laws.importance({
 *   of: (rows, error) =>
 *     rows.length < 2 || Number.isNaN(error(rows))
 *       ? undefined
 *       : rows[0]?.map((_, j) => error(rows.map((row) => row.map((x, i) => (i === j ? 0 : x)))) - error(rows)),
 * });
 * check(zeros).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name)
 * // => ['one column in another order', 'what does not vary is worth nothing', 'the seed decides']
 * ```
 */
export const importance = ({ of }: ImportanceRule, options: PackOptions = {}): LawSet => {
  const got = (found: readonly number[] | undefined, then: (found: readonly number[]) => Verdict): Verdict =>
    found === undefined ? holds(false, 'an importance of each column', 'nothing') : then(found);
  return packed('permutation importance', options, [
    law(
      'one column in another order',
      'the error is asked of the rows as they are, and of rows of which one column is in another order',
      fc.tuple(tables, seeds),
      ([rows, seed]) => {
        const asked: Rows[] = [];
        const found = of(
          rows,
          (one) => {
            asked.push(one);
            return 0;
          },
          seed,
        );
        const sorted = (values: readonly number[]): string => `${values.toSorted((a, b) => a - b)}`;
        return got(found, () =>
          all(
            ...asked.map((one) => {
              const changed = Array.from({ length: columns }, (_, j) => j).filter(
                (j) => `${column(one, j)}` !== `${column(rows, j)}`,
              );
              return all(
                same(rows.length, one.length, 'rows'),
                holds(changed.length <= 1, 'one column changed', `columns ${changed}`, 'rows in another order'),
                ...changed.map((j) => same(sorted(column(rows, j)), sorted(column(one, j)), `values of column ${j}`)),
              );
            }),
          ),
        );
      },
      { runs: runsOf(options, 20), show: named('rows', 'seed'), formula: 'x′ = πx in column j, x elsewhere' },
    ),
    law(
      'what is not used is worth nothing',
      'a column that the error does not ask for has importance 0',
      fc.tuple(tables, fc.nat(columns - 1), seeds),
      ([rows, unused, seed]) => {
        const weights = Array.from({ length: columns }, (_, j) => (j === unused ? 0 : j + 1));
        return got(of(rows, linear(weights, rows), seed), (found) =>
          same(0, (found[unused] ?? NaN) + 0, `column ${unused}`),
        );
      },
      { runs: runsOf(options, 30), show: named('rows', 'unused', 'seed'), formula: 'f does not use xⱼ ⇒ Iⱼ = 0' },
    ),
    law(
      'what does not vary is worth nothing',
      'a column of one value has importance 0, however much it is used',
      fc.tuple(tables, fc.integer({ min: 1, max: 9 }), seeds),
      ([rows, value, seed]) => {
        const constant = rows.map((row) => row.map((x, j) => (j === 1 ? value : x)));
        return got(of(constant, linear([1, 5, 2], constant), seed), (found) =>
          same(0, (found[1] ?? NaN) + 0, 'column 1'),
        );
      },
      { runs: runsOf(options, 30), show: named('rows', 'value', 'seed'), formula: 'xⱼ = c ⇒ Iⱼ = 0' },
    ),
    law(
      'a linear rule by its closed form',
      `of ${ROWS} rows of zeros and ones, as many of each, a weight w is worth 2·w²·¼, within chance`,
      fc.tuple(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: columns }), seeds),
      ([weights, seed]) => {
        const rows = Array.from({ length: ROWS }, (_, i) => Array.from({ length: columns }, (__, j) => (i >> j) % 2));
        // As many ones meet ones as a hypergeometric number of n/2 says (Hoeffding holds for it): its share of n/2 leaves ½ by
        // more than t with probability 2·exp(−n·t²), and the mean of several shufflings no more often.
        const away = Math.sqrt(Math.log(2 / ERROR) / ROWS);
        return got(of(rows, linear(weights, rows), seed), (found) =>
          all(
            ...weights.map((w, j) =>
              holds(
                Math.abs((found[j] ?? NaN) - w * w * 0.5) <= w * w * away + 1e-9 * toleranceOf(options),
                `${w * w * 0.5} within ${w * w * away}`,
                `${found[j]}`,
                `weight ${w}`,
              ),
            ),
          ),
        );
      },
      { runs: runsOf(options, 2), show: named('weights', 'seed'), formula: 'Iⱼ = wⱼ²·E(xⱼ − πxⱼ)² = 2·wⱼ²·var xⱼ' },
    ),
    law(
      'the seed decides',
      'one seed gives the same importances, and five seeds do not all give the same',
      seeds,
      (seed) => {
        const rows = Array.from({ length: 12 }, (_, i) => [i, i * i, -i]);
        const text = (from: number): string => `${of(rows, linear([1, 1, 1], rows), from)}`;
        return all(
          same(text(seed), text(seed), 'the same seed'),
          holds(
            new Set([0, 1, 2, 3, 4].map((i) => text(seed + i))).size > 1,
            'others by other seeds',
            'the same',
            'seeds + 0 to 4',
          ),
        );
      },
      { runs: runsOf(options, 10), formula: 'I = f(rows, seed)' },
    ),
    law(
      'bad input is refused',
      'of no row, and where the error is not a number, there is no importance',
      fc.constantFrom<readonly [Rows, number]>(
        [[], 0],
        [[[1, 2, 3]], 0],
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          NaN,
        ],
      ),
      ([rows, error]) => {
        const found = of(rows, () => error, 1);
        return holds(found === undefined, 'nothing', `${found}`, `${rows.length} rows, error ${error}`);
      },
      { runs: runsOf(options, 10), show: named('rows', 'error'), formula: 'n < 2 or error ∉ ℝ ⇒ no I' },
    ),
  ]);
};
