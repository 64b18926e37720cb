/** Wrong folds of rows. */
import { fromSeed, uniform } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { fold } from '../pack/fold.ts';
import type { Broken } from './broken.ts';
import { brokenEstimates, correctEstimates } from './folds-estimates.ts';
import {
  all,
  dealt,
  forward,
  grouped,
  kFold,
  others,
  sensible,
  shuffled,
  shuffleSplit,
  stratified,
  time,
} from './folds-plain.ts';

const foldings: readonly Broken[] = [
  {
    name: 'a k-fold that trains on everything',
    fault: 'the rows that are validated are not taken out of those to train on',
    law: 'train and validation do not overlap',
    laws: fold({
      ...kFold,
      of: (rows, folds, seed) =>
        kFold.of(rows, folds, seed)?.map(({ validation }) => ({ train: all(rows.labels.length), validation })),
    }),
  },
  {
    name: 'a k-fold that loses the remainder',
    fault: 'folds are as large as n/k rounded down, and what is left over is never validated',
    law: 'every row is validated once',
    laws: fold({
      ...kFold,
      of: ({ labels: { length } }, folds, seed) => {
        const [order, width] = [shuffled(all(length), seed), Math.floor(length / folds)];
        return sensible(folds, length)
          ? all(folds).map((k) => others(order.slice(k * width, (k + 1) * width), length))
          : undefined;
      },
    }),
  },
  {
    name: 'folds drawn one by one',
    fault: 'each fold is drawn from all rows, so that some rows are validated twice and others never',
    law: 'every row is validated once',
    laws: fold({
      ...kFold,
      of: ({ labels: { length } }, folds, seed) =>
        sensible(folds, length)
          ? all(folds).map((k) => others(shuffled(all(length), seed + k).slice(0, Math.round(length / folds)), length))
          : undefined,
    }),
  },
  {
    name: 'a k-fold with a large last fold',
    fault: 'all that is left over goes to the last fold',
    law: 'folds are of one size',
    laws: fold({
      ...kFold,
      of: ({ labels: { length } }, folds, seed) => {
        const [order, width] = [shuffled(all(length), seed), Math.floor(length / folds)];
        return sensible(folds, length)
          ? all(folds).map((k) => others(order.slice(k * width, k === folds - 1 ? length : (k + 1) * width), length))
          : undefined;
      },
    }),
  },
  {
    name: 'a k-fold without its seed',
    fault: 'rows are folded in the order of the file',
    law: 'the seed decides',
    laws: fold({
      ...kFold,
      of: ({ labels: { length } }, folds) => (sensible(folds, length) ? dealt(all(length), folds) : undefined),
    }),
  },
  {
    name: 'a k-fold that only turns the rows round',
    fault: 'the seed says where the first fold begins, within three rows: late rows are never in it',
    law: 'every row has the same chance',
    laws: fold({
      ...kFold,
      of: ({ labels: { length } }, folds, seed) => {
        const order = [...all(length).slice(seed % 3), ...all(length).slice(0, seed % 3)];
        const from = (k: number): number => Math.round((k * length) / folds);
        return sensible(folds, length)
          ? all(folds).map((k) => others(order.slice(from(k), from(k + 1)), length))
          : undefined;
      },
    }),
  },
  {
    name: 'an unstratified stratified k-fold',
    fault: 'labels are checked and not looked at',
    law: 'each class has its share in each fold',
    laws: fold({
      ...stratified,
      of: (rows, folds, seed) =>
        stratified.of(rows, folds, seed) === undefined ? undefined : kFold.of(rows, folds, seed),
    }),
  },
  {
    name: 'a stratified k-fold of too few rows',
    fault: 'a label with fewer rows than folds is dealt out all the same, and is missing from some folds',
    law: 'bad input is refused',
    laws: fold({
      ...stratified,
      of: ({ labels }, folds, seed) =>
        sensible(folds, labels.length) && !labels.some(Number.isNaN)
          ? dealt(
              shuffled(all(labels.length), seed).toSorted((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0)),
              folds,
            )
          : undefined,
    }),
  },
  {
    name: 'a grouped k-fold that cuts groups',
    fault: 'rows are dealt out in the order of their groups, and not the groups',
    law: 'groups are not cut',
    laws: fold({
      ...grouped,
      of: (rows, folds, seed) => {
        const { groups } = rows;
        return grouped.of(rows, folds, seed) === undefined
          ? undefined
          : dealt(
              shuffled(all(groups.length), seed).toSorted((a, b) => (groups[a] ?? 0) - (groups[b] ?? 0)),
              folds,
            );
      },
    }),
  },
  {
    name: 'a repeated k-fold with one key',
    fault: 'every repetition is drawn by the same seed',
    law: 'repetitions are other folds',
    laws: fold({
      ...kFold,
      times: 3,
      of: (rows, folds, seed) => {
        const once = kFold.of(rows, folds, seed);
        return once === undefined ? undefined : [...once, ...once, ...once];
      },
    }),
  },
  {
    name: 'a shuffled time series',
    fault: 'the future is trained on and the past validated',
    law: 'the future is not seen',
    laws: fold({ ...time, of: (rows, folds) => kFold.of(rows, folds, 1) }),
  },
  {
    name: 'a time series without its gap',
    fault: 'the gap is asked for and not kept',
    law: 'the future is not seen',
    laws: fold({ ...time, gap: 2, of: forward(0) }),
  },
  {
    name: 'a time series that stands still',
    fault: 'every fold validates the last rows',
    law: 'time goes on',
    laws: fold({
      ...time,
      of: (rows, folds, seed) => {
        const last = time.of(rows, folds, seed)?.at(-1);
        return last === undefined ? undefined : all(folds).map(() => last);
      },
    }),
  },
  {
    name: 'a shuffle-split row by row',
    fault: 'a coin is thrown for every row, so any number of rows is validated',
    law: 'each part has its fraction',
    laws: fold({
      ...shuffleSplit,
      of: ({ labels: { length } }, folds, seed) =>
        length >= 2
          ? all(folds).map((k) => {
              const { data } = uniform([length], 'f64')(fromSeed(seed + 7919 * k));
              return others(
                all(length).filter((row) => (data[row] ?? 0) < 0.25),
                length,
              );
            })
          : undefined,
    }),
  },
  {
    name: 'a shuffle-split that loses rows',
    fault: 'both parts are rounded down, and what is left over is in none',
    law: 'the rest is trained on',
    laws: fold({
      ...shuffleSplit,
      of: ({ labels: { length } }, folds, seed) =>
        length >= 2
          ? all(folds).map((k) => {
              const order = shuffled(all(length), seed + 7919 * k);
              const validated = Math.max(1, Math.floor(length / 4));
              return {
                train: order.slice(validated, validated + Math.floor(0.75 * length)),
                validation: order.slice(0, validated),
              };
            })
          : undefined,
    }),
  },
  {
    name: 'a k-fold of one fold',
    fault: 'one fold is as good as two: all rows are validated by what is trained on none',
    law: 'bad input is refused',
    laws: fold({
      ...kFold,
      of: (rows, folds, seed) =>
        folds === 1 ? dealt(shuffled(all(rows.labels.length), seed), 1) : kFold.of(rows, folds, seed),
    }),
  },
];

export const broken: readonly Broken[] = [...foldings, ...brokenEstimates];

/** A folding of each kind, and what is estimated from folds. */
export const correct: readonly LawSet[] = [
  fold(kFold),
  fold(stratified),
  fold(grouped),
  fold({
    ...kFold,
    times: 3,
    of: (rows, folds, seed) => {
      const repetitions = [0, 1, 2].map((time) => kFold.of(rows, folds, seed + 104_729 * time));
      return repetitions.every((one) => one !== undefined) ? repetitions.flat() : undefined;
    },
  }),
  fold(time),
  fold({ ...time, gap: 2, of: forward(2) }),
  fold(shuffleSplit),
  ...correctEstimates,
];
