/** What three networks leave of a curve: one that misses its bend, one whose rows are noisier to the right, and one with no fault. */
import { pipe } from 'fp-ts/lib/function.js';
import { Interval, Key, Metric, Tensor } from 'nabla-ts';
import { keysOf, learn, mean, own, type Rows, sure, told } from './common.ts';

const ROWS = 300;

interface Case {
  readonly name: string;
  /** Hidden units; none is a straight line. */
  readonly width: number;
  /** The deviation of the noise at a place. */
  readonly noise: (x: number) => number;
}

const constant = (): number => 0.2;

const cases: readonly Case[] = [
  { name: 'a straight line', width: 0, noise: constant },
  { name: 'a noise that grows', width: 16, noise: (x) => 0.02 + 0.16 * (x + 1) },
  { name: 'neither', width: 16, noise: constant },
];

/** Places in [−1, 1], and (x + 1)²/2 there with noise. */
const parabola =
  ({ noise }: Case) =>
  (key: Key.Key): Rows => {
    const draws = Key.uniform([ROWS], 'f64')(own(key, 0)).data;
    const errors = Key.normal([ROWS], 'f64')(own(key, 1)).data;
    const inputs = Tensor.generate('f32', [ROWS, 1], (i) => 2 * (draws[i] ?? 0) - 1);
    const targets = Tensor.toArray(inputs).map((x, i) => (x + 1) ** 2 / 2 + noise(x) * (errors[i] ?? 0));
    return { inputs, targets };
  };

/** What the network of a case leaves of rows that it has not seen. */
const leftBy = (one: Case, key: Key.Key): readonly Metric.Residual[] => {
  const [rows, others] = [parabola(one)(own(key, 0)), parabola(one)(own(key, 1))];
  const said = learn({ kind: 'numbers', width: one.width, epochs: 300 })(own(key, 2))(rows)(others.inputs);
  const column = (values: readonly number[]): Tensor.Tensor =>
    Tensor.generate('f64', [ROWS, 1], (i) => values[i] ?? Number.NaN);
  return sure(pipe(column(said), Metric.residuals(column(others.targets))));
};

/** The residuals of a case, a list for each seed. */
export interface Left {
  readonly name: string;
  readonly residuals: ReadonlyArray<readonly Metric.Residual[]>;
}

export const left = (seeds: number): readonly Left[] =>
  cases.map((one) => ({ name: one.name, residuals: keysOf(19, seeds).map((key) => leftBy(one, key)) }));

/** The residuals of the rows with the lowest predictions, of those between, and of those with the highest. */
export const thirds = (of: readonly Metric.Residual[]): ReadonlyArray<readonly number[]> => {
  const sorted = of.toSorted((a, b) => a.prediction - b.prediction).map(({ residual }) => residual);
  const third = Math.floor(sorted.length / 3);
  return [sorted.slice(0, third), sorted.slice(third, -third), sorted.slice(-third)];
};

/** A number of each third, in the mean over seeds with its interval. */
const ofThirds = ({ residuals }: Left, number: (residuals: readonly number[]) => number): readonly string[] =>
  [0, 1, 2].map((part) => told(residuals.map((of) => number(thirds(of)[part] ?? []))));

export const residualTable = (found: readonly Left[]): string =>
  [
    '| case | mean square error | of the residuals | lowest third of predictions | middle third | highest third |',
    '|---|---|---|---|---|---|',
    ...found.flatMap((one) => {
      const error = told(one.residuals.map((of) => mean(of.map(({ residual }) => residual * residual))));
      return [
        `| ${[one.name, error, 'mean', ...ofThirds(one, mean)].join(' | ')} |`,
        `| | | deviation | ${ofThirds(one, (of) => sure(Interval.moments(of)).deviation).join(' | ')} |`,
      ];
    }),
  ].join('\n');
