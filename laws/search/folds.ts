/** What is particular to this project's folds: groups, windows, nesting and development sets. */
import * as fc from 'fast-check';
import * as Fold from '../../src/search/fold/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { right, sameJson } from '../data/helpers.ts';
import { all, holds, type LawSet, law, lawSet, same } from '../law.ts';

const seeds = fc.nat(2 ** 31 - 1);

const grouped = law(
  'grouped-sizes',
  'folds of groups differ by at most the largest group, and groups may have names',
  fc.tuple(fc.array(fc.nat(9), { minLength: 20, maxLength: 60 }), fc.integer({ min: 2, max: 5 }), seeds),
  ([groups, folds, seed]) => {
    const count = new Set(groups).size;
    const names = groups.map((group) => `g${group}`);
    const made = Fold.groupedKFold(folds)(fromSeed(seed))(names);
    if (count < folds) return same('Left', made._tag, `${count} groups into ${folds} folds`);
    return right(made, (list) => {
      const sizes = list.map(({ validation }) => validation.length);
      const largest = Math.max(
        ...[...new Set(groups)].map((group) => groups.filter((other) => other === group).length),
      );
      return all(
        holds(Math.max(...sizes) - Math.min(...sizes) <= largest, `sizes within ${largest} of one another`, `${sizes}`),
        // A group as large as all others together: in the order of their sizes, they share two folds evenly.
        right(
          Fold.groupedKFold(2)(fromSeed(seed))([...groups.map((_, i) => `single ${i}`), ...groups.map(() => 'large')]),
          (even) => same(groups.length, even[0]?.validation.length, 'half of the rows'),
        ),
        right(Fold.groupedKFold(folds)(fromSeed(seed))(groups), (byNumber) =>
          sameJson(list, byNumber, 'groups by number'),
        ),
      );
    });
  },
);

const stratifiedSizes = law(
  'stratified-sizes',
  'classes are dealt one after the other, so that all rows are spread as evenly as those of a class are',
  fc.tuple(fc.array(fc.nat(5), { maxLength: 40 }), fc.integer({ min: 2, max: 4 }), seeds),
  ([more, folds, seed]) => {
    const labels = [...Array.from({ length: 24 }, (_, i) => i % 6), ...more];
    return right(Fold.stratifiedKFold(folds)(fromSeed(seed))(labels), (list) =>
      all(
        ...list.map(({ validation: { length } }, i) =>
          holds(
            length === Math.floor(labels.length / folds) || length === Math.ceil(labels.length / folds),
            `${labels.length / folds}, rounded`,
            `${length}`,
            `fold ${i}`,
          ),
        ),
      ),
    );
  },
);

const windows = law(
  'time-windows',
  'what is trained on are the last rows before the gap, a window of them at most; the last row is validated last',
  fc.record({
    folds: fc.integer({ min: 2, max: 4 }),
    validation: fc.integer({ min: 1, max: 4 }),
    gap: fc.nat(3),
    window: fc.integer({ min: 1, max: 6 }),
    more: fc.integer({ min: 1, max: 10 }),
  }),
  ({ folds, validation, gap, window, more }) => {
    const rows = folds * validation + gap + more;
    const to = (from: number, end: number): readonly number[] =>
      Array.from({ length: rows }, (_, row) => row).filter((row) => row >= from && row < end);
    return right(Fold.timeSeriesSplit({ folds, validation, gap, window })(rows), (list) =>
      all(
        ...list.map((fold, i) => {
          const start = rows - (folds - i) * validation;
          return all(
            sameJson(to(start, start + validation), fold.validation, `validation of fold ${i}`),
            sameJson(to(start - gap - window, start - gap), fold.train, `training of fold ${i}`),
          );
        }),
        same('Left', Fold.timeSeriesSplit({ folds, validation, gap })(folds * validation + gap)._tag, 'one row fewer'),
      ),
    );
  },
);

const nesting = law(
  'nested',
  'inner folds are folds of the rows that the outer fold trains on: none of them is validated outside',
  fc.tuple(fc.integer({ min: 8, max: 30 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), seeds),
  ([rows, outer, inner, seed]) =>
    right(Fold.kFold(outer)(fromSeed(seed))(rows), (folds) =>
      right(Fold.nested((train, index) => Fold.kFold(inner)(fromSeed(seed + index))(train.length))(folds), (nested) =>
        all(
          sameJson(
            folds,
            nested.map(({ train, validation }) => ({ train, validation })),
            'outer folds',
          ),
          ...nested.map(({ train, inner: within }, i) =>
            all(
              sameJson(
                train,
                within.flatMap(({ validation }) => validation).toSorted((a, b) => a - b),
                `validated within fold ${i}`,
              ),
              ...within.map((fold) =>
                sameJson(
                  train,
                  [...fold.train, ...fold.validation].toSorted((a, b) => a - b),
                  `an inner fold of fold ${i}`,
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  { runs: 40 },
);

const taking = law(
  'take',
  'the rows of a tensor that a fold names, in its order',
  fc.tuple(fc.integer({ min: 4, max: 12 }), seeds),
  ([rows, seed]) =>
    right(Fold.shuffleSplit({ splits: 1, validation: 0.3 })(fromSeed(seed))(rows), (folds) => {
      const x = Tensor.generate('f64', [rows, 2], (i) => i * i);
      return all(
        ...folds.map((fold) => {
          const { train, validation } = Fold.take(fold)(x);
          const squares = (list: readonly number[]): readonly number[] =>
            list.flatMap((row) => [(2 * row) ** 2, (2 * row + 1) ** 2]);
          return all(
            sameJson(squares(fold.train), Tensor.toArray(train), 'train'),
            sameJson(squares(fold.validation), Tensor.toArray(validation), 'validation'),
          );
        }),
      );
    }),
  { runs: 20 },
);

const developing = law(
  'development-sets',
  'of each kind both sets together are all rows, each once, in the fractions that were asked for, rounded down or up',
  fc.record({
    trainingDevelopment: fc.integer({ min: 10, max: 60 }).map((n) => n / 100),
    testDevelopment: fc.integer({ min: 10, max: 60 }).map((n) => n / 100),
    training: fc.integer({ min: 20, max: 100 }),
    test: fc.integer({ min: 20, max: 100 }),
    seed: seeds,
  }),
  ({ seed, training, test, ...fractions }) =>
    right(Fold.developmentSets(fractions)(fromSeed(seed))({ training, test }), (sets) =>
      all(
        ...(
          [
            [training, sets.train, sets.trainingDevelopment, fractions.trainingDevelopment],
            [test, sets.test, sets.testDevelopment, fractions.testDevelopment],
          ] as const
        ).map(([rows, rest, measured, fraction]) =>
          all(
            sameJson(
              Array.from({ length: rows }, (_, row) => row),
              [...rest, ...measured].toSorted((a, b) => a - b),
              'rows',
            ),
            holds(Math.abs(measured.length - fraction * rows) < 1, `${fraction * rows}`, `${measured.length}`),
          ),
        ),
        right(Fold.developmentSets(fractions)(fromSeed(seed))({ training, test }), (again) =>
          sameJson(sets, again, 'the same key'),
        ),
        // Were one key used twice, kinds of as many rows would be divided alike.
        right(
          Fold.developmentSets({ trainingDevelopment: 0.5, testDevelopment: 0.5 })(fromSeed(seed))({
            training: 60,
            test: 60,
          }),
          (even) => holds(`${even.trainingDevelopment}` !== `${even.testDevelopment}`, 'other rows', 'the same rows'),
        ),
      ),
    ),
  { runs: 40 },
);

/** The laws of folds that the pack does not state. */
export const foldLaws: LawSet = lawSet('folds', [grouped, stratifiedSizes, windows, nesting, taking, developing]);
