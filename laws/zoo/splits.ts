/** Wrong splits of rows. */
import { foldIn, fromSeed, permutation, uniform } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type Split, split } from '../pack/split.ts';
import type { Broken } from './broken.ts';

const fractions = { train: 0.5, validation: 0.2, test: 0.3 };
type Parts = ReturnType<Split['of']>;

const all = (labels: readonly number[]): readonly number[] => labels.map((_, row) => row);
const shuffled = (rows: readonly number[], seed: number): readonly number[] =>
  permutation(rows.length)(fromSeed(seed)).flatMap((i) => rows.slice(i, i + 1));

/** Rows in an order, cut where the parts end. */
const cut = (order: readonly number[]): NonNullable<Parts> => {
  const [a, b] = [Math.round(0.5 * order.length), Math.round(0.7 * order.length)];
  return { train: order.slice(0, a), validation: order.slice(a, b), test: order.slice(b) };
};

const plain: Split = { fractions, of: (labels, seed) => cut(shuffled(all(labels), seed)) };

/** Each class cut by itself; the parts of a class are its fractions rounded, what is left over is for testing. */
const byClass = (labels: readonly number[], seed: number): NonNullable<Parts> =>
  [...new Set(labels)]
    .map((label) =>
      cut(
        shuffled(
          all(labels).filter((row) => labels[row] === label),
          seed + label,
        ),
      ),
    )
    .reduce((one, other) => ({
      train: [...(one.train ?? []), ...(other.train ?? [])],
      validation: [...(one.validation ?? []), ...(other.validation ?? [])],
      test: [...(one.test ?? []), ...(other.test ?? [])],
    }));

export const broken: readonly Broken[] = [
  {
    name: 'an overlapping split',
    fault: 'the test part begins one row before the validation part ends',
    law: 'parts do not overlap',
    laws: split({
      fractions,
      of: (labels, seed) => {
        const order = shuffled(all(labels), seed);
        const { train = [], validation = [] } = cut(order);
        return { train, validation, test: order.slice(train.length + validation.length - 1) };
      },
    }),
  },
  {
    name: 'parts drawn one by one',
    fault: 'each part is drawn from all rows, by a key of its own',
    law: 'parts do not overlap',
    laws: split({
      fractions,
      of: (labels, seed) => {
        const drawn = (part: number, fraction: number): readonly number[] =>
          permutation(labels.length)(foldIn(part)(fromSeed(seed))).slice(0, Math.round(fraction * labels.length));
        return { train: drawn(0, 0.5), validation: drawn(1, 0.2), test: drawn(2, 0.3) };
      },
    }),
  },
  {
    name: 'a split that loses rows',
    fault: 'all parts are rounded down, and what is left over is in none',
    law: 'no row is lost',
    laws: split({
      fractions,
      of: (labels, seed) => {
        const order = shuffled(all(labels), seed);
        const [a, b, c] = [0.5, 0.2, 0.3].map((fraction) => Math.floor(fraction * order.length));
        const [from = 0, width = 0, rest = 0] = [a, b, c];
        return {
          train: order.slice(0, from),
          validation: order.slice(from, from + width),
          test: order.slice(from + width, from + width + rest),
        };
      },
    }),
  },
  {
    name: 'a split row by row',
    fault: 'a coin is thrown for every row, so parts have any size',
    law: 'each part has its fraction',
    laws: split({
      fractions,
      of: (labels, seed) => {
        const { data } = uniform([labels.length], 'f64')(fromSeed(seed));
        const between = (low: number, high: number): readonly number[] =>
          all(labels).filter((row) => (data[row] ?? 0) >= low && (data[row] ?? 0) < high);
        return { train: between(0, 0.5), validation: between(0.5, 0.7), test: between(0.7, 1) };
      },
    }),
  },
  {
    name: 'an unstratified stratified split',
    fault: 'labels are taken and not looked at',
    law: 'each class has its fraction in each part',
    laws: split({ ...plain, stratified: true }),
  },
  {
    name: 'a split without its seed',
    fault: 'the order is always drawn from seed 0',
    law: 'the seed decides',
    laws: split({ ...plain, of: (labels) => cut(shuffled(all(labels), 0)) }),
  },
  {
    name: 'a split of unshuffled rows',
    fault:
      'the seed only turns the rows round at one place: neighbours stay together, and late rows are never trained on',
    law: 'every row has the same chance',
    laws: split({
      ...plain,
      of: (labels, seed) => {
        const from = seed % 3;
        return cut([...all(labels).slice(from), ...all(labels).slice(0, from)]);
      },
    }),
  },
  {
    name: 'a split of sorted rows',
    fault: 'rows are sorted by label before they are cut, so training sees one class',
    law: 'every row has the same chance',
    laws: split({
      ...plain,
      of: (labels, seed) => cut(shuffled(all(labels), seed).toSorted((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0))),
    }),
  },
];

/** A plain split and a stratified one. */
export const correct: readonly LawSet[] = [split(plain), split({ fractions, of: byClass, stratified: true })];
