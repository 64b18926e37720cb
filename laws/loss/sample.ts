/** What the laws of losses are tried on. */
import type { Loss } from '../../src/loss/loss.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Key } from '../../src/tensor/key.ts';
import { show, type Tensor } from '../../src/tensor/tensor.ts';

/** A loss, and predictions [batch, …] and targets for it, in f64; both are numbers of f32 too. */
export interface LossSample {
  readonly loss: Loss;
  readonly prediction: Tensor;
  readonly target: Tensor;
  /** A weight for each example, a whole number from 1 to 4. */
  readonly weights: Tensor;
  /**
   * For each example, the size of the numbers that its cost and its gradient are made of, where these cancel: both are
   * rounded relative to that, however small they come out. 0 unless given, as for a square: it is rounded relative to
   * itself. For log(1 + δ) it is 1, for a softmax less its target it is 1 + 1, for a − b it is |a| + |b|.
   */
  readonly terms?: readonly number[];
  readonly key: Key;
}

export const showLossSample = ({ loss, prediction, target, weights }: LossSample): string =>
  `${JSON.stringify(loss.description)} of ${show(prediction)} at ${show(target)}, weights ${show(weights)}`;

export const f64 = reference('f64');

export const numbers = (x: Tensor): readonly number[] => Array.from(x.data);
export const norm = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));
