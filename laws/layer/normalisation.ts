/** Batch norm and layer norm against their formulas. */
import * as fc from 'fast-check';
import { inference, training } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { random } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import { full, generate, type Tensor, toRows } from '../../src/tensor/tensor.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { all, type Law, law, lawOf, same, sameTensor } from '../law.ts';
import { at, matrix, near, ops, type Rows, range, sum, U } from './rows.ts';

/** Ioffe and Szegedy 2015, algorithm 1 and the gradients of section 3, each line as it is printed there. */
const batchNormOf = (x: Rows, gamma: readonly number[], beta: readonly number[], epsilon: number, dy: Rows) => {
  const m = x.length;
  const columns = gamma.map((g, j) => {
    const xs = x.map((row) => row[j] ?? NaN);
    const dys = dy.map((row) => row[j] ?? NaN);
    const mean = sum(xs) / m;
    const variance = sum(xs.map((v) => (v - mean) ** 2)) / m;
    const root = Math.sqrt(variance + epsilon);
    const hat = xs.map((v) => (v - mean) / root);
    const dHat = dys.map((d) => d * g);
    const dVariance = sum(dHat.map((d, i) => d * ((xs[i] ?? NaN) - mean) * -0.5 * (variance + epsilon) ** -1.5));
    const dMean = sum(dHat.map((d) => -d / root)) + (dVariance * sum(xs.map((v) => -2 * (v - mean)))) / m;
    return {
      mean,
      variance,
      y: hat.map((v) => v * g + (beta[j] ?? NaN)),
      dx: dHat.map((d, i) => d / root + (dVariance * 2 * ((xs[i] ?? NaN) - mean)) / m + dMean / m),
      dGamma: sum(dys.map((d, i) => d * (hat[i] ?? NaN))),
      dBeta: sum(dys),
    };
  });
  const rowsOf = (of: (column: (typeof columns)[number]) => readonly number[]): Rows =>
    range(m).map((i) => columns.map((column) => of(column)[i] ?? NaN));
  return { columns, y: rowsOf((column) => column.y), dx: rowsOf((column) => column.dx) };
};

/**
 * With ε = 0.1 every 1/√(σ² + ε) is below 3.2, normal numbers from 32 bits are below 7, and dy and the scale below 7·3:
 * each of some 100 roundings is of a number of at most 7·21·3.2³ < 5000.
 */
const NORMALISED = 100 * 5000 * U;
const EPSILON = 0.1;

export const batchNormLaws: readonly Law[] = [
  law(
    'batchNorm: training, line by line',
    'output, gradients and running statistics are those of algorithm 1 and section 3 of the article',
    matrix,
    ([rows, columns, key]) => {
      const [x, dy] = [normals([rows, columns], key), normals([rows, columns], Key.foldIn(1)(key), 3)];
      const [scale, shift] = [normals([columns], Key.foldIn(2)(key)), normals([columns], Key.foldIn(3)(key))];
      const [mean, variance] = [normals([columns], Key.foldIn(4)(key)), full('f64', [columns], 2)];
      const layer = Layer.batchNorm({ momentum: 0.25, epsilon: EPSILON }).at([columns]);
      const run = layer.forward(ops, { scale, shift }, { mean, variance }, x, training(random('f64', key)));
      const { dParams, dx } = run.pullback(dy);
      const expected = batchNormOf(toRows(x), Array.from(scale.data), Array.from(shift.data), EPSILON, toRows(dy));
      return all(
        near(expected.y, toRows(run.y), NORMALISED, 'y'),
        near(expected.dx, toRows(dx), NORMALISED, 'dx'),
        near([expected.columns.map((c) => c.dGamma)], [Array.from(dParams.scale.data)], NORMALISED, 'dγ'),
        near([expected.columns.map((c) => c.dBeta)], [Array.from(dParams.shift.data)], NORMALISED, 'dβ'),
        near(
          [expected.columns.map((c, j) => 0.75 * (mean.data[j] ?? NaN) + 0.25 * c.mean)],
          [Array.from(run.state.mean.data)],
          NORMALISED,
          'running mean',
        ),
        near(
          [expected.columns.map((c) => 0.75 * 2 + 0.25 * c.variance * (rows / (rows - 1)))],
          [Array.from(run.state.variance.data)],
          NORMALISED,
          'running variance, without bias',
        ),
      );
    },
  ),
  law(
    'batchNorm: over all axes but the last',
    'an example of [a, b] is a examples of [b]',
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 4 }), keys),
    ([batch, positions, features, key]) => {
      const x = normals([batch, positions, features], key);
      const initial = { mean: full('f64', [features], 0), variance: full('f64', [features], 1) };
      const params = { scale: full('f64', [features], 1), shift: full('f64', [features], 0) };
      const context = training(random('f64', key));
      const deep = Layer.batchNorm().at([positions, features]).forward(ops, params, initial, x, context);
      const flat = ops.reshape([batch * positions, features], x);
      const shallow = Layer.batchNorm().at([features]).forward(ops, params, initial, flat, context);
      return all(
        sameTensor(shallow.y, ops.reshape([batch * positions, features], deep.y), 'y'),
        sameTensor(shallow.state.variance, deep.state.variance, 'running variance'),
      );
    },
    { runs: 30 },
  ),
  law(
    'batchNorm: inference',
    'y = γ(x − running mean)/√(running variance + ε) + β, and the state stays',
    matrix,
    ([rows, columns, key]) => {
      const x = normals([rows, columns], key);
      const [scale, shift] = [normals([columns], Key.foldIn(2)(key)), normals([columns], Key.foldIn(3)(key))];
      const state = { mean: normals([columns], Key.foldIn(4)(key)), variance: full('f64', [columns], 2) };
      const layer = Layer.batchNorm({ epsilon: EPSILON }).at([columns]);
      const run = layer.forward(ops, { scale, shift }, state, x, inference());
      const expected = toRows(x).map((row) =>
        row.map(
          (v, j) =>
            ((scale.data[j] ?? NaN) * (v - (state.mean.data[j] ?? NaN))) / Math.sqrt(2 + EPSILON) +
            (shift.data[j] ?? NaN),
        ),
      );
      return all(
        near(expected, toRows(run.y), NORMALISED, 'y'),
        sameTensor(state.mean, run.state.mean, 'running mean'),
        sameTensor(state.variance, run.state.variance, 'running variance'),
      );
    },
  ),
  law(
    'batchNorm: rows are coupled in training',
    'moving row 0 moves every other row, by as much as the formula says',
    matrix,
    ([rows, columns, key]) => {
      const x = normals([rows, columns], key);
      const moved = generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + (i < columns ? 1 : 0));
      const ones = range(columns).map(() => 1);
      const none = range(columns).map(() => 0);
      const params = { scale: full('f64', [columns], 1), shift: full('f64', [columns], 0) };
      const state = { mean: full('f64', [columns], 0), variance: full('f64', [columns], 1) };
      const yOf = (given: Tensor): Rows =>
        toRows(
          Layer.batchNorm({ epsilon: EPSILON })
            .at([columns])
            .forward(ops, params, state, given, training(random('f64', key))).y,
        );
      const expectedOf = (given: Tensor): Rows => batchNormOf(toRows(given), ones, none, EPSILON, toRows(given)).y;
      const change = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((v, j) => at(b, i, j) - v));
      return near(
        change(expectedOf(x), expectedOf(moved)),
        change(yOf(x), yOf(moved)),
        NORMALISED,
        'change of the output',
      );
    },
    { runs: 30 },
  ),
  lawOf(
    'batchNorm: needs two numbers a feature',
    'minimumBatch says so, one example fewer throws, and as many do not',
    [[3], [1, 3], [2, 3], [1, 1, 4], [2, 2, 4]],
    (shape) => {
      const layer = Layer.batchNorm().at(shape);
      const features = shape[shape.length - 1] ?? 0;
      const params = { scale: full('f64', [features], 1), shift: full('f64', [features], 0) };
      const state = { mean: full('f64', [features], 0), variance: full('f64', [features], 1) };
      const throws = (batch: number): boolean => {
        try {
          layer.forward(
            ops,
            params,
            state,
            full('f64', [batch, ...shape], 1),
            training(random('f64', Key.fromSeed(0))),
          );
          return false;
        } catch {
          return true;
        }
      };
      const needed = shape.length === 1 || shape.slice(0, -1).every((n) => n === 1) ? 2 : 1;
      return all(
        same(needed, layer.minimumBatch, 'minimumBatch'),
        same(false, throws(needed), `throws at ${needed}`),
        same(true, throws(needed - 1), `throws at ${needed - 1}`),
      );
    },
  ),
];

export const layerNormLaw = law(
  'layerNorm: formula',
  'each row by its own mean and biased variance, then scaled and shifted',
  matrix,
  ([rows, columns, key]) => {
    const x = normals([rows, columns], key);
    const [scale, shift] = [normals([columns], Key.foldIn(2)(key)), normals([columns], Key.foldIn(3)(key))];
    const { y } = Layer.layerNorm({ epsilon: EPSILON })
      .at([columns])
      .forward(ops, { scale, shift }, {}, x, inference());
    const expected = toRows(x).map((row) => {
      const mean = sum(row) / columns;
      const variance = sum(row.map((v) => v * v)) / columns - mean * mean;
      return row.map(
        (v, j) => ((scale.data[j] ?? NaN) * (v - mean)) / Math.sqrt(variance + EPSILON) + (shift.data[j] ?? NaN),
      );
    });
    // The variance as a difference loses 7²·u against one of at least 0.1 with ε.
    return near(expected, toRows(y), 50 * NORMALISED, 'y');
  },
);
