/** The laws of one-hot rows and batches. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { toRows } from '../../src/tensor/tensor.ts';
import { batches as trainBatches } from '../../src/train/batches.ts';
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
    'each row is in one batch; all batches but the last are full; the order is the key’s, the same each time',
    fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 50 }), fc.nat()),
    ([size, rows, seed]) => {
      const epoch = Data.batches(size)(fromSeed(seed))(rows);
      const indices = Array.from({ length: rows }, (_, i) => i);
      return all(
        sameJson(
          indices,
          epoch.flat().toSorted((a, b) => a - b),
          'rows',
        ),
        sameJson(
          Array.from({ length: Math.ceil(rows / size) }, (_, b) => Math.min(size, rows - b * size)),
          epoch.map((b) => b.length),
          'sizes',
        ),
        sameJson(epoch, Data.batches(size)(fromSeed(seed))(rows), 'the same key'),
        sameJson(indices, Data.batchesInOrder(size)(rows).flat(), 'in order'),
      );
    },
  ),
  lawOf(
    'batches-size',
    'a size that is not a whole number of at least 1 is refused, by tables and by training',
    [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY],
    (size) => {
      const refused = (make: () => unknown): boolean => {
        try {
          make();
          return false;
        } catch (thrown) {
          return thrown instanceof RangeError && thrown.message === `batches: ${size} is not a batch size`;
        }
      };
      return all(
        holds(
          refused(() => Data.batches(size)(fromSeed(1))(3)),
          'a refusal',
          `batches of ${size}`,
        ),
        holds(
          refused(() => Data.batchesInOrder(size)(3)),
          'a refusal',
          `batches of ${size} in order`,
        ),
        holds(
          refused(() => trainBatches(3, size)(fromSeed(1), 0)),
          'a refusal',
          `an epoch in batches of ${size}`,
        ),
      );
    },
  ),
  lawOf('batches-shuffle', 'another key gives another order', [0], () =>
    holds(
      JSON.stringify(Data.batches(5)(fromSeed(1))(50)) !== JSON.stringify(Data.batches(5)(fromSeed(2))(50)),
      'two orders',
      'one',
    ),
  ),
];

/** The laws of one-hot rows and batches. */
export const batchLaws: LawSet = lawSet('batches', others);
