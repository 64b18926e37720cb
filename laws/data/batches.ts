/** The laws of one-hot rows and batches. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { toRows } from '../../src/tensor/tensor.ts';
import { predictedClasses } from '../../src/train/metrics/index.ts';
import { all, holds, type LawSet, law, lawOf, lawSet } from '../law.ts';
import { right, sameJson } from './helpers.ts';

const colours = ['red', 'green', 'blue'];

const others = [
  law(
    'one-hot-round-trip',
    'a row of 0s with one 1, from which the label comes back',
    fc
      .integer({ min: 2, max: 6 })
      .chain((classes) =>
        fc.tuple(fc.constant(classes), fc.array(fc.nat(classes - 1), { minLength: 1, maxLength: 20 })),
      ),
    ([classes, labels]) =>
      right(Data.oneHot(classes)(labels), (rows) =>
        all(
          ...toRows(rows).map((row, i) =>
            sameJson(
              [1, ...new Array(classes - 1).fill(0)],
              row.toSorted((a, b) => b - a),
              `row ${i}`,
            ),
          ),
          right(predictedClasses(rows), (again) => sameJson(labels, again, 'labels')),
          right(Data.classNames(colours)(labels.map((l) => l % 3)), (named) =>
            sameJson(
              labels.map((l) => colours[l % 3]),
              named,
              'names',
            ),
          ),
          holds(E.isLeft(Data.oneHot(classes)([...labels, classes])), 'a failure', 'a tensor'),
          holds(E.isLeft(Data.classNames(colours)([3])), 'a failure', 'names'),
        ),
      ),
  ),
  law(
    'batches-cover',
    'each row is in one batch; all batches but the last are full; the order is the key’s, and each pass the same',
    fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 50 }), fc.nat()),
    ([size, rows, seed]) => {
      const epoch = Data.batches(size)(fromSeed(seed))(rows);
      const made = [...epoch];
      const indices = Array.from({ length: rows }, (_, i) => i);
      return all(
        sameJson(
          indices,
          made.flat().toSorted((a, b) => a - b),
          'rows',
        ),
        sameJson(
          Array.from({ length: Math.ceil(rows / size) }, (_, b) => Math.min(size, rows - b * size)),
          made.map((b) => b.length),
          'sizes',
        ),
        sameJson(made, [...epoch], 'a second pass'),
        sameJson(indices, [...Data.batchesInOrder(size)(rows)].flat(), 'in order'),
      );
    },
  ),
  lawOf('batches-shuffle', 'another key gives another order', [0], () =>
    holds(
      JSON.stringify([...Data.batches(5)(fromSeed(1))(50)]) !== JSON.stringify([...Data.batches(5)(fromSeed(2))(50)]),
      'two orders',
      'one',
    ),
  ),
];

/** The laws of one-hot rows and batches. */
export const batchLaws: LawSet = lawSet('batches', others);
