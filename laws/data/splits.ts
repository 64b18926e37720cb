/** The laws of splits. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { all, holds, type LawSet, law, lawOf, lawSet } from '../law.ts';
import { right, sameJson, tensorOf } from './helpers.ts';

const proportions = fc
  .tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 45 }))
  .map(([v, t]) => ({ validation: v / 100, test: t / 100 }));
const parts = ['train', 'validation', 'test'] as const;

/** A fraction of a count rounded down or up; rounding of the fraction itself may carry a whole number across. */
const downOrUp = (size: number, quota: number): boolean =>
  size >= Math.floor(quota - 1e-9) && size <= Math.ceil(quota + 1e-9);

const splits = [
  law(
    'split-partition',
    'each row is in one part, each part ascends and is its fraction of the rows rounded down or up',
    fc.tuple(proportions, fc.nat(), fc.integer({ min: 20, max: 200 })),
    ([p, seed, rows]) => {
      const split = Data.Split.random(p)(fromSeed(seed))(rows);
      if (E.isLeft(split))
        return holds(
          parts.some((part) => part !== 'train' && p[part] > 0 && p[part] * rows < 1),
          'a failure only where a part is empty',
          show(split.left),
        );
      const fraction = { train: 1 - p.validation - p.test, ...p };
      return all(
        sameJson(
          Array.from({ length: rows }, (_, i) => i),
          parts.flatMap((part) => split.right[part]).toSorted((a, b) => a - b),
          'rows',
        ),
        ...parts.flatMap((part) => [
          sameJson(
            split.right[part].toSorted((a, b) => a - b),
            split.right[part],
            `${part} ascends`,
          ),
          holds(
            downOrUp(split.right[part].length, fraction[part] * rows),
            `${fraction[part] * rows}`,
            `${split.right[part].length} in ${part}`,
          ),
        ]),
        right(Data.Split.random(p)(fromSeed(seed))(rows), (again) => sameJson(split.right, again, 'the same key')),
      );
    },
  ),
  law(
    'split-stratified',
    'each label has its fraction in each part rounded down or up, and a row to train on',
    fc.tuple(proportions, fc.nat(), fc.array(fc.nat(4), { minLength: 30, maxLength: 120 })),
    ([p, seed, labels]) => {
      const split = Data.Split.stratified(p)(fromSeed(seed))(labels);
      if (E.isLeft(split))
        return holds(
          parts.some((part) => part !== 'train' && p[part] > 0 && p[part] * labels.length < 5),
          'a failure only where a part is empty',
          show(split.left),
        );
      const fraction = { train: 1 - p.validation - p.test, ...p };
      const count = (rows: readonly number[], label: number): number =>
        rows.filter((row) => labels[row] === label).length;
      return all(
        sameJson(
          labels.map((_, i) => i),
          parts.flatMap((part) => split.right[part]).toSorted((a, b) => a - b),
          'rows',
        ),
        ...[...new Set(labels)].flatMap((label) => {
          const of = labels.filter((other) => other === label).length;
          return [
            holds(count(split.right.train, label) > 0, `label ${label} to train on`, 'none'),
            ...parts.map((part) =>
              holds(
                downOrUp(count(split.right[part], label), fraction[part] * of),
                `${fraction[part] * of} of label ${label} in ${part}`,
                `${count(split.right[part], label)}`,
              ),
            ),
          ];
        }),
      );
    },
  ),
  lawOf<readonly [string, E.Either<Failure, unknown>]>(
    'split-refusals',
    'a part that would be empty, and fractions that leave nothing to train on, are failures',
    [
      ['no row', Data.Split.random({ validation: 0, test: 0 })(fromSeed(1))(0)],
      ['one row, two parts', Data.Split.random({ validation: 0, test: 0.5 })(fromSeed(1))(1)],
      ['an empty part', Data.Split.random({ validation: 0.01, test: 0 })(fromSeed(1))(10)],
      ['a negative fraction', Data.Split.random({ validation: -0.1, test: 0 })(fromSeed(1))(10)],
      ['nothing left', Data.Split.random({ validation: 0.5, test: 0.5 })(fromSeed(1))(10)],
      ['NaN', Data.Split.random({ validation: Number.NaN, test: 0 })(fromSeed(1))(10)],
      ['a label that is not whole', Data.Split.stratified({ validation: 0, test: 0.5 })(fromSeed(1))([0, 0.5, 1])],
    ],
    ([name, result]) => holds(E.isLeft(result), `a failure: ${name}`, 'a split'),
  ),
  law(
    'parts',
    'rows of tensors and of arrays are taken alike',
    fc.tuple(fc.integer({ min: 10, max: 30 }), fc.nat()),
    ([rows, seed]) =>
      right(Data.Split.random({ validation: 0.2, test: 0.2 })(fromSeed(seed))(rows), (split) => {
        const values = Array.from({ length: rows }, (_, i) => i * i);
        const tensors = Data.Parts.take(split)(tensorOf([values]));
        const arrays = Data.Parts.takeFrom(split)(values);
        return all(
          ...parts.flatMap((part) => [
            sameJson(
              split[part].map((i) => i * i),
              arrays[part],
              part,
            ),
            sameJson(arrays[part], Array.from(tensors[part].data), part),
          ]),
        );
      }),
  ),
];

/** The laws of splits. */
export const splitLaws: LawSet = lawSet('splits', splits);
