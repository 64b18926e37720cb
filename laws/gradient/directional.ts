/** Derivatives along a direction, of any number that is computed in the tensor algebra, by two independent ways. */
import type { Random } from '../../src/ops/random.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { type Objective, objectiveAt } from './computation.ts';
import type { Estimate } from './estimate.ts';
import { byRidders } from './judge.ts';

export type { Interpreter, Objective } from './computation.ts';

const flat = (tensors: readonly Tensor[]): readonly number[] => tensors.flatMap(({ data }) => Array.from(data));

/**
 * The derivative of an objective along a direction by Ridders's extrapolation in f64; `undefined` where a kink lies within
 * the smallest stencil too. Steps are relative to the direction's greatest component.
 *
 * @example
 * ```ts
 * import { Key, Ops, Tensor } from 'nabla-ts';
 * import { byDifferences } from 'nabla-ts/laws';
 * const one = [Tensor.scalar('f64', 1)];
 * const square = byDifferences(
 *   ({ ops }, [x = ops.scalar(0)]) => ({ value: Ops.multiply(ops, x, x), terms: x }),
 *   Ops.random('f64', Key.fromSeed(0)), one, one,
 * );
 * square !== undefined && Math.abs(square.derivative - 2) < 1e-12 // => true
 * ```
 */
export const byDifferences = (
  objective: Objective,
  random: Random<Tensor>,
  points: readonly Tensor[],
  direction: readonly Tensor[],
): Estimate | undefined => {
  const [found] = byRidders.along(objectiveAt(objective, points, { random }), flat(direction));
  return found?.tag === 'found' ? found.estimate : undefined;
};

/**
 * The derivative of an objective along a direction by dual numbers; NaN at a kink.
 *
 * @example
 * ```ts
 * import { Key, Ops, Tensor } from 'nabla-ts';
 * import { byDuals } from 'nabla-ts/laws';
 * const one = [Tensor.scalar('f64', 1)];
 * byDuals(
 *   ({ ops }, [x = ops.scalar(0)]) => ({ value: Ops.multiply(ops, x, x), terms: x }),
 *   Ops.random('f64', Key.fromSeed(0)), one, one,
 * ) // => 2
 * ```
 */
export const byDuals = (
  objective: Objective,
  random: Random<Tensor>,
  points: readonly Tensor[],
  direction: readonly Tensor[],
): number => objectiveAt(objective, points, { random }).dual?.(flat(direction))[0] ?? NaN;
