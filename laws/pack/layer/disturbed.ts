/** Laws of layers that disturb each number by itself in training: the mean and the variance of what becomes of it. */
import type * as fc from 'fast-check';
import * as Key from '../../../src/tensor/key.ts';
import { size } from '../../../src/tensor/shape.ts';
import { generate, toRows } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import { all, type Law, law, type Verdict } from '../../law.ts';
import { type Bench, type LayerCase, onBench, runOf } from '../../layer/case.ts';
import { showSample } from './sample.ts';

/** The mean and the variance of a number's disturbed value. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

const DRAWS = 16384;

const meanOf = (x: readonly number[]): number => x.reduce((sum, a) => sum + a / x.length, 0);

/**
 * How far the mean of independent numbers may be from its expectation, but for a probability of 1e-9: by the empirical
 * Bernstein bound √(2v·ln(3/δ)/n) + 3r·ln(3/δ)/n of numbers of variance v in a range r (Audibert, Munos and Szepesvári
 * 2009). The range is that of the numbers seen.
 */
const stray = (x: readonly number[]): number => {
  const [mean, logarithm] = [meanOf(x), Math.log(3e9)];
  const variance = meanOf(x.map((a) => (a - mean) ** 2));
  const range =
    x.reduce((most, a) => Math.max(most, a), -Infinity) - x.reduce((least, a) => Math.min(least, a), Infinity);
  return Math.sqrt((2 * variance * logarithm) / x.length) + (3 * range * logarithm) / x.length;
};

const near = (expected: number, x: readonly number[], where: string): Verdict => {
  const received = meanOf(x);
  const tolerance = stray(x) + 1e-12 * (1 + Math.abs(expected));
  return Math.abs(received - expected) <= tolerance
    ? undefined
    : {
        expected: `${expected}`,
        received: `${received}`,
        where,
        tolerance: `${tolerance}: chance, in ${x.length} draws`,
      };
};

const ofEach =
  (moments: (x: number) => Moments) =>
  <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
    const example = size(bench.layer.input);
    const x = generate('f64', [DRAWS, ...bench.layer.input], (i) => bench.x.data[i % example] ?? NaN);
    const rows = toRows(runOf({ ...bench, x, training: true }).y);
    return all(
      ...Array.from({ length: example }, (_, j): Verdict => {
        const { mean, variance } = moments(bench.x.data[j] ?? NaN);
        const draws = rows.map((row) => row[j] ?? NaN);
        return all(
          near(mean, draws, `the mean of y[${j}], where x[${j}] is ${bench.x.data[j]}`),
          near(
            variance,
            draws.map((y) => (y - mean) ** 2),
            `the variance of y[${j}], where x[${j}] is ${bench.x.data[j]}`,
          ),
        );
      }),
    );
  };

const ofStandard = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const rows = Math.ceil((4 * DRAWS) / size(bench.layer.input));
  const x = Key.normal([rows, ...bench.layer.input], 'f64')(Key.foldIn(8)(bench.key));
  const y = Array.from(runOf({ ...bench, x, training: true }).y.data);
  return all(
    near(0, y, 'the mean of y'),
    near(
      1,
      y.map((a) => a * a),
      'the mean of y²',
    ),
  );
};

/** With another key than the numbers of the case are drawn from. */
const otherwise = (given: LayerCase): LayerCase => ({ ...given, key: Key.foldIn(9)(given.key) });

/** The law of layers of which is known what becomes of a number. */
export const momentsLaw = (cases: fc.Arbitrary<LayerCase>, moments: (x: number) => Moments): Law =>
  law(
    'mean and variance in training',
    `over ${DRAWS} draws, each number comes out with the mean and the variance that are said`,
    cases.map(otherwise),
    (given) => onBench(given, ofEach(moments)),
    { runs: 3, show: showSample, formula: 'E f(x), Var f(x) as said, element by element' },
  );

/** The law of layers that keep standard numbers standard. */
export const standardLaw = (cases: fc.Arbitrary<LayerCase>): Law =>
  law(
    'standard numbers stay standard',
    'in training, numbers of mean 0 and variance 1 come out with mean 0 and variance 1',
    cases.map(otherwise),
    (given) => onBench(given, ofStandard),
    { runs: 3, show: showSample, formula: 'x ~ N(0, 1) ⇒ E f(x) = 0, E f(x)² = 1' },
  );
