/** The laws of a split of rows into parts. */
import * as fc from 'fast-check';
import { all, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf } from './options.ts';
import { downOrUp } from './quota.ts';

type Parts = Readonly<Record<string, readonly number[]>>;

/** A split of rows by a seed; rows are told by their labels, one a row, which only a stratified split looks at. */
export interface Split {
  /** The rows of each part by its name, or nothing where there is no split. */
  readonly of: (labels: readonly number[], seed: number) => Parts | undefined;
  /** The fraction of all rows that each part gets. */
  readonly fractions: Readonly<Record<string, number>>;
  /** Whether each label is split in these fractions. */
  readonly stratified?: boolean;
}

interface Sample {
  readonly labels: readonly number[];
  readonly seed: number;
}

const seeds = fc.nat(2 ** 31 - 1);

/** Labels of up to four classes, each there at least ten times. */
const samples: fc.Arbitrary<Sample> = fc.record({
  labels: fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.array(fc.nat(3), { maxLength: 60, size: 'max' }))
    .map(([classes, more]) => [
      ...Array.from({ length: 10 * classes }, (_, i) => i % classes),
      ...more.map((label) => label % classes),
    ]),
  seed: seeds,
});

const ascending = (rows: readonly number[]): string => rows.toSorted((a, b) => a - b).join();

/** How many seeds the law of chances draws. */
const DRAWS = 2000;
// Hoeffding: a row's share over 2000 draws leaves its chance by more than t with probability 2·exp(−2·2000·t²), which
// t = 0.1 makes 9e-18.
const AWAY = 0.1;

/**
 * The laws of anybody's split of rows: every row is in exactly one part, parts have the sizes that were asked for (in a
 * stratified split within each class), and who is where is decided by the seed, fairly.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The first half is no random half.
 * const first = laws.split({
 *   of: (labels) => ({
 *     train: labels.map((_, i) => i).slice(0, Math.ceil(labels.length / 2)),
 *     test: labels.map((_, i) => i).slice(Math.ceil(labels.length / 2)),
 *   }),
 *   fractions: { train: 0.5, test: 0.5 },
 * });
 * check(first).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['the seed decides', 'every row has the same chance']
 * ```
 */
export const split = ({ of, fractions, stratified = false }: Split, options: PackOptions = {}): LawSet => {
  const names = Object.keys(fractions);
  const judged =
    (predicate: (parts: Parts, sample: Sample) => Verdict) =>
    (sample: Sample): Verdict => {
      const parts = of(sample.labels, sample.seed);
      return parts === undefined ? { expected: 'a split', received: 'none' } : predicate(parts, sample);
    };
  const stated = (name: string, statement: string, formula: string, predicate: (parts: Parts, of: Sample) => Verdict) =>
    law(name, statement, samples, judged(predicate), { runs: runsOf(options, 60), formula });
  return packed('split', options, [
    stated('parts do not overlap', 'no row is in two parts, or twice in one', 'Pᵢ ∩ Pⱼ = ∅', (parts) => {
      const rows = names.flatMap((name) => parts[name] ?? []);
      const twice = rows.find((row, i) => rows.indexOf(row) !== i);
      return holds(twice === undefined, 'each row once', `row ${twice} twice`, 'the parts');
    }),
    stated(
      'no row is lost',
      'the parts together are all rows, and nothing else',
      '∪ᵢ Pᵢ = {0, …, n − 1}',
      (parts, { labels }) =>
        same(
          ascending(labels.map((_, row) => row)),
          ascending([...new Set(names.flatMap((name) => parts[name] ?? []))]),
          'rows',
        ),
    ),
    stated(
      'each part has its fraction',
      stratified ? 'of all rows, within as many as there are classes' : 'of all rows, rounded down or up',
      '|Pᵢ| = fᵢ·n',
      (parts, { labels }) => {
        const classes = stratified ? new Set(labels).size : 1;
        return all(
          ...names.map((name) => {
            const [size, quota] = [parts[name]?.length ?? 0, (fractions[name] ?? 0) * labels.length];
            return stratified
              ? holds(Math.abs(size - quota) < classes + 1e-9, `${quota} ± ${classes}`, `${size}`, name)
              : downOrUp(size, quota, name);
          }),
        );
      },
    ),
    ...(stratified
      ? [
          stated(
            'each class has its fraction in each part',
            'of the rows of every label, each part has its fraction rounded down or up',
            '|Pᵢ ∩ Cₖ| = fᵢ·|Cₖ|',
            (parts, { labels }) =>
              all(
                ...[...new Set(labels)].flatMap((label) =>
                  names.map((name) =>
                    downOrUp(
                      (parts[name] ?? []).filter((row) => labels[row] === label).length,
                      (fractions[name] ?? 0) * labels.filter((other) => other === label).length,
                      `label ${label} in ${name}`,
                    ),
                  ),
                ),
              ),
          ),
        ]
      : []),
    law(
      'the seed decides',
      'one seed gives one split, and four other seeds do not all give the same',
      samples,
      ({ labels, seed }) => {
        const text = (from: number): string => {
          const parts = of(labels, from) ?? {};
          return names.map((name) => ascending(parts[name] ?? [])).join('; ');
        };
        // Of 20 rows and a part of at least two, four seeds agree by chance less than once in 190⁴ times.
        return all(
          same(text(seed), text(seed), 'the same seed'),
          holds(
            new Set([0, 1, 2, 3, 4].map((i) => text(seed + i))).size > 1,
            'another split by other seeds',
            'the same',
            'seeds + 0 to 4',
          ),
        );
      },
      { runs: runsOf(options, 30), formula: 'P = f(n, seed)' },
    ),
    law(
      'every row has the same chance',
      `over ${DRAWS} seeds, every row is in each part as often as the part is large, within ${AWAY}`,
      fc.tuple(fc.constantFrom(10, 20), seeds),
      ([rows, seed]) => {
        // Sorted by label, as files often are.
        const labels = Array.from({ length: rows }, (_, i) => (2 * i < rows ? 0 : 1));
        const counts = new Map<string, number[]>(names.map((name) => [name, new Array<number>(rows).fill(0)]));
        const sizes = new Map<string, number>(names.map((name) => [name, 0]));
        for (let i = 0; i < DRAWS; i++) {
          const parts = of(labels, seed + i) ?? {};
          for (const name of names) {
            const part = parts[name] ?? [];
            sizes.set(name, (sizes.get(name) ?? 0) + part.length / rows);
            const own = counts.get(name) ?? [];
            for (const row of part) own[row] = (own[row] ?? 0) + 1;
          }
        }
        return all(
          ...names.flatMap((name) =>
            (counts.get(name) ?? []).map((n, row) => {
              const [share, chance] = [n / DRAWS, (sizes.get(name) ?? 0) / DRAWS];
              return holds(
                Math.abs(share - chance) <= AWAY,
                `${chance} ± ${AWAY}`,
                `${share}`,
                `row ${row} in ${name}`,
              );
            }),
          ),
        );
      },
      { runs: runsOf(options, 2), formula: 'P(row ∈ Pᵢ) = |Pᵢ|/n' },
    ),
  ]);
};
