/** The derivative of a gradient: products with the Hessian by dual numbers over a pullback, and what holds of any Hessian. */
import type { Random } from '../../src/ops/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { type DirectionOptions, directionOf } from './check.ts';
import type { Claim } from './claim.ts';
import { compared, type DerivativeCheck } from './compared.ts';
import {
  type Computation,
  type ComputationOptions,
  computationAt,
  dualInterpreter,
  noDraws,
  type Objective,
  plainInterpreter,
  shapedAs,
} from './computation.ts';
import { type Differentiable, dot, norm } from './differentiable.ts';
import { still } from './dual.ts';
import { byDualNumbers, byRidders, type Derivative, type Judge } from './judge.ts';

/**
 * H·direction, where H is the Hessian of whatever `gradient` is the gradient of: dual numbers over the pullback, one pass
 * for all of it.
 *
 * @example
 * ```ts
 * import { Expr, Tensor } from 'nabla-ts';
 * import { hessianProduct } from 'nabla-ts/laws';
 * // The gradient of Σx³, written by hand, and its Hessian diag(6x) times (1, 1).
 * const gradient = hessianProduct(
 *   ({ ops }, [x = ops.iota(0)]) => [ops.map(Expr.multiply(3, Expr.multiply(Expr.input('x'), Expr.input('x'))), { x })],
 *   [Tensor.generate('f64', [2], (i) => i + 1)],
 * );
 * gradient([Tensor.full('f64', [2], 1)]).map(Tensor.toArray) // => [[6, 12]]
 * ```
 */
export const hessianProduct =
  (gradient: Computation, points: readonly Tensor[], options: ComputationOptions = {}) =>
  (direction: readonly Tensor[]): readonly Tensor[] => {
    const product = computationAt(gradient, points, options).dual?.(direction.flatMap(({ data }) => Array.from(data)));
    return shapedAs(points, product ?? []);
  };

/**
 * The second derivative of an objective along two directions, uᵀHv, by dual numbers of dual numbers: no gradient is used,
 * so a gradient's derivative can be held against it.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * import { secondDerivative } from 'nabla-ts/laws';
 * const one = [Tensor.scalar('f64', 1)];
 * secondDerivative(
 *   ({ ops }, [x = ops.scalar(0)]) => ({ value: Ops.multiply(ops, x, Ops.multiply(ops, x, x)), terms: x }),
 *   [Tensor.scalar('f64', 2)], one, one,
 * ) // => 12
 * ```
 */
export const secondDerivative = (
  objective: Objective,
  points: readonly Tensor[],
  u: readonly Tensor[],
  v: readonly Tensor[],
  random: Random<Tensor> = noDraws,
): number => {
  const given = points.map((value, i) => {
    const rate = v[i];
    return { value: { value, tangent: u[i] }, tangent: rate && still(rate) };
  });
  const { value } = objective(dualInterpreter(dualInterpreter(plainInterpreter(reference('f64'), random))), given);
  return value.tangent?.tangent?.data[0] ?? 0;
};

/** Σ uᵢ·(J·v)ᵢ with what is uncertain of it, and ‖J·v‖; or why it cannot be told. */
const paired = (
  found: readonly Derivative[],
  u: readonly number[],
): { readonly product: Derivative; readonly size: number } => {
  const estimates = found.flatMap((of) => (of.tag === 'found' ? [of.estimate] : []));
  const excluded = found.find((of) => of.tag === 'excluded');
  const sizes = u.map(Math.abs);
  const along = (of: 'derivative' | 'error' | 'noise', by: readonly number[]): number =>
    dot(
      by,
      estimates.map((estimate) => estimate[of]),
    );
  return {
    product: excluded ?? {
      tag: 'found',
      estimate: { derivative: along('derivative', u), error: along('error', sizes), noise: along('noise', sizes) },
    },
    size: norm(estimates.map(({ derivative }) => derivative)),
  };
};

/** The same derivative, as uncertain as both. */
const uncertainAs = (one: Derivative, other: Derivative): Derivative =>
  one.tag === 'excluded'
    ? one
    : other.tag === 'excluded'
      ? other
      : {
          tag: 'found',
          estimate: {
            derivative: one.estimate.derivative,
            error: one.estimate.error + other.estimate.error,
            noise: one.estimate.noise + other.estimate.noise,
          },
        };

/**
 * Whether the derivative J of a claimed gradient is symmetric, as that of every gradient is: ⟨u, J·v⟩ against ⟨v, J·u⟩ for
 * random u and v. What it is the gradient of need not be known: a field that is the gradient of nothing is seen by itself.
 * The error is relative to ‖u‖·‖J·v‖ or ‖v‖·‖J·u‖, the greater. J·v is by dual numbers where the gradient can be computed
 * with them, else by Ridders's extrapolation, unless a judge is given.
 *
 * @example
 * ```ts
 * import { checkSymmetry, plainFunction } from 'nabla-ts/laws';
 * checkSymmetry(plainFunction(([x = 0, y = 0]) => [2 * x * y, x * x], [3, 5])).relativeError < 1e-12 // => true
 * checkSymmetry(plainFunction(([x = 0, y = 0]) => [2 * x * y, x], [3, 5])).relativeError > 1e-2 // => true
 * ```
 */
export const checkSymmetry = (
  gradient: Differentiable,
  {
    judge = gradient.dual === undefined ? byRidders : byDualNumbers,
    directions = 3,
    key = Key.fromSeed(0),
  }: DirectionOptions = {},
): DerivativeCheck => {
  const n = gradient.point.length;
  const products = Array.from({ length: directions }, (_, i) => {
    const [u, v] = [directionOf(n, Key.foldIn(2 * i)(key)), directionOf(n, Key.foldIn(2 * i + 1)(key))];
    const [right, left] = [paired(judge.along(gradient, v), u), paired(judge.along(gradient, u), v)];
    return {
      size: Math.max(norm(u) * right.size, norm(v) * left.size),
      where: `⟨u, J·v⟩ for directions ${i}`,
      expected: uncertainAs(left.product, right.product),
      received: right.product.tag === 'found' ? right.product.estimate.derivative : NaN,
    };
  });
  return compared(judge, products, norm(products.map(({ size }) => size)));
};

/**
 * Holds the derivative of a claimed gradient, uᵀHv by dual numbers over the pullback, against dual numbers of dual numbers
 * over the number itself, for random u and v. The error is relative to ‖u‖·‖Hv‖.
 *
 * @example
 * ```ts
 * import { Activation, Key, Layer, Network, Tensor } from 'nabla-ts';
 * import { checkHessian, layerClaim } from 'nabla-ts/laws';
 * const layer = Layer.sequential(Layer.dense(2, 2), Activation.tanh);
 * const [x, dy] = [Tensor.full('f64', [3, 2], 0.5), Tensor.full('f64', [3, 2], 2)];
 * checkHessian(layerClaim({ ...Network.init(layer, Key.fromSeed(1), 'f64'), x }, dy)).relativeError < 1e-13 // => true
 * ```
 */
export const checkHessian = (
  { objective, gradient, points, random, names }: Claim,
  { directions = 3, key = Key.fromSeed(0) }: Omit<DirectionOptions, 'judge'> = {},
): DerivativeCheck => {
  const at = computationAt(gradient, points, { random, names });
  const judge: Judge = { ...byDualNumbers, name: 'dual numbers of dual numbers' };
  const products = Array.from({ length: directions }, (_, i) => {
    const draw = (which: number) => directionOf(at.point.length, Key.foldIn(2 * i + which)(key));
    const [u, v] = [draw(0), draw(1)];
    const second = secondDerivative(objective, points, shapedAs(points, u), shapedAs(points, v), random);
    const { product, size } = paired(judge.along(at, v), u);
    return {
      size: norm(u) * size,
      where: `uᵀHv for directions ${i}`,
      expected:
        product.tag === 'excluded'
          ? product
          : ({ tag: 'found', estimate: { derivative: second, error: 0, noise: 0 } } as const),
      received: product.tag === 'found' ? product.estimate.derivative : NaN,
    };
  });
  return compared(judge, products, norm(products.map(({ size }) => size)));
};
