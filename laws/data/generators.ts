/** The laws of the small generators: gates, spirals and Franke's function. */
import * as fc from 'fast-check';
import * as Data from '../../src/data/index.ts';
import { fromSeed, normal, split, uniform } from '../../src/tensor/key.ts';
import { generate, toArray, toRows } from '../../src/tensor/tensor.ts';
import type { Examples } from '../../src/train/examples.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, sameTensor, type Verdict } from '../law.ts';

const u = 2 ** -53;

const meaning: Readonly<Record<Data.Gate, (a: boolean, b: boolean) => boolean>> = {
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  xor: (a, b) => a !== b,
  nand: (a, b) => !(a && b),
  nor: (a, b) => !(a || b),
  xnor: (a, b) => a === b,
};

/** Franke's function in the host's own arithmetic. */
const franke = (x: number, y: number): number =>
  0.75 * Math.exp(-((9 * x - 2) ** 2) / 4 - (9 * y - 2) ** 2 / 4) +
  0.75 * Math.exp(-((9 * x + 1) ** 2) / 49 - (9 * y + 1) / 10) +
  0.5 * Math.exp(-((9 * x - 7) ** 2) / 4 - (9 * y - 3) ** 2 / 4) -
  0.2 * Math.exp(-((9 * x - 4) ** 2) - (9 * y - 7) ** 2);

// An exponent w is a sum of squares of numbers in [−8, 10], off by at most 12u·(|w| + 20); exp(−w) then by that much of
// itself, and w·exp(−w) ≤ 1/e, so by 12u·21, and 4u for the two exponentials. Four hills of height ≤ ¾, twice over.
const FRANKE_TOLERANCE = 2 * 4 * 0.75 * (12 * 21 + 4) * u;

/** Standard normal numbers: their mean and mean square. For n of them both tails of the mean square are within
 * 2√(t/n) + 2t/n of 1 but for 2e^−t (Laurent and Massart 2000), those of the mean within √(2t/n) but for 2e^−t. */
const looksNormal = (values: readonly number[], where: string): Verdict => {
  const n = values.length;
  const t = 31;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const square = values.reduce((a, b) => a + b * b, 0) / n;
  return all(
    holds(Math.abs(mean) <= Math.sqrt((2 * t) / n), `a mean of 0 ± ${Math.sqrt((2 * t) / n)}`, `${mean}, ${where}`),
    holds(
      Math.abs(square - 1) <= 2 * Math.sqrt(t / n) + (2 * t) / n,
      `a mean square of 1 ± ${2 * Math.sqrt(t / n) + (2 * t) / n}`,
      `${square}, ${where}`,
    ),
  );
};

const sameExamples = (a: Examples, b: Examples): Verdict =>
  all(sameTensor(a.inputs, b.inputs, 'inputs'), sameTensor(a.targets, b.targets, 'targets'));
const formatsOf = ({ inputs, targets }: Examples): string => `${inputs.dtype},${targets.dtype}`;

/** The laws of generators. */
export const generatorLaws: LawSet = lawSet('generators', [
  lawOf('gates', 'each gate answers its Boolean formula on all four inputs', Data.gates, (name) => {
    const { inputs: x, targets: y } = Data.gate(name);
    return all(
      same('0,0,0,1,1,0,1,1', toArray(x).join(), 'inputs'),
      ...toRows(x).map(([a, b], row) => same(meaning[name](a === 1, b === 1) ? 1 : 0, y.data[row], `row ${row}`)),
      same('4,1', y.shape.join(), 'shape'),
    );
  }),
  law(
    'franke',
    'the four hills, in the host’s arithmetic',
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    ([x, y]) =>
      holds(
        Math.abs(Data.franke(x, y) - franke(x, y)) <= FRANKE_TOLERANCE,
        `${franke(x, y)} ± ${FRANKE_TOLERANCE}`,
        `${Data.franke(x, y)}`,
      ),
  ),
  lawOf(
    'franke-known',
    'values computed with another program',
    [
      [0, 0, 0.7664205912849231],
      [0.2, 0.2, 1.2185807041679817],
      [0.5, 0.5, 0.3257620892806842],
      [0.25, 0.75, 0.2724132516081212],
      [1, 1, 0.03586959238610449],
    ] as const,
    ([x, y, value]) =>
      holds(
        Math.abs(Data.franke(x, y) - value) <= FRANKE_TOLERANCE,
        `${value} ± ${FRANKE_TOLERANCE}`,
        `${Data.franke(x, y)}`,
      ),
  ),
  law(
    'franke-grid',
    'the grid spans the square, its heights are the function’s',
    fc.integer({ min: 2, max: 6 }),
    (n) => {
      const { inputs: x, targets: y } = Data.frankeGrid(n, 'f64');
      return all(
        ...toRows(x).flatMap(([a = -1, b = -1], row) => [
          same(Math.floor(row / n) / (n - 1), a, `x of ${row}`),
          same((row % n) / (n - 1), b, `y of ${row}`),
          holds(Math.abs(franke(a, b) - (y.data[row] ?? 9)) <= FRANKE_TOLERANCE, `${franke(a, b)}`, `${y.data[row]}`),
        ]),
        same(n * n, y.data.length),
      );
    },
    { runs: 5 },
  ),
  law(
    'franke-noise',
    'what is added to the function is Gaussian with the deviation asked for',
    fc.nat(),
    (seed) => {
      const { inputs: x, targets: y } = Data.frankePoints({ rows: 2000, noise: 0.25, dtype: 'f64' })(fromSeed(seed));
      const again = Data.frankePoints({ rows: 2000, noise: 0.25, dtype: 'f64' })(fromSeed(seed));
      return all(
        same(toArray(y).join(), toArray(again.targets).join(), 'the same key'),
        holds(
          toArray(x).every((c) => c >= 0 && c < 1),
          'points of the square',
          'others',
        ),
        looksNormal(
          toRows(x).map(([a = 9, b = 9], row) => ((y.data[row] ?? 9) - franke(a, b)) / 0.25),
          'noise',
        ),
      );
    },
    { runs: 1 },
  ),
  law(
    'franke-points',
    'points and noise are the draws of the key’s two halves, heights the function at the points plus the noise, rounded once',
    fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      noise: fc.constantFrom(0, 0.5, 1, 3),
      dtype: dtypes,
      seed: fc.nat(),
    }),
    ({ rows, noise, dtype, seed }) => {
      const { inputs: x, targets: y } = Data.frankePoints({ rows, noise, dtype })(fromSeed(seed));
      const [where = fromSeed(0), error = fromSeed(0)] = split(2)(fromSeed(seed));
      const draws = normal([rows], 'f64')(error).data;
      const heights = generate(
        dtype,
        [rows, 1],
        (row) => Data.franke(x.data[2 * row] ?? 9, x.data[2 * row + 1] ?? 9) + noise * (draws[row] ?? 9),
      );
      return all(
        sameTensor(uniform([rows, 2], dtype)(where), x, 'points'),
        sameTensor(heights, y, 'heights'),
        sameExamples(
          Data.frankePoints({ rows, noise: 0, dtype: 'f32' })(fromSeed(seed)),
          Data.frankePoints({ rows })(fromSeed(seed)),
        ),
      );
    },
    { runs: 30 },
  ),
  lawOf('formats', 'unless told numbers are of f32; told, of that', ['f32', 'f64'] as const, (dtype) =>
    all(
      sameExamples(Data.frankeGrid(3, 'f32'), Data.frankeGrid(3)),
      same(`${dtype},${dtype}`, formatsOf(Data.frankeGrid(3, dtype))),
      ...Data.gates.flatMap((gate) => [
        sameExamples(Data.gate(gate, 'f32'), Data.gate(gate)),
        same(`${dtype},${dtype}`, formatsOf(Data.gate(gate, dtype))),
      ]),
      sameExamples(
        Data.spirals({ perClass: 3, noise: 0, turns: 1.5, dtype: 'f32' })(fromSeed(1)),
        Data.spirals({ perClass: 3 })(fromSeed(1)),
      ),
      same(`${dtype},${dtype}`, formatsOf(Data.spirals({ perClass: 3, dtype })(fromSeed(1)))),
    ),
  ),
  lawOf('gate names', 'all six gates are named, in the order of the page', [Data.gates], (names) =>
    same('and,or,xor,nand,nor,xnor', names.join()),
  ),
  law(
    'spirals-draws',
    'radii are roots of the draws of the key’s first half, and the noise is that of the second times its deviation',
    fc.record({ perClass: fc.integer({ min: 1, max: 9 }), noise: fc.constantFrom(0.1, 1, 2), seed: fc.nat() }),
    ({ perClass, noise, seed }) => {
      const [along = fromSeed(0), around = fromSeed(0)] = split(2)(fromSeed(seed));
      const places = uniform([2 * perClass], 'f64')(along).data;
      const draws = normal([2 * perClass, 2], 'f64')(around).data;
      const exact = Data.spirals({ perClass, dtype: 'f64' })(fromSeed(seed)).inputs;
      const noisy = Data.spirals({ perClass, noise, dtype: 'f64' })(fromSeed(seed)).inputs;
      return all(
        ...toRows(exact).map(([a = 9, b = 9], row) =>
          // A root, a product by a sine or cosine, and two squares and a sum: 12u of a number of at most 1.
          holds(Math.abs(a * a + b * b - (places[row] ?? 9)) <= 16 * u, `${places[row]}`, `${a * a + b * b}`),
        ),
        sameTensor(
          generate('f64', exact.shape, (i) => (exact.data[i] ?? 9) + noise * (draws[i] ?? 9)),
          noisy,
          'noisy points',
        ),
      );
    },
    { runs: 30 },
  ),
  law(
    'spirals',
    'every point of class c is on its spiral: at radius r the angle is 2π·turns·r + πc',
    fc.tuple(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.5, max: 3, noNaN: true }), fc.nat()),
    ([perClass, turns, seed]) => {
      const { inputs: x, targets: y } = Data.spirals({ perClass, turns, dtype: 'f64' })(fromSeed(seed));
      return all(
        same(2 * perClass, y.data.length),
        ...toRows(x).flatMap(([a = 9, b = 9], row) => {
          const radius = Math.hypot(a, b);
          const angle = 2 * Math.PI * turns * radius + (row % 2) * Math.PI;
          // The radius is got back within 4u of itself, so the angle (at most 22) within 100u, as are sine and cosine.
          const off = Math.hypot(a - radius * Math.cos(angle), b - radius * Math.sin(angle));
          return [
            same(row % 2, y.data[row], `class of ${row}`),
            holds(radius < 1 + 4 * u, 'a radius below 1', `${radius}`),
            holds(off <= 200 * u, 'a point of the spiral, within 200u', `${off} off`),
          ];
        }),
      );
    },
  ),
  law(
    'spirals-noise',
    'noise is Gaussian in each coordinate, and the area is filled evenly',
    fc.nat(),
    (seed) => {
      const exact = Data.spirals({ perClass: 1000, dtype: 'f64' })(fromSeed(seed));
      const noisy = Data.spirals({ perClass: 1000, noise: 0.1, dtype: 'f64' })(fromSeed(seed));
      const differences = toArray(noisy.inputs).map((c, i) => (c - (exact.inputs.data[i] ?? 9)) / 0.1);
      const inner = toRows(exact.inputs).filter(([a = 9, b = 9]) => a * a + b * b < 0.25).length / 2000;
      return all(
        looksNormal(differences, 'noise'),
        // r² is uniform, so a quarter lies within r = ½; Hoeffding: 2·exp(−2·2000·0.09²) = 2e-14.
        holds(Math.abs(inner - 0.25) <= 0.09, '¼ ± 0.09', `${inner}`),
      );
    },
    { runs: 1 },
  ),
]);
