/** Dense layers, softmax, dropout and the normalisations against their formulas, transcribed in plain loops. */
import * as fc from 'fast-check';
import { inference, training } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Key from '../../src/tensor/key.ts';
import { full, generate, type Tensor, toRows } from '../../src/tensor/tensor.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { smallIntegers, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { sameTensor } from './forward.ts';
import { drawsForBounded, strayOfBounded } from './statistics.ts';

type Rows = ReadonlyArray<readonly number[]>;

const ops = reference('f64');
const U = 2 ** -53;
const at = (rows: Rows, i: number, j: number): number => rows[i]?.[j] ?? NaN;
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

const near = (expected: Rows, received: Rows, tolerance: number, where: string): Verdict =>
  all(
    ...expected.flatMap((row, i) =>
      row.map(
        (x, j): Verdict =>
          Math.abs(x - at(received, i, j)) <= tolerance
            ? undefined
            : {
                expected: `${x}`,
                received: `${at(received, i, j)}`,
                where: `${where} [${i},${j}]`,
                tolerance: `${tolerance}`,
              },
      ),
    ),
  );

const matrix = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }), keys);
const dense = law(
  'dense: y = x·W + b and its gradients',
  'in plain loops, exactly, on small integers',
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([m, k, n]) =>
      fc.tuple(
        tensorsOf('f64', [m, k], smallIntegers),
        tensorsOf('f64', [k, n], smallIntegers),
        tensorsOf('f64', [n], smallIntegers),
        tensorsOf('f64', [m, n], smallIntegers),
      ),
    ),
  ([x, weight, bias, dy]) => {
    const [m = 0, k = 0] = x.shape;
    const n = bias.data.length;
    const [xs, ws, bs, ds] = [toRows(x), toRows(weight), Array.from(bias.data), toRows(dy)];
    const by = (bias0: number) => (i: number, j: number) =>
      sum(range(k).map((p) => at(xs, i, p) * at(ws, p, j))) + bias0 * (bs[j] ?? NaN);
    const run = Layer.dense(k, n).forward(ops, { weight, bias }, {}, x, inference());
    const bare = Layer.denseWithoutBias(k, n).forward(ops, { weight }, {}, x, inference());
    const { dParams, dx } = run.pullback(dy);
    const rowsOf = (rows: number, columns: number, f: (i: number, j: number) => number): Rows =>
      range(rows).map((i) => range(columns).map((j) => f(i, j)));
    const dW = rowsOf(k, n, (p, j) => sum(range(m).map((i) => at(xs, i, p) * at(ds, i, j))));
    const dX = rowsOf(m, k, (i, p) => sum(range(n).map((j) => at(ds, i, j) * at(ws, p, j))));
    return all(
      near(rowsOf(m, n, by(1)), toRows(run.y), 0, 'y'),
      near(rowsOf(m, n, by(0)), toRows(bare.y), 0, 'y without bias'),
      near(dW, toRows(dParams.weight), 0, 'dW'),
      near(dW, toRows(bare.pullback(dy).dParams.weight), 0, 'dW without bias'),
      near([range(n).map((j) => sum(range(m).map((i) => at(ds, i, j))))], [Array.from(dParams.bias.data)], 0, 'db'),
      near(dX, toRows(dx), 0, 'dx'),
      near(dX, toRows(bare.pullback(dy).dx), 0, 'dx without bias'),
    );
  },
);

const softmaxOf = (row: readonly number[]): readonly number[] => {
  const e = row.map(Math.exp);
  return e.map((x) => x / sum(e));
};

const softmax: readonly Law[] = [
  law('softmax: formula', 'e^xᵢ/Σe^xⱼ without shifting, and its logarithm', matrix, ([rows, columns, key]) => {
    const x = normals([rows, columns], key);
    const y = Layer.softmax.at([columns]).forward(ops, {}, {}, x, inference()).y;
    const logY = Layer.logSoftmax.at([columns]).forward(ops, {}, {}, x, inference()).y;
    // Two exponentials and a logarithm, each within 6u of the other, of arguments within u·|x| with |x| ≤ 7 (normal
    // numbers from 32 bits), a sum and a quotient: at most 64 roundings of numbers of at most 1, or 16 in the logarithm.
    return all(
      near(toRows(x).map(softmaxOf), toRows(y), 64 * U, 'softmax'),
      near(
        toRows(x).map((row) => softmaxOf(row).map(Math.log)),
        toRows(logY),
        16 * 64 * U,
        'logSoftmax',
      ),
    );
  }),
  law(
    'softmax: a row sums to 1, and does not see a shift',
    'within a rounding an element; bit for bit when what is added is exact',
    fc.tuple(
      fc.integer({ min: 1, max: 7 }).chain((n) =>
        tensorsOf(
          'f64',
          [1, n],
          fc.integer({ min: -9000, max: 9000 }).map((k) => k / 8),
        ),
      ),
      fc.integer({ min: -100000, max: 100000 }),
    ),
    ([x, shift]) => {
      const width = x.data.length;
      const moved = generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + shift);
      const [y, yMoved] = [x, moved].map(
        (given) => Layer.softmax.at([width]).forward(ops, {}, {}, given, inference()).y,
      );
      const [z, zMoved] = [x, moved].map(
        (given) => Layer.logSoftmax.at([width]).forward(ops, {}, {}, given, inference()).y,
      );
      const total = sum(Array.from(y?.data ?? []));
      return all(
        holds(Math.abs(total - 1) <= (width + 1) * 2 * U, `1 within ${2 * (width + 1)}u`, `${total}`),
        holds(
          Array.from(y?.data ?? []).every((p) => p >= 0 && p <= 1),
          'probabilities',
          `${y?.data}`,
        ),
        holds(Array.from(z?.data ?? []).every(Number.isFinite), 'finite logarithms', `${z?.data}`),
        sameTensor(y ?? x, yMoved ?? moved, 'softmax'),
        sameTensor(z ?? x, zMoved ?? moved, 'logSoftmax'),
      );
    },
  ),
];

/** A rate off by a fiftieth is seen. */
const DRAWS = drawsForBounded(0.02, 1);

const dropped = (rate: number, x: Tensor, key: Key.Key) =>
  Layer.dropout(rate)
    .at(x.shape.slice(1))
    .forward(ops, {}, {}, x, training(random('f64', key)));

const dropout: readonly Law[] = [
  law(
    'dropout: as many as the rate says, the others scaled up',
    `of ${DRAWS} elements, so that a rate off by 0.02 shows: each is 0 or x/(1 − rate)`,
    fc.tuple(fc.constantFrom(0, 0.1, 0.3, 0.5, 0.9), keys),
    ([rate, key]) => {
      const x = full('f64', [1, DRAWS], 3);
      const y = Array.from(dropped(rate, x, key).y.data);
      const zeros = y.filter((value) => value === 0).length;
      const others = y.filter((value) => value !== 0);
      // x·(1/(1 − rate)) is rounded twice.
      const wrong = others.find((value) => Math.abs(value - 3 / (1 - rate)) > (3 / (1 - rate)) * 4 * U);
      const stray = strayOfBounded(DRAWS, 1);
      return all(
        holds(Math.abs(zeros / DRAWS - rate) <= stray, `${rate} ± ${stray} zeros`, `${zeros / DRAWS}`),
        holds(wrong === undefined, `${3 / (1 - rate)}`, `${wrong}`),
      );
    },
    { runs: 5 },
  ),
  law(
    'dropout: the gradient passes where the input did',
    'and is scaled alike; another key drops others; at inference nothing is dropped',
    fc.tuple(fc.constantFrom(0.25, 0.5), keys),
    ([rate, key]) => {
      const x = full('f64', [8, 32], 1);
      const { y, pullback } = dropped(rate, x, key);
      const { dx } = pullback(x);
      const other = dropped(rate, x, Key.foldIn(1)(key)).y;
      const still = Layer.dropout(rate).at([32]).forward(ops, {}, {}, x, inference());
      return all(
        sameTensor(y, dx, 'gradient of ones'),
        // 256 elements agree by chance with probability at most (5/8)²⁵⁶ < 1e-52.
        holds(
          y.data.length === 256 && Array.from(y.data).some((value, i) => value !== other.data[i]),
          'another mask from another key',
          'the same',
        ),
        sameTensor(x, still.y, 'at inference'),
        sameTensor(x, still.pullback(x).dx, 'gradient at inference'),
      );
    },
    { runs: 20 },
  ),
  law(
    'dropout: two in a sequence drop independently',
    'of 2048 elements, those that both keep: a half of a half, not a half',
    keys,
    (key) => {
      const layer = Layer.sequential(Layer.dropout(0.5).at([2048]), Layer.dropout(0.5));
      const y = layer.forward(ops, [{}, {}], [{}, {}], full('f64', [1, 2048], 1), training(random('f64', key))).y;
      const kept = Array.from(y.data).filter((value) => value !== 0).length / 2048;
      // Hoeffding: a stray of 0.125 from ¼ has probability at most 2·exp(−2·2048/64) < 1e-27.
      return holds(Math.abs(kept - 0.25) < 0.125, '¼ kept', `${kept}`);
    },
    { runs: 10 },
  ),
];

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

const batchNorm: readonly Law[] = [
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

const layerNorm = law(
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

/** Laws of the layers that are not activations, against their formulas. */
export const transcriptLaws: LawSet = lawSet('formulas', [dense, ...softmax, ...dropout, ...batchNorm, layerNorm]);
