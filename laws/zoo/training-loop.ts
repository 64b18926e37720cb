/** A training loop in plain numbers, as one might write it in an afternoon, in parts that can be written wrong. */
import { foldIn, fromSeed, permutation } from '../../src/tensor/key.ts';
import type { Problem, Rule, Training } from '../pack/training.ts';

type Matrix = ReadonlyArray<readonly number[]>;
export type Layers = readonly Matrix[];

/** What a run is at between two epochs: the weights, two moments of the gradient, and what was counted. */
export interface State {
  readonly weights: Layers;
  readonly first: Layers;
  readonly second: Layers;
  readonly step: number;
  readonly epoch: number;
  readonly cost: number;
}

/** The cost of a batch and its gradient. */
export interface Measured {
  readonly cost: number;
  readonly gradient: Layers;
}

/** What a loop is made of. */
export interface Parts {
  /** The rows of each batch of an epoch. */
  readonly batches: (problem: Problem, epoch: number) => ReadonlyArray<readonly number[]>;
  readonly measured: (problem: Problem, weights: Layers, rows: readonly number[]) => Measured;
  /** What is left of the state when an epoch begins. */
  readonly begun: (state: State) => State;
  /** The t of bias correction. */
  readonly counted: (state: State) => number;
  /** The cost of an epoch from those of its batches. */
  readonly joined: (batches: ReadonlyArray<{ readonly cost: number; readonly rows: number }>) => number;
}

const zip = (f: (...numbers: readonly number[]) => number, ...all: readonly Layers[]): Layers =>
  (all[0] ?? []).map((matrix, l) =>
    matrix.map((row, i) => row.map((_, j) => f(...all.map((layers) => layers[l]?.[i]?.[j] ?? NaN)))),
  );

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? NaN), 0)));
export const transposed = (a: Matrix): Matrix => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? NaN));

/** Backpropagation; `back` says through which weights of a layer δ goes back, given the gradient of these. */
export const measuredThrough =
  (back: (problem: Problem, weights: Matrix, gradient: Matrix) => Matrix) =>
  (problem: Problem, weights: Layers, rows: readonly number[]): Measured => {
    const x = rows.map((row) => problem.inputs[row] ?? []);
    const outputs: Matrix[] = [x];
    for (const w of weights) outputs.push(product(outputs.at(-1) ?? [], w));
    const errors = rows.map((row, i) => (outputs.at(-1)?.[i]?.[0] ?? NaN) - (problem.targets[row] ?? NaN));
    let delta: Matrix = errors.map((error) => [(2 * error) / rows.length]);
    const gradient: Matrix[] = [];
    for (let l = weights.length - 1; l >= 0; l--) {
      const own = product(transposed(outputs[l] ?? []), delta);
      gradient.unshift(own);
      delta = product(delta, transposed(back(problem, weights[l] ?? [], own)));
    }
    return { cost: errors.reduce((sum, error) => sum + error * error, 0) / rows.length, gradient };
  };

const stepped = (rule: Rule, state: State, gradient: Layers, t: number): State => {
  const moved = (by: Layers): Layers => zip((w = NaN, d = NaN) => w - rule.learningRate * d, state.weights, by);
  switch (rule.kind) {
    case 'gradientDescent':
      return { ...state, weights: moved(gradient) };
    case 'momentum': {
      const first = zip((v = NaN, g = NaN) => rule.momentum * v + g, state.first, gradient);
      return { ...state, first, weights: moved(first) };
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = rule;
      const first = zip((m = NaN, g = NaN) => beta1 * m + (1 - beta1) * g, state.first, gradient);
      const second = zip((v = NaN, g = NaN) => beta2 * v + (1 - beta2) * g * g, state.second, gradient);
      const by = zip(
        (m = NaN, v = NaN) => m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon),
        first,
        second,
      );
      return { ...state, first, second, weights: moved(by) };
    }
  }
};

/** Rows in an order, in batches; the last has what is left. */
export const cut = (order: readonly number[], size: number): ReadonlyArray<readonly number[]> =>
  Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));

export const shuffled = ({ targets, seed }: Problem, epoch: number): readonly number[] =>
  permutation(targets.length)(foldIn(epoch)(fromSeed(seed)));

/** The parts as they should be. */
export const right: Parts = {
  batches: (problem, epoch) => cut(shuffled(problem, epoch), problem.batchSize),
  measured: measuredThrough((_, weights) => weights),
  begun: (state) => state,
  counted: ({ step }) => step + 1,
  joined: (batches) =>
    batches.reduce((sum, { cost, rows }) => sum + cost * rows, 0) / batches.reduce((sum, { rows }) => sum + rows, 0),
};

export const zeros = (layers: Layers): Layers => zip(() => 0, layers);

/** A loop of parts; those that are not given are right. */
export const loop = (own: Partial<Parts>): Training<State> => {
  const { batches, measured, begun, counted, joined } = { ...right, ...own };
  const run =
    (problem: Problem, watch: () => void) =>
    (state: State): State => {
      let at = begun(state);
      const costs = batches(problem, state.epoch).map((rows) => {
        const { cost, gradient } = measured(problem, at.weights, rows);
        at = { ...stepped(problem.rule, at, gradient, counted(at)), step: at.step + 1 };
        watch();
        return { cost, rows: rows.length };
      });
      return { ...at, epoch: state.epoch + 1, cost: joined(costs) };
    };
  return {
    start: ({ weights }) => ({
      weights,
      first: zeros(weights),
      second: zeros(weights),
      step: 0,
      epoch: 0,
      cost: NaN,
    }),
    epoch: (problem) => run(problem, () => {}),
    watched: run,
    weights: ({ weights }) => weights.flat(2),
    loss: ({ cost }) => cost,
    // All numbers of these problems are finite; the cost before the first epoch is not, and nobody asks for it.
    text: () => ({ write: (state) => JSON.stringify(state), read: (text) => JSON.parse(text) }),
  };
};
