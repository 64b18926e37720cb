/** Laws of second derivatives: what is right to first order alone is seen. */
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import { add, multiply, subtract } from '../../../src/ops/derived.ts';
import * as Key from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { keys, normals } from '../../arbitrary/keys.ts';
import { all, holds, type LawSet, law, lawSet, nearTensor } from '../../law.ts';
import { checkProducts } from '../check.ts';
import { checkClaim } from '../check-claim.ts';
import type { Claim } from '../claim.ts';
import { type Computation, computationAt } from '../computation.ts';
import { byDualNumbers, byRidders } from '../judge.ts';
import { checkHessian, checkSymmetry, hessianProduct, secondDerivative } from '../second-order.ts';
import { claimOf } from './networks.ts';
import { U } from './table.ts';

/** Σᵢⱼ Aᵢⱼxᵢxⱼ²: its gradient is (A x²)ᵢ + 2xᵢ(Aᵀx)ᵢ, its Hessian 2Aᵢⱼxⱼ + 2Aⱼᵢxᵢ + 2δᵢⱼ(Aᵀx)ᵢ. */
const N = 3;

const cubic = (a: Tensor) => {
  const gradient: Computation = ({ ops, constant }, [x = constant(a)]) => {
    const [matrix, column] = [constant(a), ops.reshape([N, 1], x)];
    const left = ops.matmul(matrix, multiply(ops, column, column));
    const right = ops.matmul(ops.transpose([1, 0], matrix), column);
    return [ops.reshape([N], add(ops, left, multiply(ops, ops.scalar(2), multiply(ops, column, right))))];
  };
  const hessian = (x: Tensor): Tensor => {
    const [at, entry] = [(i: number) => x.data[i] ?? NaN, (i: number, j: number) => a.data[N * i + j] ?? NaN];
    const diagonal = (j: number) => 2 * [0, 1, 2].reduce((sum, i) => sum + entry(i, j) * at(i), 0);
    return generate('f64', [N, N], (k) => {
      const [i, j] = [Math.floor(k / N), k % N];
      return 2 * entry(i, j) * at(j) + 2 * entry(j, i) * at(i) + (i === j ? diagonal(i) : 0);
    });
  };
  return { gradient, hessian };
};

/** A gradient that is right at the points themselves, and moves wrongly with them: by `matrix` more. */
const drifting = (claim: Claim, matrix: (n: number, i: number, j: number) => number): Claim => ({
  ...claim,
  gradient: (interpreter, points) => {
    const { ops, constant } = interpreter;
    return claim.gradient(interpreter, points).map((gradient, leaf) => {
      const [at, from] = [points[leaf], claim.points[leaf]];
      if (at === undefined || from === undefined) return gradient;
      const n = from.data.length;
      const moved = ops.reshape([n, 1], subtract(ops, at, constant(from)));
      const by = constant(generate('f64', [n, n], (k) => matrix(n, Math.floor(k / n), k % n)));
      return add(ops, gradient, ops.reshape(from.shape, ops.matmul(by, moved)));
    });
  },
});

const network = Layer.sequential(Layer.dense(2, 3), Activation.tanh, Layer.dense(3, 2), Layer.softmax);

const symmetryOf = (claim: Claim) => checkSymmetry(computationAt(claim.gradient, claim.points, claim));

export const secondLaws: LawSet = lawSet('second order', [
  law('a Hessian that is known', 'products with it by dual numbers over the gradient, within rounding', keys, (key) => {
    const [a, x, v] = [[N, N], [N], [N]].map((shape, i) => normals(shape, Key.foldIn(i)(key)));
    if (a === undefined || x === undefined || v === undefined) return undefined;
    const { gradient, hessian } = cubic(a);
    const matrix = hessian(x);
    const [product] = hessianProduct(gradient, [x])([v]);
    const expected = generate('f64', [N], (i) =>
      [0, 1, 2].reduce((sum, j) => sum + (matrix.data[N * i + j] ?? NaN) * (v.data[j] ?? NaN), 0),
    );
    return nearTensor(
      expected,
      product ?? x,
      'H·v',
      20 * U * 2 ** 9,
      '20 roundings of products of three numbers below 2³',
    );
  }),
  law(
    'right at the point, wrong beside it',
    'a gradient with a derivative that is off passes to first order and is seen to second',
    keys,
    (key) => {
      const right = claimOf(network, 2, key);
      const wrong = drifting(right, (_, i, j) => (i === j ? 0.001 : 0));
      return all(
        holds(checkClaim(wrong, { judge: byDualNumbers }).relativeError <= 1e-12, 'first order', 'seen'),
        holds(checkHessian(right).relativeError <= 1e-12, 'acquitted', `${checkHessian(right).relativeError}`),
        holds(checkHessian(wrong).relativeError >= 1e-7, 'seen', `${checkHessian(wrong).relativeError}`),
      );
    },
    { runs: 10 },
  ),
  law(
    'the derivative of no gradient',
    'a turn is seen by its lack of symmetry alone; a symmetric fault is not, and is seen by differences',
    keys,
    (key) => {
      const right = claimOf(network, 2, key);
      const turned = drifting(right, (n, i, j) => (i === 0 && j === n - 1 ? 0.1 : j === 0 && i === n - 1 ? -0.1 : 0));
      return all(
        holds(symmetryOf(right).relativeError <= 1e-12, 'acquitted', `${symmetryOf(right).relativeError}`),
        holds(symmetryOf(turned).relativeError >= 1e-6, 'seen', `${symmetryOf(turned).relativeError}`),
      );
    },
    { runs: 10 },
  ),
  law(
    'without dual numbers',
    'the Hessian of the pullback by Ridders’s extrapolation is that by dual numbers; a wrong product is seen',
    keys,
    (key) => {
      const { gradient, points, ...options } = claimOf(network, 2, key);
      const at = computationAt(gradient, points, options);
      const product = (by: number) => (v: readonly number[]) => (at.dual?.(v) ?? []).map((value) => by * value);
      const [right, wrong] = [1, 1.0001].map((by) => checkProducts(at, product(by), { judge: byRidders }));
      return all(
        holds((right?.relativeError ?? NaN) <= 1e-9, 'at most 1e-9', `${right?.relativeError}`),
        holds((wrong?.relativeError ?? NaN) >= 1e-6, 'at least 1e-6', `${wrong?.relativeError}`),
      );
    },
    { runs: 5 },
  ),
  law(
    'either direction first',
    '∂²F/∂u∂v = ∂²F/∂v∂u by dual numbers of dual numbers',
    keys,
    (key) => {
      const { objective, points, random } = claimOf(network, 2, key);
      const [u, v] = [50, 80].map((from) => points.map(({ shape }, i) => normals(shape, Key.foldIn(from + i)(key))));
      if (u === undefined || v === undefined) return undefined;
      const [one, other] = [
        secondDerivative(objective, points, u, v, random),
        secondDerivative(objective, points, v, u, random),
      ];
      return holds(Math.abs(one - other) <= 1e-11 * (1 + Math.abs(one)), `${one}`, `${other}`);
    },
    { runs: 10 },
  ),
]);
