/** What is to be seen in a network, in loops over plain numbers, and within which bounds. */
import type { InspectedActivation, InspectedNetwork, Rows } from './subject.ts';

/** A number, and how far rounding may carry what is computed in f64 in another order. */
export interface Bounded {
  readonly value: number;
  readonly within: number;
}

/** A share that lies between two: elements at which rounding decides belong to the second alone. */
export interface Between {
  readonly least: number;
  readonly most: number;
}

/** What is to be seen of a layer. */
export interface ExpectedLayer {
  readonly mean: Bounded;
  readonly deviation: Bounded;
  readonly gradientNorm: Bounded;
  readonly saturation?: Between;
  readonly dead?: Between;
  readonly parameterGradientNorm?: Bounded;
  readonly updateRatio?: Bounded;
}

type Scalar = (x: number) => number;

/** Each activation and its derivative. All derivatives are at most 1, and the second derivatives, where there are, at most 2. */
const ACTIVATIONS: Readonly<Record<InspectedActivation, readonly [value: Scalar, slope: Scalar]>> = {
  relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
  hardTanh: [(x) => Math.min(Math.max(x, -1), 1), (x) => (Math.abs(x) < 1 ? 1 : 0)],
  tanh: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  sigmoid: [(x) => 1 / (1 + Math.exp(-x)), (x) => 1 / (2 + Math.exp(x) + Math.exp(-x))],
  softsign: [(x) => x / (1 + Math.abs(x)), (x) => 1 / (1 + Math.abs(x)) ** 2],
};

/** |f′| below which an element is saturated. */
const FLAT = 0.01;

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const norm = (values: readonly number[]): number => Math.sqrt(sum(values.map((x) => x * x)));
const absolute = (rows: Rows): Rows => rows.map((row) => row.map(Math.abs));
const transposed = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? NaN));
const product = (a: Rows, b: Rows): Rows =>
  a.map((row) => (b[0] ?? []).map((_, j) => sum(row.map((x, k) => x * (b[k]?.[j] ?? NaN)))));
const shifted = (rows: Rows, by: readonly number[]): Rows => rows.map((row) => row.map((x, j) => x + (by[j] ?? NaN)));

/** What a layer gives, and how large the numbers are that are added up for it: Σ|x·w| + |b|. */
interface Given {
  readonly values: Rows;
  readonly sizes: Rows;
}

/**
 * What is to be seen of each layer. Of `noise`, a multiple of the rounding 2⁻⁵³: a sum of n ≤ 5 terms is off by n roundings
 * of its size, an activation passes errors on as they are and adds 4, so that three dense layers and two activations come to
 * 27 of the size. A slope is off by twice that, as the second derivatives are at most 2; so a gradient is off by 135 of its
 * size and that of what it came by, S, at most. `noise` is 900.
 */
export const expectedOf = (
  { dense, activation, inputs, dy, learningRate }: InspectedNetwork,
  noise: number,
): readonly ExpectedLayer[] => {
  const [value, slope] = ACTIVATIONS[activation];
  const given: Given[] = [{ values: inputs, sizes: absolute(inputs) }];
  const before: Given[] = [];
  for (const [i, { weights, biases }] of dense.entries()) {
    const last = given[given.length - 1] ?? { values: [], sizes: [] };
    const x: Given =
      i === 0
        ? last
        : { values: last.values.map((row) => row.map(value)), sizes: last.sizes.map((row) => row.map((s) => s + 1)) };
    before.push(x);
    given.push({
      values: shifted(product(x.values, weights), biases),
      sizes: shifted(product(x.sizes, absolute(weights)), biases.map(Math.abs)),
    });
  }
  const size = 1 + Math.max(...given.flatMap(({ sizes }) => sizes.flat()));
  const moments = (rows: Rows): Pick<ExpectedLayer, 'mean' | 'deviation'> => {
    const all = rows.flat();
    const middle = mean(all);
    return {
      mean: { value: middle, within: noise * size },
      deviation: { value: Math.sqrt(mean(all.map((x) => (x - middle) ** 2))), within: noise * size },
    };
  };
  const gradientOf = (back: Rows, sizes: Rows): Bounded => ({
    value: norm(back.flat()),
    within: noise * size * sum(sizes.flat()),
  });
  const layers: ExpectedLayer[] = [];
  let back: Given = { values: dy, sizes: absolute(dy) };
  for (const [i, { weights }] of [...dense.entries()].reverse()) {
    const [x, z] = [before[i] ?? { values: [], sizes: [] }, given[i + 1] ?? { values: [], sizes: [] }];
    const dWeights = product(transposed(x.values), back.values).flat();
    const dBiases = transposed(back.values).map(sum);
    const within = noise * size * sum(back.sizes.flat()) * (1 + sum(x.sizes.flat()));
    const length = norm(weights.flat());
    const ratio = (learningRate * norm(dWeights)) / length;
    layers.unshift({
      ...moments(z.values),
      gradientNorm: gradientOf(back.values, back.sizes),
      parameterGradientNorm: { value: norm([...dWeights, ...dBiases]), within },
      // What is added may be measured by subtraction: then it is off by a rounding of the weights.
      updateRatio: { value: ratio, within: (learningRate * within) / length + noise * (1 + ratio) },
    });
    if (i === 0) break;
    back = {
      values: product(back.values, transposed(weights)),
      sizes: product(back.sizes, transposed(absolute(weights))),
    };
    const under = given[i] ?? { values: [], sizes: [] };
    const slopes = under.values.map((row) => row.map(slope));
    const share = (of: readonly boolean[]): number => of.filter((is) => is).length / of.length;
    const flat = (limit: number): number => share(slopes.flat().map((f) => Math.abs(f) < limit));
    const off = (limit: number): number =>
      share(transposed(slopes).map((unit) => unit.every((f) => Math.abs(f) <= limit)));
    layers.unshift({
      ...moments(x.values),
      gradientNorm: gradientOf(back.values, back.sizes),
      saturation: { least: flat(FLAT - noise * size), most: flat(FLAT + noise * size) },
      // 1 − tanh² is 0 where tanh is within rounding of 1.
      dead: { least: off(0), most: off(noise * size) },
    });
    back = { ...back, values: back.values.map((row, r) => row.map((d, j) => d * (slopes[r]?.[j] ?? NaN))) };
  }
  return layers;
};
