/** Derivatives along a direction, of any number that is computed in the tensor algebra, by two independent ways. */
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { sameWay, traced } from './branches.ts';
import { type Dual, duals, still, stillRandom } from './dual.ts';
import { type Estimate, ridders, type Sample } from './ridders.ts';

/** What an interpreter gives a computation beside the points: its algebra, a way to bring in constants, and draws. */
export interface Interpreter<T> {
  readonly ops: Ops<T>;
  readonly constant: (x: Tensor) => T;
  readonly random: Random<T>;
}

/** A number, of shape [], computed from some tensors; `terms` are what is added up to it. */
export type Objective = <T>(
  interpreter: Interpreter<T>,
  points: readonly T[],
) => { readonly value: T; readonly terms: T };

/** x + t·v. */
const move = (x: Tensor, t: number, v: Tensor | undefined): Tensor =>
  generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + t * (v?.data[i] ?? NaN));

/** The first steps that are tried: a smaller one where a kink lies within a larger one's reach. */
const STEPS = [2 ** -3, 2 ** -6, 2 ** -9, 2 ** -12, 2 ** -15];
/** A relative error with which no other step is tried. */
const GOOD = 1e-10;

/** The derivative of an objective along a direction by Ridders's extrapolation in f64; `undefined` where a kink lies
 * within the smallest stencil too. Steps are relative to the
 * direction's greatest component. */
export const byDifferences = (
  objective: Objective,
  random: Random<Tensor>,
  points: readonly Tensor[],
  direction: readonly Tensor[],
): Estimate | undefined => {
  const run = (t: number) =>
    traced('f64', (ops) =>
      objective(
        { ops, constant: (x) => x, random },
        points.map((x, i) => move(x, t, direction[i])),
      ),
    );
  const { trace: centre } = run(0);
  const greatest = Math.max(...direction.flatMap(({ data }) => Array.from(data, Math.abs)), 2 ** -500);
  let best: Estimate | undefined;
  for (const step of STEPS) {
    const h = step / greatest;
    const crossed = { kink: false };
    const sample = (t: number): Sample => {
      const { result, trace } = run(t);
      if (!sameWay(centre, trace)) crossed.kink = true;
      return {
        value: result.value.data[0] ?? NaN,
        magnitude: Array.from(result.terms.data).reduce((sum, x) => sum + Math.abs(x), 0),
      };
    };
    // The widest points first: most kinks show there.
    sample(h);
    sample(-h);
    if (crossed.kink) continue;
    const estimate = ridders(sample, h);
    if (crossed.kink) continue;
    if (best === undefined || estimate.error < best.error) best = estimate;
    // Where the function bends within reach of a wide stencil, a narrow one does better.
    if (best.error <= GOOD * Math.abs(best.derivative)) break;
  }
  return best;
};

/** The derivative of an objective along a direction by dual numbers. */
export const byDuals = (
  objective: Objective,
  random: Random<Tensor>,
  points: readonly Tensor[],
  direction: readonly Tensor[],
): number => {
  const given: readonly Dual[] = points.map((value, i) => ({ value, tangent: direction[i] ?? value }));
  const { value } = objective({ ops: duals, constant: still, random: stillRandom(random) }, given);
  return value.tangent.data[0] ?? NaN;
};
