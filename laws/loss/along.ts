/** The gradient of a loss against its derivative along a random direction, by two independent ways. */
import { value } from '../../src/loss/loss.ts';
import { multiply } from '../../src/ops/derived.ts';
import { random } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import { generate, scalar, type Tensor } from '../../src/tensor/tensor.ts';
import { normals } from '../arbitrary/keys.ts';
import { byDifferences, byDuals, type Objective } from '../gradient/directional.ts';
import type { Verdict } from '../law.ts';
import { f64, type LossSample, norm, numbers } from './sample.ts';

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

/** The unit roundoff of f64. */
const U = 2 ** -53;

/** What the terms of each example are multiplied by in the loss: its weight, over all weights where it is a mean. */
const shares = ({ loss, weights }: LossSample): readonly number[] => {
  const all = numbers(weights);
  const total = loss.reduction === 'sum' ? 1 : all.reduce((sum, weight) => sum + weight, 0);
  return all.map((weight) => weight / total);
};

const termsOf = ({ terms }: LossSample, example: number): number => terms?.[example] ?? 0;

/** The weighted loss as a function of the prediction, and the terms that are added up to it. */
const objective = (sample: LossSample): Objective => {
  const { loss, target, weights } = sample;
  const share = shares(sample);
  const [batch] = weights.shape;
  const shared = generate('f64', [batch ?? 0], (i) => share[i] ?? NaN);
  const beside = generate('f64', [batch ?? 0], (i) => (share[i] ?? NaN) * termsOf(sample, i));
  return ({ ops, constant }, [prediction]) => {
    if (prediction === undefined) throw new Error('objective: no prediction');
    const { values } = loss.costs(ops, prediction, constant(target));
    return {
      value: value(ops, loss, prediction, constant(target), constant(weights)).value,
      terms: ops.concatenate(0, [multiply(ops, values, constant(shared)), constant(beside)]),
    };
  };
};

/** The number that the gradient is multiplied by: not 1, so that a pullback that forgets it shows. */
const cotangent = (key: Key.Key): number => normals([], Key.foldIn(8)(key), 3).data[0] ?? NaN;

/** A derivative of the loss, and how far off rounding may have brought it. */
interface Derivative {
  readonly derivative: number;
  readonly floor: number;
}

/**
 * Ridders's estimate takes each value as rounded once, by u of its terms. A value is the outcome of fewer than 2⁵
 * operations in a row that each err by at most 2 ulp of these: 2⁶ times as much.
 */
export const fromDifferences = (sample: LossSample, direction: Tensor): Derivative | undefined => {
  const estimate = byDifferences(objective(sample), random('f64', sample.key), [sample.prediction], [direction]);
  return estimate === undefined ? undefined : { derivative: estimate.derivative, floor: 2 ** 6 * estimate.error };
};

/** Dual numbers err by no step: what is left is the rounding of the terms, by as many operations, in either of the two. */
export const fromDuals = (sample: LossSample, direction: Tensor): Derivative => {
  const { values } = sample.loss.costs(f64, sample.prediction, sample.target);
  const terms = shares(sample).reduce(
    (sum, share, i) => sum + share * (Math.abs(values.data[i] ?? NaN) + termsOf(sample, i)),
    0,
  );
  return {
    derivative: byDuals(objective(sample), random('f64', sample.key), [sample.prediction], [direction]),
    floor: 2 ** 7 * U * terms * norm(numbers(direction)),
  };
};

/** Less than this part of ‖gradient‖·‖direction‖ must be in doubt, or a sample says nothing. */
const DOUBT = 1e-3;

/** Compares with a derivative along a random direction. The error is relative to ‖gradient‖·‖direction‖, beside the floor. */
export const along = (
  sample: LossSample,
  relative: number,
  derive: (sample: LossSample, direction: Tensor) => Derivative | undefined,
): Verdict | 'excluded' => {
  const { loss, prediction, target, weights, key } = sample;
  const direction = normals(prediction.shape, Key.foldIn(7)(key));
  const found = derive(sample, direction);
  if (found === undefined) return 'excluded';
  const by = cotangent(key);
  const gradient = numbers(value(f64, loss, prediction, target, weights).pullback(scalar('f64', by)));
  const [expected, received] = [by * found.derivative, dot(gradient, numbers(direction))];
  const size = norm(gradient) * norm(numbers(direction));
  const floor = Math.abs(by) * found.floor;
  const tolerance = relative * size + floor;
  if (Math.abs(expected - received) > tolerance || Number.isNaN(expected) || Number.isNaN(received))
    return {
      expected: `${expected}`,
      received: `${received}`,
      tolerance: `${tolerance} = ${relative}·‖gradient‖·‖direction‖ + ${floor} for the rounding of the terms`,
    };
  return floor <= DOUBT * Math.max(size, Math.abs(expected)) ? undefined : 'excluded';
};
