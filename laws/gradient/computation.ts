/** Functions of tensors written in the tensor algebra, as what can be checked: by differences and by dual numbers. */
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { random as randomOf } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Key from '../../src/tensor/key.ts';
import { size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { traced } from './branches.ts';
import type { Differentiable } from './differentiable.ts';
import { type Dual, dualsOver, still, stillRandom } from './dual.ts';

/** What an interpreter gives a computation beside the points: its algebra, a way to bring in constants, and draws. */
export interface Interpreter<T> {
  readonly ops: Ops<T>;
  readonly constant: (x: Tensor) => T;
  readonly random: Random<T>;
}

/** Some tensors computed from some tensors, in whatever algebra it is given. */
export type Computation = <T>(interpreter: Interpreter<T>, points: readonly T[]) => readonly T[];

/** A number, of shape [], computed from some tensors; `terms` are what is added up to it. */
export type Objective = <T>(
  interpreter: Interpreter<T>,
  points: readonly T[],
) => { readonly value: T; readonly terms: T };

/** How a computation is run: its draws, and what its points are called in a report. */
export interface ComputationOptions {
  readonly random?: Random<Tensor>;
  readonly names?: readonly string[];
}

/** The numbers of some tensors, one after another. */
export const numbersOf = (tensors: readonly Tensor[]): readonly number[] =>
  tensors.flatMap(({ data }) => Array.from(data));

/** A list of numbers as tensors of the shapes of others. */
export const shapedAs = (like: readonly Tensor[], numbers: readonly number[]): readonly Tensor[] => {
  let start = 0;
  return like.map(({ shape }) => {
    const from = start;
    start += size(shape);
    return generate('f64', shape, (i) => numbers[from + i] ?? NaN);
  });
};

/** Where element i of a tensor stands: `weight[0,3]`. */
const elementName = (name: string, { shape }: Tensor, i: number): string => {
  const place = shape.map((n, axis) => Math.floor(i / size(shape.slice(axis + 1))) % n);
  return place.length === 0 ? name : `${name}[${place.join(',')}]`;
};

/** The interpreter of tensors in f64. */
export const plainInterpreter = (ops: Ops<Tensor>, random: Random<Tensor>): Interpreter<Tensor> => ({
  ops,
  constant: (x) => x,
  random,
});

/** The interpreter of dual numbers over another. */
export const dualInterpreter = <T>({ ops, constant, random }: Interpreter<T>): Interpreter<Dual<T>> => ({
  ops: dualsOver(ops),
  constant: (x) => still(constant(x)),
  random: stillRandom(random),
});

/** The draws of what draws nothing. */
export const noDraws = randomOf('f64', Key.fromSeed(0));

/** A computation and, of one to a single number, the terms that are added up to it. */
type Run = <T>(
  interpreter: Interpreter<T>,
  points: readonly T[],
) => { readonly values: readonly T[]; readonly terms?: T };

const differentiable = (run: Run, points: readonly Tensor[], options: ComputationOptions): Differentiable => {
  const { random = noDraws, names = points.map((_, i) => `points[${i}]`) } = options;
  return {
    point: numbersOf(points),
    names: points.flatMap((tensor, i) =>
      Array.from(tensor.data, (_, at) => elementName(names[i] ?? `points[${i}]`, tensor, at)),
    ),
    notes: true,
    read: (x) => {
      const { result, trace } = traced('f64', (ops) => run(plainInterpreter(ops, random), shapedAs(points, x)));
      const values = numbersOf(result.values);
      const terms = result.terms && Array.from(result.terms.data).reduce((sum, term) => sum + Math.abs(term), 0);
      return { values, magnitudes: values.map((value) => terms ?? Math.abs(value)), trace };
    },
    dual: (direction) => {
      const rates = shapedAs(points, direction);
      const given = points.map((value, i): Dual<Tensor> => ({ value, tangent: rates[i] }));
      const { values } = run(dualInterpreter(plainInterpreter(reference('f64'), random)), given);
      return numbersOf(values.map(({ value, tangent }) => tangent ?? generate('f64', value.shape, () => 0)));
    },
  };
};

/**
 * A number computed in the tensor algebra, at some points in f64.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * import { checkJacobian, objectiveAt } from 'nabla-ts/laws';
 * const squares = objectiveAt(
 *   ({ ops }, [x = ops.iota(0)]) => {
 *     const terms = Ops.multiply(ops, x, x);
 *     return { value: Ops.total(ops, terms), terms };
 *   },
 *   [Tensor.generate('f64', [3], (i) => i)],
 * );
 * checkJacobian(squares, [[0, 2, 4]]).relativeError < 1e-12 // => true
 * ```
 */
export const objectiveAt = (
  objective: Objective,
  points: readonly Tensor[],
  options: ComputationOptions = {},
): Differentiable =>
  differentiable(
    (interpreter, given) => {
      const { value, terms } = objective(interpreter, given);
      return { values: [value], terms };
    },
    points,
    options,
  );

/**
 * Tensors computed in the tensor algebra, at some points in f64: all their numbers, one after another.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * import { checkJacobian, computationAt } from 'nabla-ts/laws';
 * const x = Tensor.generate('f64', [2], (i) => i + 1);
 * const square = computationAt(({ ops }, [at = ops.iota(0)]) => [Ops.multiply(ops, at, at)], [x]);
 * checkJacobian(square, [[2, 0], [0, 4]]).relativeError < 1e-12 // => true
 * ```
 */
export const computationAt = (
  computation: Computation,
  points: readonly Tensor[],
  options: ComputationOptions = {},
): Differentiable =>
  differentiable((interpreter, given) => ({ values: computation(interpreter, given) }), points, options);
