/**
 * The gradient of a network's loss, held against differences: what a report shows of a trained network.
 */
import type { Network } from '../../src/layer/network.ts';
import type { Loss } from '../../src/loss/loss.ts';
import * as Key from '../../src/tensor/key.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import type { CheckOptions } from './check.ts';
import { claimedGradient } from './check-claim.ts';
import { networkClaim } from './claim.ts';
import { compared, type Exclusion, type Pair } from './compared.ts';
import { objectiveAt } from './computation.ts';
import { norm } from './differentiable.ts';
import { byRidders } from './judge.ts';

/** How one parameter's gradient compares. */
export interface ParameterCheck {
  readonly path: string;
  readonly shape: Shape;
  /** How many of its numbers were checked. */
  readonly checked: number;
  /** How many more were excluded, because a kink lies within reach of the differences. */
  readonly excluded: number;
  /** ‖by differences − by pullback‖ over the greater of the parameter's ‖gradient‖ and a thousandth of the whole one's. */
  readonly relativeError: number;
}

/** How a network's gradient compares. */
export interface GradientCheck {
  readonly parameters: readonly ParameterCheck[];
  readonly checked: number;
  readonly excluded: number;
  /** Each number that was excluded, and why. */
  readonly exclusions: readonly Exclusion[];
  /** ‖by differences − by pullback‖/‖by differences‖ over all numbers that were checked. */
  readonly relativeError: number;
  /** What rounding alone may have made of it: no pullback can do better. */
  readonly noise: number;
}

export interface GradientCheckOptions extends CheckOptions {
  /** How many numbers of each parameter are checked, drawn by the key; 64 unless given. */
  readonly coordinates?: number;
  /** Draws the numbers that are checked, and dropout's masks. */
  readonly key?: Key.Key;
}

/** The least part of the whole gradient that a parameter's error is relative to. */
const FLOOR = 1e-3;
/** The part of the whole gradient that a judge need not be certain beyond. */
const ENOUGH = 1e-12;

/**
 * The gradient of the loss of a network in training at a batch (inputs [batch, …], targets as the loss takes them), by
 * its pullback against a judge, Ridders's extrapolated differences unless given, everything in f64. Those cost some 16
 * forward passes a number.
 *
 * @example
 * ```ts
 * import { Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import { checkGradient } from 'nabla-ts/laws';
 * const network = Network.init(Layer.dense(2, 1), Key.fromSeed(1));
 * const [x, target] = [Tensor.full('f64', [3, 2], 0.5), Tensor.zeros('f64', [3, 1])];
 * checkGradient(network, Loss.squaredError(), x, target).relativeError < 1e-8 // => true
 * ```
 */
export const checkGradient = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  network: Network<In, Out, P, S>,
  loss: Loss,
  inputs: Tensor,
  targets: Tensor,
  { coordinates = 64, key = Key.fromSeed(0), judge = byRidders }: GradientCheckOptions = {},
): GradientCheck => {
  const claim = networkClaim(network, loss, inputs, targets, { key: Key.foldIn(0)(key) });
  const received = claimedGradient(claim);
  const scale = norm(received);
  const at = objectiveAt(claim.objective, claim.points, claim);
  let next = 0;
  const parameters = claim.points.map(({ shape }, leaf) => {
    const start = next;
    next += size(shape);
    const chosen = Key.permutation(size(shape))(Key.foldIn(leaf + 1)(key)).slice(0, coordinates);
    const pairs = chosen.flatMap((within): readonly Pair[] => {
      const i = start + within;
      const direction = at.point.map((_, other) => (other === i ? 1 : 0));
      return judge
        .along(at, direction, ENOUGH * scale)
        .map((expected) => ({ where: at.names[i] ?? '', expected, received: received[i] ?? NaN }));
    });
    return { path: claim.names[leaf] ?? '', shape, pairs };
  });
  const whole = compared(
    judge,
    parameters.flatMap(({ pairs }) => pairs),
  );
  return {
    parameters: parameters.map(({ path, shape, pairs }) => {
      const own = norm(pairs.map((pair) => pair.received));
      const { checked, excluded, relativeError } = compared(judge, pairs, Math.max(own, FLOOR * scale));
      return { path, shape, checked, excluded: excluded.length, relativeError };
    }),
    checked: whole.checked,
    excluded: whole.excluded.length,
    exclusions: whole.excluded,
    relativeError: whole.relativeError,
    noise: whole.noise,
  };
};
