/** The laws of schemas, encodings, scalers, splits, one-hot rows and batches. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Data from '../../src/data/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { fromSeed, split as splitKey } from '../../src/tensor/key.ts';
import { equals, generate, type Tensor, toRows } from '../../src/tensor/tensor.ts';
import { predictedClasses } from '../../src/train/metrics/index.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

const u = 2 ** -53;

/** Goes on with what an Either holds; a failure is a disagreement. */
const right = <A>(result: E.Either<Failure, A>, then: (value: A) => Verdict): Verdict =>
  E.isRight(result) ? then(result.right) : holds(false, 'a value', show(result.left));
const sameJson = (expected: unknown, received: unknown, where: string): Verdict =>
  same(JSON.stringify(expected), JSON.stringify(received), where);

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

/** Columns of very different sizes, some of them constant. */
const table2d = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom(0, 1e-300, 1e-3, 1, 1e150),
          fc.constantFrom(0, 1, -1e6, 1e16),
          fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: height, maxLength: height }),
        ),
        { minLength: width, maxLength: width },
      )
      .map((columns) => columns.map(([scale, shift, values]) => values.map((x) => x * scale + shift))),
  );
const tensorOf = (columns: ReadonlyArray<readonly number[]>): Tensor =>
  generate('f64', [columns[0]?.length ?? 0, columns.length], (i) => {
    const width = columns.length;
    return columns[i % width]?.[Math.floor(i / width)] ?? Number.NaN;
  });
const constant = (values: readonly number[]): boolean => values.every((x) => x === values[0]);

const scalings = [
  law('scaling-inverts', 'invert undoes apply within rounding; a constant gets its value back', table2d, (columns) => {
    const x = tensorOf(columns);
    return all(
      ...[Data.standardise(), Data.minMax(), Data.minMax(undefined, { low: -1, high: 1 })].map((fit) =>
        right(fit(x), ({ scaler }) =>
          right(pipe(x, Data.Scaler.apply(scaler), E.chain(Data.Scaler.invert(scaler))), (back) =>
            all(
              ...columns.flatMap((values, j) =>
                values.map((value, i) => {
                  const { shift = 0, scale = 0 } = scaler.features[j] ?? {};
                  // With z = (x − s)/c: a difference, a quotient and on the way back a product and a sum, each within u
                  // of its result, the first three of size |x − s|, the last |x|; min–max adds two operations each way
                  // on numbers of size at most 2 in units of c. Where they are subnormal, half of 2^-1074 an operation.
                  const tolerance =
                    scale === 0
                      ? 0
                      : 1.001 *
                          u *
                          (3 * Math.abs(value - shift) + Math.abs(value) + (scaler.kind === 'minMax' ? 8 * scale : 0)) +
                        4 * 2 ** -1074 * Math.max(1, scale);
                  const received = back.data[i * columns.length + j] ?? Number.NaN;
                  return Math.abs(received - value) <= tolerance
                    ? undefined
                    : {
                        expected: `${value}`,
                        received: `${received}`,
                        where: `${scaler.kind} ${i},${j}`,
                        tolerance: `${tolerance}`,
                      };
                }),
              ),
            ),
          ),
        ),
      ),
    );
  }),
  law('scaled-range', 'min–max takes the least value to low and the greatest to high, exactly', table2d, (columns) => {
    const x = tensorOf(columns);
    return all(
      ...[
        { low: 0, high: 1 },
        { low: -1, high: 1 },
      ].map((range) =>
        right(
          pipe(
            Data.minMax(undefined, range)(x),
            E.chain(({ scaler }) => Data.Scaler.apply(scaler)(x)),
          ),
          (y) =>
            all(
              ...columns.map((values, j) => {
                const scaled = values.map((_, i) => (y.data[i * columns.length + j] ?? Number.NaN) + 0);
                return constant(values)
                  ? same(
                      true,
                      scaled.every((z) => z === 0),
                      `column ${j}`,
                    )
                  : sameJson([range.low, range.high], [Math.min(...scaled), Math.max(...scaled)], `column ${j}`);
              }),
            ),
        ),
      ),
    );
  }),
  law(
    'standardised-moments',
    'mean 0 and standard deviation 1',
    fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }).filter((v) => !constant(v)),
    (values) => {
      const x = tensorOf([values]);
      const n = values.length;
      return right(
        pipe(
          Data.standardise()(x),
          E.chain(({ scaler }) => Data.Scaler.apply(scaler)(x)),
        ),
        ({ data }) => {
          const z = Array.from(data);
          const mean = z.reduce((a, b) => a + b, 0) / n;
          const variance = z.reduce((a, b) => a + b * b, 0) / n;
          // The mean and deviation are sums of n numbers in [0, 1], off by at most (n + 4)·u of the range; the range is at
          // most n deviations (n/2·spread² ≥ range²/4, for n ≤ 30 within n), so z is off by (n + 6)·n·u and its own sum by
          // n·u·max|z| ≤ n²·u.
          const tolerance = 4 * n * (n + 6) * u;
          return all(
            holds(Math.abs(mean) <= tolerance, `a mean within ${tolerance} of 0`, `${mean}`),
            holds(Math.abs(variance - 1) <= 4 * tolerance, `a variance within ${4 * tolerance} of 1`, `${variance}`),
          );
        },
      );
    },
  ),
  law('constant-features', 'exactly the features that do not vary are named, and scale to 0', table2d, (columns) => {
    const x = tensorOf(columns);
    const called = columns.map((_, j) => `f${j}`);
    return all(
      ...[Data.standardise(called), Data.minMax(called)].map((fit) =>
        right(fit(x), ({ scaler, warnings }) =>
          all(
            sameJson(
              columns.flatMap((values, j) => (constant(values) ? [{ feature: `f${j}`, reason: 'constant' }] : [])),
              warnings,
              'warnings',
            ),
            right(Data.Scaler.apply(scaler)(generate('f64', [1, columns.length], () => 123)), (row) =>
              all(...columns.map((values, j) => (constant(values) ? same(0, row.data[j]) : undefined))),
            ),
          ),
        ),
      ),
    );
  }),
  law(
    'fitted-on-training-rows',
    'the rows that are not for training change no scaler, and those for training do',
    fc.tuple(fc.array(fc.integer(), { minLength: 10, maxLength: 20 }), fc.nat()),
    ([values, seed]) =>
      right(Data.Split.random({ validation: 0.2, test: 0.2 })(fromSeed(seed))(values.length), (split) => {
        const fit = (column: readonly number[]) => Data.standardise()(Data.Parts.take(split)(tensorOf([column])).train);
        const [first = 0] = split.train;
        return all(
          sameJson(fit(values), fit(values.map((x, i) => (split.train.includes(i) ? x : x * 3 + 1))), 'other rows'),
          holds(
            JSON.stringify(fit(values)) !== JSON.stringify(fit(values.map((x, i) => (i === first ? x + 2 ** 33 : x)))),
            'another scaler',
            'the same',
          ),
        );
      }),
  ),
  law('scaler-codec', 'a scaler comes back from JSON to the bit, and unknown fields are refused', table2d, (columns) =>
    all(
      ...[Data.standardise(), Data.minMax()].map((fit) =>
        right(fit(tensorOf(columns)), ({ scaler }) =>
          all(
            right(Data.Scaler.decode(JSON.parse(JSON.stringify(scaler))), (again) =>
              all(
                ...scaler.features.flatMap((f, j) => [
                  same(f.shift, again.features[j]?.shift),
                  same(f.scale, again.features[j]?.scale),
                ]),
                sameJson(scaler, again, 'the rest'),
              ),
            ),
            holds(E.isLeft(Data.Scaler.decode({ ...scaler, more: 1 })), 'a refusal', 'a scaler'),
            holds(E.isLeft(Data.Scaler.decode({ ...scaler, kind: 'other' })), 'a refusal', 'a scaler'),
          ),
        ),
      ),
    ),
  ),
];

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
  law(
    'split-uniform',
    'every row is as likely as another to be tested on',
    fc.nat(),
    (seed) => {
      const rows = 10;
      const keys = 4000;
      const counts = new Array<number>(rows).fill(0);
      for (const key of splitKey(keys)(fromSeed(seed))) {
        const split = Data.Split.random({ validation: 0.2, test: 0.3 })(key)(rows);
        if (E.isRight(split)) for (const row of split.right.test) counts[row] = (counts[row] ?? 0) + 1;
      }
      // Hoeffding: a row's share leaves 0.3 ± t with probability 2·exp(−2·keys·t²); t = 0.065 makes that 4e-15, 8e-13
      // over 10 rows and 20 runs. A row favoured by 0.13 is missed as rarely.
      return all(
        ...counts.map((n, row) =>
          holds(Math.abs(n / keys - 0.3) <= 0.065, '0.3 ± 0.065', `${n / keys} for row ${row}`),
        ),
      );
    },
    { runs: 1 },
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

/** The laws of tables on their way to a network. */
export const tableLaws: LawSet = lawSet('tables', [...encodings, ...scalings, ...splits, ...others]);
