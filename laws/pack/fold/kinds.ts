/** The laws of folds that depend on what is claimed of them. */
import { all, holds, type Law, same, type Verdict } from '../../law.ts';
import { downOrUp } from '../quota.ts';
import type { Folding, FoldSample, Parts } from './sample.ts';

/** Makes a law of folds. */
type Stated = (
  name: string,
  statement: string,
  formula: string,
  predicate: (folds: readonly Parts[], sample: FoldSample) => Verdict,
) => Law;

const perFold = (folds: readonly Parts[], predicate: (parts: Parts, where: string) => Verdict): Verdict =>
  all(...folds.map((parts, i) => predicate(parts, `fold ${i}`)));

const ofPartitions = (
  { times = 1, folds: count, stratified = false, grouped = false }: Folding,
  stated: Stated,
): readonly Law[] => {
  const asked = ({ rows, folds }: FoldSample): number => (count === 'rows' ? rows.labels.length : folds);
  return [
    stated(
      'every row is validated once',
      times === 1 ? 'in one fold and no other' : `in ${times} folds, one of each repetition`,
      'Σᵢ [row ∈ Vᵢ] = 1',
      (folds, sample) => {
        const each = asked(sample);
        return all(
          same(times * each, folds.length, 'folds'),
          ...Array.from({ length: times }, (_, time) => {
            const rows = folds.slice(time * each, (time + 1) * each).flatMap(({ validation }) => validation);
            return same(
              sample.rows.labels.map((_label, row) => row).join(),
              rows.toSorted((a, b) => a - b).join(),
              `rows validated, repetition ${time}`,
            );
          }),
        );
      },
    ),
    ...(grouped
      ? []
      : [
          stated(
            'folds are of one size',
            'each validates its share of the rows, rounded down or up',
            '|Vᵢ| = n/k',
            (folds, sample) =>
              perFold(folds, ({ validation }, where) =>
                downOrUp(validation.length, sample.rows.labels.length / asked(sample), where),
              ),
          ),
        ]),
    ...(stratified
      ? [
          stated(
            'each class has its share in each fold',
            'each fold validates its share of the rows of every label, rounded down or up',
            '|Vᵢ ∩ Cₖ| = |Cₖ|/k',
            (folds, sample) =>
              perFold(folds, ({ validation }, where) =>
                all(
                  ...[...new Set(sample.rows.labels)].map((label) =>
                    downOrUp(
                      validation.filter((row) => sample.rows.labels[row] === label).length,
                      sample.rows.labels.filter((other) => other === label).length / asked(sample),
                      `${where}, label ${label}`,
                    ),
                  ),
                ),
              ),
          ),
        ]
      : []),
    ...(times === 1
      ? []
      : [
          stated(
            'repetitions are other folds',
            'rows that were validated together are parted the next time',
            'F₁ ≠ F₂',
            (folds, sample) => {
              const each = asked(sample);
              const text = (time: number): string =>
                folds
                  .slice(time * each, (time + 1) * each)
                  .map(({ validation }) => validation.toSorted((a, b) => a - b).join())
                  .toSorted()
                  .join('; ');
              // Ten rows are halved in 126 ways, and a sample has several repetitions of at least ten rows: of three to agree
              // by chance is 1 in 126².
              const texts = Array.from({ length: times }, (_, time) => text(time));
              return holds(new Set(texts).size > 1, 'other folds', `${times} times the same`, 'the repetitions');
            },
          ),
        ]),
  ];
};

/** The laws of what a folding claims. */
export const amongFolds = (folding: Folding, stated: Stated): readonly Law[] => {
  const { kind, grouped = false, validation: fraction, gap = 0 } = folding;
  return [
    ...(kind === 'time'
      ? [
          stated(
            'the future is not seen',
            gap === 0
              ? 'all that is trained on comes before all that is validated'
              : `between what is trained on and what is validated are at least ${gap} rows`,
            'max Tᵢ + gap < min Vᵢ',
            (folds) =>
              perFold(folds, ({ train, validation }, where) => {
                const [last, first] = [Math.max(...train), Math.min(...validation)];
                return holds(last + gap < first, `training to end before row ${first - gap}`, `row ${last}`, where);
              }),
          ),
          stated(
            'time goes on',
            'each fold validates rows that come after those of the fold before, and there are as many folds as asked',
            'max Vᵢ < min Vᵢ₊₁',
            (folds, sample) =>
              all(
                same(sample.folds, folds.length, 'folds'),
                ...folds.slice(1).map(({ validation }, i) => {
                  const before = Math.max(...(folds[i]?.validation ?? []));
                  const first = Math.min(...validation);
                  return holds(before < first, `rows after ${before}`, `row ${first}`, `fold ${i + 1}`);
                }),
              ),
          ),
        ]
      : [
          stated(
            'the rest is trained on',
            'the two parts of a fold are all rows',
            'Tᵢ ∪ Vᵢ = {0, …, n − 1}',
            (folds, { rows: { labels } }) =>
              perFold(folds, ({ train, validation }, where) =>
                same(labels.length, new Set([...train, ...validation]).size, `rows in ${where}`),
              ),
          ),
        ]),
    ...(kind === 'partition' ? ofPartitions(folding, stated) : []),
    ...(fraction === undefined
      ? []
      : [
          stated(
            'each part has its fraction',
            `of all rows, ${fraction} are validated, rounded down or up`,
            '|Vᵢ| = f·n',
            (folds, { rows: { labels } }) =>
              perFold(folds, ({ validation }, where) => downOrUp(validation.length, fraction * labels.length, where)),
          ),
        ]),
    ...(grouped
      ? [
          stated(
            'groups are not cut',
            'no group is both trained and validated on',
            'g(Tᵢ) ∩ g(Vᵢ) = ∅',
            (folds, { rows: { groups } }) =>
              perFold(folds, ({ train, validation }, where) => {
                const trained = new Set(train.map((row) => groups[row]));
                const cut = validation.find((row) => trained.has(groups[row] ?? -1));
                return holds(
                  cut === undefined,
                  'whole groups',
                  `group ${groups[cut ?? 0]} (row ${cut}) in both parts`,
                  where,
                );
              }),
          ),
        ]
      : []),
  ];
};
