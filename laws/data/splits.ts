/** The laws of splits. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import { failure, show } from '../../src/tensor/failure.ts';
import { fromSeed, type Key, permutation, split as splitKey } from '../../src/tensor/key.ts';
import { all, holds, type LawSet, law, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';
import { right, sameJson, tensorOf } from './helpers.ts';

const proportions = fc
  .tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 45 }))
  .map(([v, t]) => ({ validation: v / 100, test: t / 100 }));
const parts = ['train', 'validation', 'test'] as const;

/** A fraction of a count rounded down or up; rounding of the fraction itself may carry a whole number across. */
const downOrUp = (size: number, quota: number): boolean =>
  size >= Math.floor(quota - 1e-9) && size <= Math.ceil(quota + 1e-9);

/** Fractions are told in units that f64 divides exactly, so that quotas and what is left of them are whole numbers. */
const UNITS = 16;

/** Labels of up to nine classes, many of one row, which is to train on, so that other parts fall far behind. */
const labelled: fc.Arbitrary<readonly number[]> = fc
  .array(fc.constantFrom(1, 1, 1, 2, 3, 4, 8, 16), { minLength: 1, maxLength: 9 })
  .map((sizes) => sizes.flatMap((size, c) => new Array<number>(size).fill(3 * c)))
  .chain((labels) => fc.shuffledSubarray(labels, { minLength: labels.length }));

/** The division of some groups of rows in shares of a whole of `UNITS`, as JSON. */
const transcribed =
  (shares: readonly number[], groups: ReadonlyArray<readonly number[]>) =>
  (key: Key): string => {
    const owed = [0, 0, 0];
    const divided: readonly number[][] = [[], [], []];
    const keys = splitKey(groups.length)(key);
    groups.forEach((group, g) => {
      const quotas = shares.map((share) => share * group.length);
      const sizes = quotas.map((quota) => Math.floor(quota / UNITS));
      for (let left = group.length - sizes.reduce((a, b) => a + b, 0); left > 0; left--) {
        // The part furthest behind what it is owed, of those that are not rounded up yet; a class’s first row is to train on.
        const behind = quotas.map((quota, p) => {
          const over = quota - UNITS * (sizes[p] ?? 0);
          return over <= 0 ? -Infinity : p === 0 && sizes[p] === 0 ? Infinity : (owed[p] ?? 0) + over;
        });
        const furthest = behind.indexOf(Math.max(...behind));
        sizes.splice(furthest, 1, (sizes[furthest] ?? 0) + 1);
      }
      quotas.forEach((quota, p) => {
        owed.splice(p, 1, (owed[p] ?? 0) + quota - UNITS * (sizes[p] ?? 0));
      });
      const order = permutation(group.length)(keys[g] ?? key).map((i) => group[i] ?? NaN);
      divided.forEach((part, p) => {
        part.push(...order.splice(0, sizes[p] ?? 0));
      });
    });
    const [train, validation, test] = divided.map((part) => part.sort((a, b) => a - b));
    const missing = parts.find((_, p) => divided[p]?.length === 0 && (p === 0 || (shares[p] ?? 0) > 0));
    const rows = groups.reduce((sum, group) => sum + group.length, 0);
    return JSON.stringify(
      missing === undefined
        ? E.right({ train, validation, test })
        : E.left(failure('shape', 'Split', `at least one row in the ${missing} part`, `${rows} rows in all`)),
    );
  };

const random = (validation: number, test: number) => Data.Split.random({ validation, test })(fromSeed(1));
const stratified = (validation: number, test: number) => Data.Split.stratified({ validation, test })(fromSeed(1));
const empty = (part: string, rows: number): string =>
  `Split: expected at least one row in the ${part} part, received ${rows} rows in all`;
const unfit = (received: string): string =>
  `Split: expected fractions of at least 0 that leave rows to train on, received ${received}`;
const label = (row: number, received: string): string =>
  `Split, row ${row}: expected a label that is a whole number from 0, received ${received}`;

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
  law(
    'split-transcribed',
    'the rows of a class in the order of its own key, cut where quotas are rounded up for the parts furthest behind',
    fc.record({
      validation: fc.nat(UNITS / 2 - 1),
      test: fc.nat(UNITS / 2 - 1),
      labels: labelled,
      seed: fc.nat(),
    }),
    ({ validation, test, labels, seed }) => {
      const shares = [UNITS - validation - test, validation, test];
      const proportions = { validation: validation / UNITS, test: test / UNITS };
      const rows = labels.map((_, row) => row);
      const classes = [...new Set(labels)].sort((a, b) => a - b).map((c) => rows.filter((row) => labels[row] === c));
      return all(
        same(
          transcribed(shares, [rows])(fromSeed(seed)),
          JSON.stringify(Data.Split.random(proportions)(fromSeed(seed))(rows.length)),
          'at random',
        ),
        same(
          transcribed(shares, classes)(fromSeed(seed)),
          JSON.stringify(Data.Split.stratified(proportions)(fromSeed(seed))(labels)),
          'stratified',
        ),
      );
    },
  ),
  saying('split-refusals', 'a part that would be empty, and fractions that leave nothing to train on, are failures', [
    [() => random(0, 0)(0), empty('train', 0)],
    [() => random(0, 0.5)(1), empty('test', 1)],
    [() => random(0.5, 0)(1), empty('validation', 1)],
    [() => random(0.01, 0)(10), empty('validation', 10)],
    [() => random(0, 0)(1), 'a result'],
    [() => random(-0.1, 0)(10), unfit('-0.1 and 0')],
    [() => random(0, -0.1)(10), unfit('0 and -0.1')],
    [() => random(0.5, 0.5)(10), unfit('0.5 and 0.5')],
    [() => random(0.5, 0.25)(10), 'a result'],
    [() => random(Number.NaN, 0)(10), unfit('NaN and 0')],
    [() => random(0, Number.NaN)(10), unfit('0 and NaN')],
    [() => stratified(1, 0)([0]), unfit('1 and 0')],
    [() => stratified(0, 0.5)([1, 2, 3]), empty('test', 3)],
    [() => stratified(0, 0.5)([]), empty('train', 0)],
    [() => stratified(0, 0.5)([0, 0.5, 1]), label(1, '0.5')],
    [() => stratified(0, 0.5)([0, 0, -1]), label(2, '-1')],
    [() => stratified(0, 0.5)([Number.NaN]), label(0, 'NaN')],
    [() => stratified(0, 0.5)([0, 2 ** 53]), label(1, '9007199254740992')],
  ]),
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
