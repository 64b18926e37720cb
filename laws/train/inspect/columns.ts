/** What is said of the columns of the inputs. */
import * as fc from 'fast-check';
import { evaluate } from '../../../src/scalar/evaluate.ts';
import { exp, input } from '../../../src/scalar/expr.ts';
import { foldIn, fromSeed, normal, permutation } from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawSet, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { get } from '../scenario.ts';
import { seeds, sum } from './sample.ts';

const drawn = fc.record({
  seed: seeds,
  values: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 14 }),
  width: fc.integer({ min: 1, max: 3 }),
});

const targetsOf = (rows: number, width: number, seed: number): Tensor => normal([rows, width], 'f64')(fromSeed(seed));

const column = (values: readonly number[]): Tensor =>
  generate('f64', [values.length, 1], (i) => values[i] ?? Number.NaN);

const mean = (xs: readonly number[]): number => sum(xs) / xs.length;

type Target = (row: number) => number;

/** What neighbours tell, row by row: the other rows of the same value, or the rows of the nearest values on either side. */
const told = (values: readonly number[], width: number, at: (k: number) => Target): number => {
  const rows = values.map((_, i) => i);
  const total = (f: (row: number, target: Target) => number): number =>
    sum(Array.from({ length: width }, (_, k) => sum(rows.map((row) => f(row, at(k)) ** 2))));
  const unexplained = total((row, target) => {
    const own = values[row] ?? Number.NaN;
    const alike = rows.filter((other) => other !== row && values[other] === own);
    if (alike.length > 0) return target(row) - mean(alike.map(target));
    const below = Math.max(...values.filter((v) => v < own));
    const above = Math.min(...values.filter((v) => v > own));
    const beside = [below, above].filter(Number.isFinite);
    return target(row) - mean(beside.map((v) => mean(rows.filter((other) => values[other] === v).map(target))));
  });
  return 1 - unexplained / total((row, target) => target(row) - mean(rows.map(target)));
};

/** The definition: of the targets, or of how many of them are less, half of the equal ones counted. */
const determinationOf = (values: readonly number[], targets: Tensor, width: number): number => {
  const at = (k: number) => (row: number) => targets.data[row * width + k] ?? Number.NaN;
  const ranked = (k: number) => (row: number) =>
    sum(values.map((_, other) => (1 + Math.sign(at(k)(row) - at(k)(other))) / 2));
  return Math.max(told(values, width, at), told(values, width, ranked));
};

const byDefinition: Law = law(
  'by definition',
  'a column’s range and determination are those of the definition, row by row; targets moved by a constant, and columns ' +
    'put through a rising function, leave the determination alone',
  drawn,
  ({ seed, values, width }) => {
    const targets = targetsOf(values.length, width, seed);
    const moved = generate('f64', targets.shape, (i) => (targets.data[i] ?? Number.NaN) + 1000);
    const rising = evaluate('f64')(exp(input('x')));
    const risen = values.map((value) => rising({ x: value }));
    const expected = determinationOf(values, targets, width);
    const [one] = get(Inspect.columns({ inputs: column(values), targets }));
    const [two] = get(Inspect.columns({ inputs: column(risen), targets: moved }));
    // Fewer than 2⁶ terms, of a part in 2⁵³ each, over a variation that may be small beside them.
    const near = (received: number | undefined, part: number, where: string) =>
      holds(
        Math.abs((received ?? Number.NaN) - expected) <= part * (1 + Math.abs(expected)),
        `${expected}`,
        `${received}`,
        where,
      );
    return all(
      same(0, one?.column),
      same(Math.min(...values), one?.least, 'least'),
      same(Math.max(...values), one?.greatest, 'greatest'),
      near(one?.determination, 1e-9, 'determination'),
      near(two?.determination, 1e-6, 'determination of the risen column'),
    );
  },
);

const known: Law = law(
  'what knows the targets',
  'a column that is their class, in any order of classes, determines them wholly; one that is equal in all rows less than ' +
    'not at all; equal targets are determined by nothing; every column stands where it was',
  fc.record({
    seed: seeds,
    classes: fc.integer({ min: 2, max: 5 }),
    constant: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  ({ seed, classes, constant }) => {
    const rows = 8 * classes;
    const names = permutation(classes)(foldIn(1)(fromSeed(seed)));
    const label = (row: number): number => row % classes;
    const noise = normal([rows], 'f64')(fromSeed(seed));
    const inputs = generate('f64', [rows, 3], (i) => {
      const row = Math.floor(i / 3);
      return [noise.data[row], names[label(row)], constant][i % 3] ?? Number.NaN;
    });
    const oneHot = generate('f64', [rows, classes], (i) => (label(Math.floor(i / classes)) === i % classes ? 1 : 0));
    const [some, copy, still] = get(Inspect.columns({ inputs, targets: oneHot }));
    const level = get(Inspect.columns({ inputs, targets: generate('f64', [rows, 1], () => 0.1) }));
    const n = rows / (rows - 1);
    return all(
      same(1, copy?.determination, 'the copy'),
      // Each is predicted by the mean of the others, which is n/(n − 1) times as far from it as the mean of all.
      holds(
        Math.abs((still?.determination ?? 0) - (1 - n * n)) < 1e-12,
        `${1 - n * n}`,
        `${still?.determination}`,
        'the constant',
      ),
      same(constant, still?.least),
      same(constant, still?.greatest),
      holds((some?.determination ?? 1) < 0.9, 'less', `${some?.determination}`, 'noise'),
      ...level.map(({ determination }, i) => same(0, determination, `equal targets, column ${i}`)),
    );
  },
  { runs: 40 },
);

const sized: Law = law(
  'targets of any size',
  'targets of 2ᵏ times the size are determined by a column as those are, to the bit',
  fc.tuple(drawn, fc.integer({ min: -200, max: 200 })),
  ([{ seed, values, width }, k]) => {
    const targets = targetsOf(values.length, width, seed);
    const larger = generate('f64', targets.shape, (i) => 2 ** k * (targets.data[i] ?? Number.NaN));
    const [one, other] = [targets, larger].map((each) =>
      get(Inspect.columns({ inputs: column(values), targets: each })),
    );
    return same(one?.[0]?.determination, other?.[0]?.determination);
  },
  { runs: 40 },
);

const flat = generate('f64', [2, 1], () => 0);

const refused: Law = saying('columns of what', 'examples that training would refuse are refused, and say why', [
  [
    () => Inspect.columns({ inputs: generate('f64', [0, 2], () => 0), targets: generate('f64', [0, 1], () => 0) }),
    'examples.inputs: expected at least 1 row, received 0 rows',
  ],
  [
    () => Inspect.columns({ inputs: generate('f64', [], () => 0), targets: flat }),
    'examples.inputs: expected shape [rows], received []',
  ],
  [
    () => Inspect.columns({ inputs: generate('f64', [2, 2], (i) => i / 0), targets: flat }),
    'examples.inputs, row 0, column 0: expected a finite number, received NaN',
  ],
  [
    () => Inspect.columns({ inputs: generate('f64', [3, 2], (i) => i), targets: flat }),
    'examples.targets: expected 3 rows, one for each of the inputs, received [2,1]',
  ],
]);

export const columnLaws = lawSet('columns', [byDefinition, known, sized, refused]);
