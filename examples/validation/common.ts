/** What the experiments of chapter 9 share: rows drawn by a key, and small networks that learn from some of them. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Engine,
  Failure,
  Interval,
  Key,
  Layer,
  Loss,
  Network,
  Optimizer,
  Penalty,
  Tensor,
  Train,
} from 'nabla-ts';

/** Rows of features, and a number for each. */
export interface Rows {
  readonly inputs: Tensor.Tensor;
  readonly targets: readonly number[];
}

/** What succeeds in an experiment whose inputs are its own. */
export const sure = <A>(result: E.Either<Failure.Failure, A>): A => {
  if (E.isRight(result)) return result.right;
  throw new Error(Failure.show(result.left));
};

export const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

export const keysOf = (seed: number, count: number): readonly Key.Key[] => Key.split(count)(Key.fromSeed(seed));

/** The i-th key of a key, however many others are asked for. */
export const own = (key: Key.Key, i: number): Key.Key => Key.foldIn(i)(key);

/** Rows at some positions, and the features in some columns. */
export const take =
  (rows: readonly number[], columns?: readonly number[]) =>
  ({ inputs, targets }: Rows): Rows => {
    const [, width = 0] = inputs.shape;
    const of = columns ?? Array.from({ length: width }, (_, j) => j);
    return {
      inputs: Tensor.generate('f32', [rows.length, of.length], (i) => {
        const row = rows[Math.floor(i / of.length)] ?? 0;
        return inputs.data[row * width + (of[i % of.length] ?? 0)] ?? Number.NaN;
      }),
      targets: rows.map((row) => targets[row] ?? Number.NaN),
    };
  };

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const engine = Engine.create();
const optimizer = Optimizer.adam({ learningRate: 0.05 });
const losses = { classes: Loss.binaryCrossEntropyWithLogits(), numbers: Loss.squaredError() };
const penalties = new Map<number, Penalty.Penalty>();
const penaltyOf = (strength: number): Penalty.Penalty => {
  const found = penalties.get(strength) ?? Penalty.l2(strength);
  penalties.set(strength, found);
  return found;
};
const make = (features: number, width: number) =>
  Layer.sequential(Layer.dense(features, width), Activation.tanh, Layer.dense(width, 1));
const linear = (features: number) => Layer.dense(features, 1);
const wide = new Map<string, ReturnType<typeof make>>();
const flat = new Map<number, ReturnType<typeof linear>>();

/** One of its kind, so that an engine compiles it once. */
const wideOf = (features: number, width: number) => {
  const found = wide.get(`${features} ${width}`) ?? make(features, width);
  wide.set(`${features} ${width}`, found);
  return found;
};
const flatOf = (features: number) => {
  const found = flat.get(features) ?? linear(features);
  flat.set(features, found);
  return found;
};

export interface Learning {
  readonly kind: 'classes' | 'numbers';
  /** The hidden units; none is a linear rule. */
  readonly width: number;
  readonly epochs: number;
  /** The strength of an L2 penalty; 0 is none. */
  readonly penalty?: number;
}

/** The score (a logit, or a number) that a network learns to give. */
export const learn =
  ({ kind, width, epochs, penalty = 0 }: Learning) =>
  (key: Key.Key) =>
  ({ inputs, targets }: Rows): ((x: Tensor.Tensor) => readonly number[]) => {
    const [, features = 0] = inputs.shape;
    const rest = {
      loss: losses[kind],
      optimizer,
      ...(penalty === 0 ? {} : { penalty: penaltyOf(penalty) }),
      data: { inputs, targets: Tensor.generate('f32', [targets.length, 1], (i) => targets[i] ?? Number.NaN) },
      epochs,
      engine,
    };
    if (width === 0) {
      const config = { layer: flatOf(features), ...rest };
      const network = Train.network(sure(pipe(Train.start(config, key), Train.fit(config))));
      return (x) => Tensor.toArray(Network.predict(network)(x));
    }
    const config = { layer: wideOf(features, width), ...rest };
    const network = Train.network(sure(pipe(Train.start(config, key), Train.fit(config))));
    return (x) => Tensor.toArray(Network.predict(network)(x));
  };

/** The share of rows whose logit is on the wrong side. */
export const errorRate = (scores: readonly number[], labels: readonly number[]): number =>
  mean(scores.map((score, i) => (score > 0 === (labels[i] === 1) ? 0 : 1)));

/** A mean over seeds with its interval, for a table. */
export const told = (values: readonly number[], digits = 3): string => {
  const { estimate, low, high } = sure(Interval.mean(0.95)(values));
  return `${estimate.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
};
