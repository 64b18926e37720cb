/** The laws of folds: rows divided again and again into those to train on and those to validate on. */
import * as fc from 'fast-check';
import { all, holds, type Law, type LawSet, law, same, type Verdict } from '../law.ts';
import { amongFolds } from './fold/kinds.ts';
import { type Folding, type FoldSample, foldSamples, type Rows, rowSets, textOf } from './fold/sample.ts';
import { checkKind, type PackOptions, packed, runsOf } from './options.ts';

export type { Folding } from './fold/sample.ts';

/** How many seeds the law of chances draws. */
const DRAWS = 2000;
// Hoeffding: a row's share over 2000 draws leaves its chance by more than t with probability 2·exp(−2·2000·t²), which
// t = 0.1 makes 9e-18.
const AWAY = 0.1;

/** Eight groups of three rows. */
const evenGroups: Rows = {
  labels: Array.from({ length: 24 }, (_, i) => i % 2),
  groups: Array.from({ length: 24 }, (_, i) => i % 8),
};

const bySeed = (folding: Folding, options: PackOptions): readonly Law[] => {
  const { of, kind, grouped = false } = folding;
  const seeded = folding.seeded ?? kind !== 'time';
  if (!seeded) return [];
  return [
    law(
      'the seed decides',
      `one seed gives the same folds, and five seeds do not all give the same${grouped ? ' of groups of one size' : ''}`,
      foldSamples,
      ({ rows, folds, seed }) => {
        // Groups of several sizes may well fit in one way only.
        const drawn = grouped ? evenGroups : rows;
        const text = (from: number): string => textOf(of(drawn, folds, from));
        return all(
          same(text(seed), text(seed), 'the same seed'),
          holds(
            new Set([0, 1, 2, 3, 4].map((i) => text(seed + i))).size > 1,
            'other folds by other seeds',
            'the same',
            'seeds + 0 to 4',
          ),
        );
      },
      { runs: runsOf(options, 20), formula: 'F = f(rows, seed)' },
    ),
    ...(grouped
      ? []
      : [
          law(
            'every row has the same chance',
            `over ${DRAWS} seeds, the first fold validates every row as often as it is large, within ${AWAY}`,
            fc.nat(2 ** 31 - 1),
            (seed) => {
              // Sorted by label, as files often are.
              const rows: Rows = {
                labels: Array.from({ length: 12 }, (_, i) => (i < 6 ? 0 : 1)),
                groups: Array.from({ length: 12 }, (_, i) => i),
              };
              const counts = new Array<number>(12).fill(0);
              let size = 0;
              for (let i = 0; i < DRAWS; i++) {
                const validated = of(rows, 3, seed + i)?.[0]?.validation ?? [];
                size += validated.length / 12;
                for (const row of validated) counts[row] = (counts[row] ?? 0) + 1;
              }
              return all(
                ...counts.map((count, row) =>
                  holds(
                    Math.abs(count - size) <= AWAY * DRAWS,
                    `${size / DRAWS} ± ${AWAY}`,
                    `${count / DRAWS}`,
                    `row ${row}`,
                  ),
                ),
              );
            },
            { runs: runsOf(options, 1), formula: 'P(row ∈ V₁) = |V₁|/n' },
          ),
        ]),
  ];
};

/**
 * The laws of anybody's folds: what is validated was not trained on, every row has its turn, sizes, classes, groups and
 * time are as they were asked for, the seed decides fairly, and what cannot be folded is refused (no folds) and not
 * thrown at.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // Every row is validated by a network that was trained on it.
 * const leaking = laws.fold({
 *   kind: 'partition',
 *   of: ({ labels }, folds) => {
 *     const rows = labels.map((_, row) => row);
 *     return Number.isInteger(folds) && folds >= 2 && folds <= rows.length
 *       ? Array.from({ length: folds }, (_, k) => ({ train: rows, validation: rows.filter((row) => row % folds === k) }))
 *       : undefined;
 *   },
 *   seeded: false,
 * });
 * check(leaking).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['train and validation do not overlap']
 * ```
 */
export const fold = (folding: Folding, options: PackOptions = {}): LawSet => {
  const { of, kind } = folding;
  checkKind('laws.fold', { partition: null, random: null, time: null }, kind);
  const judged =
    (predicate: (folds: NonNullable<ReturnType<typeof of>>, sample: FoldSample) => Verdict) =>
    (sample: FoldSample): Verdict => {
      const folds = of(sample.rows, sample.folds, sample.seed);
      return folds === undefined ? { expected: 'folds', received: 'none' } : predicate(folds, sample);
    };
  const stated = (
    name: string,
    statement: string,
    formula: string,
    predicate: (folds: NonNullable<ReturnType<typeof of>>, sample: FoldSample) => Verdict,
  ): Law => law(name, statement, foldSamples, judged(predicate), { runs: runsOf(options, 40), formula });
  return packed('fold', options, [
    stated('train and validation do not overlap', 'no row is in both parts of a fold', 'Tᵢ ∩ Vᵢ = ∅', (folds) =>
      all(
        ...folds.map(({ train, validation }, i) => {
          const trained = new Set(train);
          const both = validation.find((row) => trained.has(row));
          return holds(both === undefined, 'each row in one part', `row ${both} in both`, `fold ${i}`);
        }),
      ),
    ),
    stated(
      'parts are rows',
      'what a part names are rows, each once, and there is one at least',
      'Tᵢ, Vᵢ ⊆ {0, …, n − 1}',
      (folds, { rows: { labels } }) =>
        all(
          ...folds.flatMap(({ train, validation }, i) =>
            [train, validation].map((part) =>
              all(
                holds(part.length > 0, 'a row at least', 'none', `fold ${i}`),
                holds(new Set(part).size === part.length, 'each row once', `${part}`, `fold ${i}`),
                holds(
                  part.every((row) => row in labels),
                  `rows below ${labels.length}`,
                  `${part}`,
                  `fold ${i}`,
                ),
              ),
            ),
          ),
        ),
    ),
    ...amongFolds(folding, stated),
    ...bySeed(folding, options),
    law(
      'bad input is refused',
      kind === 'random'
        ? 'of no row and of one row there are no folds'
        : 'of no row, into one fold, into a fraction of a fold and into more folds than rows there are no folds',
      fc.constantFrom(...rowSets(folding)),
      ({ why, rows, folds }) =>
        holds(of(rows, folds, 1) === undefined, `no folds of ${why}`, textOf(of(rows, folds, 1)), why),
      { runs: runsOf(options, 40), formula: kind === 'random' ? 'n < 2 ⇒ no F' : 'k ∉ {2, …, n} ⇒ no F' },
    ),
  ]);
};
