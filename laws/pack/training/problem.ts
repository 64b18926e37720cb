/** What a training loop is asked to learn, small enough that every number can be worked out by hand. */
import type { Dtype } from '../../../src/scalar/dtype.ts';

/** The rule that moves the weights w by the gradient g of a batch's cost. */
export type Rule =
  /** w ← w − η·g */
  | { readonly kind: 'gradientDescent'; readonly learningRate: number }
  /** v ← μ·v + g, w ← w − η·v, v from 0 */
  | { readonly kind: 'momentum'; readonly learningRate: number; readonly momentum: number }
  /** m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε), step t from 1 */
  | {
      readonly kind: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

export type Matrix = ReadonlyArray<readonly number[]>;

/**
 * A linear network without biases, y = x·W₁·…·W_L, whose last layer has one output, and the examples it learns from. The
 * cost of a batch is the mean over its rows of (y − t)².
 */
export interface Problem {
  readonly dtype: Dtype;
  /** The input of each example. */
  readonly inputs: Matrix;
  /** What is wanted of each example. */
  readonly targets: readonly number[];
  /** The weights to begin with, layer by layer: entry [i][j] goes from input i to output j. */
  readonly weights: readonly Matrix[];
  /** Rows a batch; the last of an epoch has what is left. */
  readonly batchSize: number;
  readonly rule: Rule;
  /** Where the order of the examples comes from. */
  readonly seed: number;
}

/** A training loop, with a state S of its own. */
export interface Training<S> {
  /** The state before the first epoch. */
  readonly start: (problem: Problem) => S;
  /** The state after one more epoch. */
  readonly epoch: (problem: Problem) => (state: S) => S;
  /** The weights as one list, layer by layer, row by row. */
  readonly weights: (state: S) => readonly number[];
  /** The rules that it has; all of them unless given. */
  readonly rules?: readonly Rule['kind'][];
  /** A state as text and back, where it can be saved. */
  readonly text?: (problem: Problem) => { readonly write: (state: S) => string; readonly read: (text: string) => S };
  /** One more epoch that somebody watches, who is called at least once, where it can be watched. */
  readonly watched?: (problem: Problem, watch: () => void) => (state: S) => S;
  /** The cost that it reports of the last epoch, where it reports one. */
  readonly loss?: (state: S) => number | undefined;
}

/** The prediction for one input. */
export const predicted = (weights: readonly Matrix[], input: readonly number[]): number =>
  weights.reduce<readonly number[]>(
    (h, layer) => (layer[0] ?? []).map((_, j) => h.reduce((sum, x, i) => sum + x * (layer[i]?.[j] ?? NaN), 0)),
    input,
  )[0] ?? NaN;

/**
 * The gradient of the mean of (y − t)² over all rows, layer by layer, row by row. y is linear in each single weight, so its
 * derivative by one is y itself with that weight 1 and all others of its layer 0: no backpropagation.
 */
export const gradientOf = ({ inputs, targets, weights }: Problem): readonly number[] =>
  weights.flatMap((layer, l) =>
    layer.flatMap((row, i) =>
      row.map((_, j) => {
        const alone = weights.with(
          l,
          layer.map((other, a) => other.map((__, b) => (a === i && b === j ? 1 : 0))),
        );
        return (
          inputs.reduce(
            (sum, x, n) => sum + 2 * (predicted(weights, x) - (targets[n] ?? NaN)) * predicted(alone, x),
            0,
          ) / inputs.length
        );
      }),
    ),
  );

/** The mean of (y − t)² over all rows. */
export const costOf = ({ inputs, targets, weights }: Problem): number =>
  inputs.reduce((sum, x, n) => sum + (predicted(weights, x) - (targets[n] ?? NaN)) ** 2, 0) / inputs.length;

/** The weight after some steps of a rule on the cost (w − t)², in scalars. */
export const descended = (rule: Rule, from: number, target: number, steps: number): number => {
  let [w, first, second] = [from, 0, 0];
  for (let t = 1; t <= steps; t++) {
    const g = 2 * (w - target);
    switch (rule.kind) {
      case 'gradientDescent':
        w -= rule.learningRate * g;
        break;
      case 'momentum':
        first = rule.momentum * first + g;
        w -= rule.learningRate * first;
        break;
      case 'adam':
        first = rule.beta1 * first + (1 - rule.beta1) * g;
        second = rule.beta2 * second + (1 - rule.beta2) * g * g;
        w -=
          (rule.learningRate * (first / (1 - rule.beta1 ** t))) /
          (Math.sqrt(second / (1 - rule.beta2 ** t)) + rule.epsilon);
    }
  }
  return w;
};
