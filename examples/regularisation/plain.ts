/** Studies on data that are drawn: linear functions of few or of many inputs, outliers, and a curve with a gap. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, Engine, Key, Layer, Loss, Network, Optimizer, Penalty, Tensor, Train, Transform } from 'nabla-ts';
import type { Study, Way } from './compare.ts';

const INPUTS = 40;

/** A linear function of some of 40 normal inputs, with noise of deviation 1; its coefficients have length 3. */
const linear = (relevant: number, rows: number, seed: number, part: number): Train.Examples => {
  const key = Key.fromSeed(seed);
  const slopes = Key.normal([relevant], 'f64')(Key.foldIn(100)(key)).data;
  const length = Math.sqrt(Array.from(slopes).reduce((sum, w) => sum + w * w, 0));
  const inputs = Key.normal([rows, INPUTS])(Key.foldIn(2 * part)(key));
  const noise = Key.normal([rows])(Key.foldIn(2 * part + 1)(key)).data;
  const height = (row: number): number =>
    Array.from(slopes).reduce(
      (sum, w, j) => sum + ((3 * w) / length) * (inputs.data[INPUTS * row + j] ?? Number.NaN),
      0,
    );
  return { inputs, targets: Tensor.generate('f32', [rows, 1], (row) => height(row) + (noise[row] ?? Number.NaN)) };
};

/** The mean squared error on new rows; that of the function itself is 1. */
const fitted =
  (relevant: number, length: number) =>
  (penalty: Penalty.Penalty): Way => {
    const fixed = {
      layer: Layer.dense(INPUTS, 1),
      loss: Loss.squaredError(),
      penalty,
      optimizer: Optimizer.adam({ learningRate: 0.02 }),
      epochs: Math.ceil(1000 * length),
      engine: Engine.create(),
    };
    return (seed) => {
      const config = { ...fixed, data: linear(relevant, 60, seed, 0) };
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.map(Train.network),
        E.chain(Train.evaluate(Loss.squaredError(), linear(relevant, 500, seed, 1))),
        E.map((error) => ({ 'squared error': error })),
      );
    };
  };

const penalties = (relevant: number, length: number): Study => ({
  name: `penalty, linear, 60 rows of 40 inputs, ${relevant} of them relevant`,
  ways: {
    none: fitted(relevant, length)(Penalty.none),
    'l2 0.15': fitted(relevant, length)(Penalty.l2(0.15)),
    'l1 0.3': fitted(relevant, length)(Penalty.l1(0.3)),
  },
});

/** sin 3x with a hundredth of the targets a thousand times too large. */
const outliers = (rows: number, seed: number, share: number): Train.Examples => {
  const key = Key.foldIn(3)(Key.fromSeed(seed));
  const inputs = Tensor.generate('f32', [rows, 1], (i) => (2 * i) / (rows - 1) - 1);
  const draws = Key.uniform([rows], 'f64')(key).data;
  return {
    inputs,
    targets: Tensor.generate('f32', [rows, 1], (i) => {
      const y = Math.sin(3 * (inputs.data[i] ?? Number.NaN));
      return (draws[i] ?? 1) < share ? 1000 * y : y;
    }),
  };
};

const clipping = (share: number, length: number): Study => {
  const way = (optimizer: Optimizer.Optimizer): Way => {
    const fixed = {
      layer: Layer.sequential(
        Layer.dense(1, 32),
        Activation.relu,
        Layer.dense(32, 32),
        Activation.relu,
        Layer.dense(32, 1),
      ),
      loss: Loss.squaredError(),
      optimizer,
      batchSize: 8,
      epochs: Math.ceil(40 * length),
      engine: Engine.create(),
    };
    return (seed) => {
      const config = { ...fixed, data: outliers(200, seed, share) };
      const end = pipe(Train.start(config, Key.fromSeed(seed)), Train.fit(config), E.map(Train.network));
      // A run that leaves the finite numbers is a result here; its network says nothing, so 0.
      const said = (x: Tensor.Tensor): Tensor.Tensor =>
        E.isLeft(end) ? Tensor.zeros('f32', x.shape) : Network.predict(end.right)(x);
      const { inputs, targets } = outliers(201, seed, 0);
      const y = said(inputs);
      const distances = Array.from(y.data, (value, i) => Math.abs(value - (targets.data[i] ?? Number.NaN)));
      const median = distances.sort((a, b) => a - b)[100] ?? Number.NaN;
      return E.right({ 'lost, further off than ½': median > 0.5 ? 1 : 0, 'log₁₀ of the distance': Math.log10(median) });
    };
  };
  const plain = Optimizer.gradientDescent({ learningRate: 0.05 });
  return {
    name: share === 0 ? 'clipping, no outliers' : `clipping, ${100 * share} % of the targets 1000 times too large`,
    ways: { none: way(plain), 'clipByGlobalNorm 1': way(Transform.clipByGlobalNorm(1)(plain)) },
  };
};

/** Where the curve was seen, and where it was not. */
const REGIONS = {
  'where it saw data': (x: number) => Math.abs(x) > 0.45 && Math.abs(x) < 0.95,
  'in the gap': (x: number) => Math.abs(x) < 0.15,
  outside: (x: number) => Math.abs(x) > 1.5,
} as const;

/** 60 rows of sin 4x with noise of deviation 0.1, for x from −1 to −0.4 and from 0.4 to 1. */
export const gapped = (seed: number): Train.Examples => {
  const key = Key.foldIn(4)(Key.fromSeed(seed));
  const draws = Key.uniform([60], 'f64')(Key.foldIn(0)(key)).data;
  const noise = Key.normal([60], 'f64')(Key.foldIn(1)(key)).data;
  const at = (i: number): number => (i % 2 === 0 ? 1 : -1) * (0.4 + 0.6 * (draws[i] ?? Number.NaN));
  return {
    inputs: Tensor.generate('f32', [60, 1], at),
    targets: Tensor.generate('f32', [60, 1], (i) => Math.sin(4 * at(i)) + 0.1 * (noise[i] ?? Number.NaN)),
  };
};

/** Where the network is asked: from −2 to 2. */
export const asked = Tensor.generate('f32', [161, 1], (i) => (i - 80) / 40);

/** A network that drops out, trained on the curve. */
export const curve = (rate: number, length: number) => {
  const drop = Layer.dropout(rate);
  const fixed = {
    layer: Layer.sequential(
      Layer.dense(1, 64),
      Activation.relu,
      drop,
      Layer.dense(64, 64),
      Activation.relu,
      drop,
      Layer.dense(64, 1),
    ),
    loss: Loss.squaredError(),
    optimizer: Optimizer.adam({ learningRate: 0.005 }),
    batchSize: 20,
    epochs: Math.ceil(400 * length),
    engine: Engine.create(),
  };
  return (seed: number) => {
    const config = { ...fixed, data: gapped(seed) };
    return pipe(Train.start(config, Key.fromSeed(seed)), Train.fit(config), E.map(Train.network));
  };
};

const uncertainty = (length: number): Study => {
  const way = (rate: number): Way => {
    const train = curve(rate, length);
    return (seed) =>
      pipe(
        train(seed),
        E.map((network) => {
          const { mean, deviation } = Network.monteCarlo({ passes: 50, key: Key.fromSeed(seed) })(network)(asked);
          const over = (region: (x: number) => boolean, of: (i: number) => number): number => {
            const places = Array.from(asked.data, (x, i) => ({ x, i })).filter(({ x }) => region(x));
            return places.reduce((sum, { i }) => sum + of(i) / places.length, 0);
          };
          const off = (i: number): number =>
            Math.abs((mean.data[i] ?? Number.NaN) - Math.sin(4 * (asked.data[i] ?? Number.NaN)));
          return Object.fromEntries(
            Object.entries(REGIONS).flatMap(([name, region]) => [
              [`deviation ${name}`, over(region, (i) => deviation.data[i] ?? Number.NaN)],
              [`true distance ${name}`, over(region, off)],
            ]),
          );
        }),
      );
  };
  return {
    name: 'Monte-Carlo dropout, a curve with a gap',
    ways: { 'dropout 0.1': way(0.1), 'dropout 0.3': way(0.3) },
  };
};

/** The studies of data that are drawn; `length` shortens all runs. */
export const ofDrawn = (length = 1): readonly Study[] => [
  penalties(4, length),
  penalties(INPUTS, length),
  clipping(0.01, length),
  clipping(0, length),
  uncertainty(length),
];
