/** Plain foldings, which wrong ones differ from in one thing. */
import { fromSeed, permutation } from '../../src/tensor/key.ts';
import type { Folding } from '../pack/fold.ts';

type Parts = NonNullable<ReturnType<Folding['of']>>[number];

export const all = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row);
export const shuffled = (rows: readonly number[], seed: number): readonly number[] =>
  permutation(rows.length)(fromSeed(seed)).flatMap((i) => rows.slice(i, i + 1));

export const others = (validation: readonly number[], count: number): Parts => ({
  train: all(count).filter((row) => !validation.includes(row)),
  validation,
});

export const sensible = (folds: number, count: number): boolean =>
  Number.isInteger(folds) && folds >= 2 && folds <= count;

/** An order dealt out like cards. */
export const dealt = (order: readonly number[], folds: number): readonly Parts[] =>
  all(folds).map((k) =>
    others(
      order.filter((_, i) => i % folds === k),
      order.length,
    ),
  );

export const kFold: Folding = {
  kind: 'partition',
  of: ({ labels }, folds, seed) =>
    sensible(folds, labels.length) ? dealt(shuffled(all(labels.length), seed), folds) : undefined,
};

const smallest = (labels: readonly number[]): number =>
  Math.min(...labels.map((label) => labels.filter((other) => other === label).length));

export const stratified: Folding = {
  kind: 'partition',
  stratified: true,
  of: ({ labels }, folds, seed) =>
    sensible(folds, labels.length) && !labels.some(Number.isNaN) && smallest(labels) >= folds
      ? dealt(
          shuffled(all(labels.length), seed).toSorted((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0)),
          folds,
        )
      : undefined,
};

export const grouped: Folding = {
  kind: 'partition',
  grouped: true,
  of: ({ groups }, folds, seed) => {
    const names = [...new Set(groups)];
    const order = shuffled(names, seed);
    return sensible(folds, names.length)
      ? all(folds).map((k) =>
          others(
            all(groups.length).filter((row) => order.indexOf(groups[row] ?? 0) % folds === k),
            groups.length,
          ),
        )
      : undefined;
  },
};

/** The last rows, as many to a fold as `width`. */
export const forward =
  (gap: number): Folding['of'] =>
  ({ labels }, folds) => {
    const width = Math.floor((labels.length - gap) / (folds + 1));
    const from = labels.length - folds * width;
    return sensible(folds, labels.length) && width >= 1 && from > gap
      ? all(folds).map((k) => ({
          train: all(from + k * width - gap),
          validation: all(width).map((i) => from + k * width + i),
        }))
      : undefined;
  };

export const time: Folding = { kind: 'time', of: forward(0) };

export const shuffleSplit: Folding = {
  kind: 'random',
  validation: 0.25,
  of: ({ labels: { length } }, folds, seed) =>
    length >= 2
      ? all(folds).map((k) => others(shuffled(all(length), seed + 7919 * k).slice(0, Math.ceil(length / 4)), length))
      : undefined,
};
