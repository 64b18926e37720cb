/** The laws of schemas and encodings. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Data from '../../src/data/index.ts';
import { show } from '../../src/tensor/failure.ts';
import { equals, toRows } from '../../src/tensor/tensor.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { right, sameJson } from './helpers.ts';
import { inference } from './inference.ts';

const colours = ['red', 'green', 'blue'];

/** Rows of a number, a colour, a number and a label, in which everything varies. */
const mixed = fc
  .array(
    fc.record({
      size: fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((x) => x + 0),
      colour: fc.constantFrom(...colours),
      age: fc.integer({ min: -5, max: 5 }),
      label: fc.constantFrom('yes', 'no', 'maybe'),
    }),
    { minLength: 2, maxLength: 10 },
  )
  .filter((rows) => new Set(rows.map(({ label }) => label)).size > 1 && new Set(rows.map(({ size }) => size)).size > 1);

type Mixed = typeof mixed extends fc.Arbitrary<infer A> ? A : never;
const names = ['size', 'colour', 'age', 'label'];
const cells = (rows: Mixed): ReadonlyArray<ReadonlyArray<string | number>> =>
  rows.map(({ size, colour, age, label }) => [size, colour, age, label]);

const fitted = (rows: Mixed, header: boolean) =>
  pipe(
    E.Do,
    E.bind('table', () => Data.Table.fromRows(header ? names : undefined)(cells(rows))),
    E.bind('schema', ({ table }) => Data.inferSchema({})(table)),
    E.bind('x', ({ table, schema }) => Data.encodeFeatures(schema)(table)),
    E.bind('y', ({ table, schema }) => Data.encodeTargets(schema)(table)),
    E.bind('scale', ({ x, schema }) => Data.standardise(Data.Schema.featureNames(schema))(x)),
    E.map((all) => {
      const encoding: Data.Encoding.Encoding = { schema: all.schema, features: all.scale.scaler, target: null };
      return { ...all, encoding };
    }),
  );

const encodings = [
  law(
    'features-and-targets',
    'numbers stay, a category becomes a 1 at its sorted place, a class its sorted index',
    mixed,
    (rows) => {
      const found = [...new Set(rows.map(({ colour }) => colour))].sort();
      const classes = [...new Set(rows.map(({ label }) => label))].sort();
      return right(fitted(rows, true), ({ x, y, schema }) =>
        all(
          sameJson(
            rows.map(({ size, colour, age }) => [size, ...found.map((c) => (c === colour ? 1 : 0)), age]),
            toRows(x),
            'features',
          ),
          sameJson({ kind: 'classes', labels: rows.map(({ label }) => classes.indexOf(label)), classes }, y, 'targets'),
          sameJson(['size', ...found.map((c) => `colour=${c}`), 'age'], Data.Schema.featureNames(schema), 'names'),
        ),
      );
    },
  ),
  law(
    'later-tables',
    'by name: columns in another order encode alike; by position: a table without its target encodes alike',
    mixed,
    (rows) =>
      all(
        right(fitted(rows, true), ({ x, encoding, schema }) => {
          const later = rows.map(({ size, colour, age, label }) => [label, age, 'new', colour, size]);
          return right(pipe(later, Data.Table.fromRows(['label', 'age', 'note', 'colour', 'size'])), (table) =>
            all(
              right(Data.encodeFeatures(schema)(table), (again) => same(true, equals(x, again), 'by name')),
              right(pipe(Data.encodeFeatures(schema)(table), E.chain(Data.Scaler.apply(encoding.features))), (scaled) =>
                right(Data.Encoding.encode(encoding)(table), (z) => same(true, equals(scaled, z), 'scaled')),
              ),
            ),
          );
        }),
        right(fitted(rows, false), ({ x, schema }) =>
          right(
            pipe(
              cells(rows).map((row) => row.slice(0, 3)),
              Data.Table.fromRows(undefined),
            ),
            (table) =>
              all(
                right(Data.encodeFeatures(schema)(table), (again) => same(true, equals(x, again), 'by position')),
                same(false, Data.hasTarget(schema)(table), 'no target'),
              ),
          ),
        ),
      ),
  ),
  law('encoding-codec', 'an encoding comes back from JSON, and a field too many, anywhere, is refused', mixed, (rows) =>
    right(fitted(rows, true), ({ encoding }) => {
      const text = JSON.stringify(encoding);
      const spoil = (json: unknown): readonly unknown[] =>
        typeof json !== 'object' || json === null
          ? []
          : Array.isArray(json)
            ? json.flatMap((item, i) => spoil(item).map((bad) => json.with(i, bad)))
            : [
                { ...json, extra: 1 },
                ...Object.entries(json).flatMap(([key, item]) => spoil(item).map((bad) => ({ ...json, [key]: bad }))),
              ];
      return all(
        right(Data.Encoding.decode(JSON.parse(text)), (again) => sameJson(encoding, again, 'round trip')),
        ...spoil(JSON.parse(text)).map((bad) =>
          holds(E.isLeft(Data.Encoding.decode(bad)), 'a refusal', JSON.stringify(bad)),
        ),
      );
    }),
  ),
  law('unknown-category', 'a category that was not there is refused, and its line named', mixed, (rows) =>
    right(fitted(rows, true), ({ schema }) =>
      right(Data.Table.fromRows(names)([...cells(rows), [1, 'mauve', 2, 'yes']]), (table) => {
        const result = Data.encodeFeatures(schema)(table);
        return E.isRight(result)
          ? holds(false, 'a failure', 'features')
          : holds(show(result.left).includes(`line ${rows.length + 1}, column 2`), 'the line', show(result.left));
      }),
    ),
  ),
  lawOf<readonly [string, readonly (string | number)[], Data.Schema.Task]>(
    'task',
    'text, two whole numbers, or at most 20 that occur twice on average are classes; other numbers are values',
    [
      ['text', ['x', 'y', 'z'], 'classification'],
      ['two', [0, 1], 'classification'],
      ['written as decimals', ['0.0', '1.0', '1'], 'classification'],
      ['negative', [-1, 1, 1], 'classification'],
      ['three twice', [1, 2, 3, 1, 2, 3], 'classification'],
      ['three, too few rows', [1, 2, 3, 1, 2], 'regression'],
      ['a fraction', [0, 1, 0.5, 0, 1, 0, 1], 'regression'],
      ['20 classes', Array.from({ length: 40 }, (_, i) => i % 20), 'classification'],
      ['21 numbers', Array.from({ length: 210 }, (_, i) => i % 21), 'regression'],
    ],
    ([, target, task]) =>
      right(
        pipe(
          target.map((y, i) => [i, y]),
          Data.Table.fromRows(undefined),
          E.chain(Data.inferSchema({})),
        ),
        (schema) => same(task, Data.Schema.task(schema)),
      ),
  ),
  lawOf('numeric-classes', 'numeric classes sort as numbers, and 1.0 is 1', [0], () =>
    right(
      pipe(
        E.Do,
        E.bind('table', () =>
          Data.Table.fromRows(undefined)(['10', '9', '1.0', '1', '9.0', '+10'].map((y, i) => [i, y])),
        ),
        E.bind('schema', ({ table }) => Data.inferSchema({})(table)),
        E.chain(({ table, schema }) => Data.encodeTargets(schema)(table)),
      ),
      (y) => sameJson({ kind: 'classes', labels: [2, 1, 0, 0, 1, 2], classes: ['1', '9', '10'] }, y, 'targets'),
    ),
  ),
  lawOf('chosen-columns', 'columns are forced to be categories, or left out, by name or position', [0], () =>
    right(
      pipe(
        Data.Table.fromRows(['id', 'code', 'y'])([
          ['a', 7, 1],
          ['b', 8, 2],
        ]),
        E.chain(Data.inferSchema({ ignore: ['id'], categorical: [2], target: '-1' })),
      ),
      (schema) => sameJson(['code=7', 'code=8'], Data.Schema.featureNames(schema), 'names'),
    ),
  ),
];

/** The laws of schemas and encodings. */
export const encodingLaws: LawSet = lawSet('encodings', [...encodings, inference]);
