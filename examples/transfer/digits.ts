/**
 * Handwritten digits in two tasks for transfer: one with many examples to learn from first, one with few.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, Key, Tensor, type Train } from 'nabla-ts';
import { readDigits as read, unit } from '../digits.ts';

/** Images [rows, 64] of pixels from 0 to 1, and the digit of each. */
export interface Digits {
  readonly images: Tensor.Tensor;
  readonly labels: readonly number[];
}

export const readDigits = (path: string): E.Either<Failure.Failure, Digits> =>
  pipe(
    read(path),
    E.map((digits) => ({ images: unit(digits), labels: digits.labels })),
  );

/** What one seed has to learn from. Labels are whole numbers from 0. */
export interface Tasks {
  /** Many examples of another task. */
  readonly source: Train.Examples;
  /** So many of each class of the task at hand; those of a smaller number are among those of a larger one. */
  readonly few: (perClass: number) => Train.Examples;
  /** Examples of the task at hand that are not among the few. */
  readonly test: Train.Examples;
}

const examplesOf = ({ images, labels }: Digits, rows: readonly number[], from: number): Train.Examples => ({
  inputs: Tensor.takeRows(rows)(images),
  targets: Tensor.generate('f32', [rows.length], (i) => (labels[rows[i] ?? -1] ?? NaN) - from),
});

/** The rows of each digit, in an order drawn from the key. */
const rowsByDigit = ({ labels }: Digits, key: Key.Key): ReadonlyArray<readonly number[]> =>
  Key.split(10)(key).map((own, digit) => {
    const rows = labels.flatMap((label, row) => (label === digit ? [row] : []));
    return Key.permutation(rows.length)(own).flatMap((i) => rows.slice(i, i + 1));
  });

/** The first part of each group of rows, and the rest. */
const parted = (groups: ReadonlyArray<readonly number[]>, fraction: number) =>
  groups.map((rows) => {
    const held = Math.round(fraction * rows.length);
    return { first: rows.slice(0, held), rest: rows.slice(held) };
  });

/** Five new digits: from 0 to 4 to 5 to 9. Two fifths of the latter are the test. */
export const newDigits =
  (digits: Digits) =>
  (key: Key.Key): Tasks => {
    const rows = rowsByDigit(digits, key);
    const later = parted(rows.slice(5), 0.4);
    return {
      source: examplesOf(digits, rows.slice(0, 5).flat(), 0),
      few: (perClass) =>
        examplesOf(
          digits,
          later.flatMap(({ rest }) => rest.slice(0, perClass)),
          5,
        ),
      test: examplesOf(
        digits,
        later.flatMap(({ first }) => first),
        5,
      ),
    };
  };

/** What another scanner makes of images of 8 × 8: moved by half a pixel to the right and down, paler, on grey, with noise. */
const otherScanner =
  (key: Key.Key) =>
  (images: Tensor.Tensor): Tensor.Tensor => {
    const noise = Key.normal(images.shape, 'f64')(key).data;
    const ink = (i: number, up: number, left: number): number => {
      const [row, column] = [Math.floor((i % 64) / 8) - up, (i % 8) - left];
      return row < 0 || column < 0 ? 0 : (images.data[i - 8 * up - left] ?? NaN);
    };
    return Tensor.generate('f32', images.shape, (i) => {
      const mean = (ink(i, 0, 0) + ink(i, 0, 1) + ink(i, 1, 0) + ink(i, 1, 1)) / 4;
      return 0.2 + 0.6 * mean + 0.1 * (noise[i] ?? NaN);
    });
  };

/** The same ten digits from another scanner: half of the images are as they were, the others its own; half of these are the
 * test. */
export const newScanner =
  (digits: Digits) =>
  (key: Key.Key): Tasks => {
    const [order = key, noise = key] = Key.split(2)(key);
    const halves = parted(rowsByDigit(digits, order), 0.5);
    const quarters = parted(
      halves.map(({ rest }) => rest),
      0.5,
    );
    const scanned = { ...digits, images: otherScanner(noise)(digits.images) };
    return {
      source: examplesOf(
        digits,
        halves.flatMap(({ first }) => first),
        0,
      ),
      few: (perClass) =>
        examplesOf(
          scanned,
          quarters.flatMap(({ rest }) => rest.slice(0, perClass)),
          0,
        ),
      test: examplesOf(
        scanned,
        quarters.flatMap(({ first }) => first),
        0,
      ),
    };
  };
