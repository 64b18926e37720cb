/** The loss of a prediction that says how uncertain it is. */
import { divide } from '../ops/derived.ts';
import { add, exp, input, multiply, negate, subtract } from '../scalar/expr.ts';
import { show, size } from '../tensor/shape.ts';
import { finite, spread, sumOfEach } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

const difference = subtract(input('mean'), input('target'));
const precision = exp(negate(input('logVariance')));
const scaled = multiply(difference, precision);
const cost = multiply(0.5, add(input('logVariance'), multiply(difference, scaled)));
const toMean = multiply(input('dCost'), scaled);
const toLogVariance = multiply(input('dCost'), multiply(0.5, subtract(1, multiply(difference, scaled))));

/**
 * Gaussian negative log-likelihood: an example costs the mean over the components of its target t of
 * ½·(s + (μ − t)²·e^−s), with mean μ and logarithm of the variance s; the constant ½·log 2π is left out. The prediction
 * is [batch, …, 2n], the n means before the n logarithms, the target [batch, …, n]. Throws where the last axis is odd.
 *
 * Source: D. Nix and A. Weigend, Estimating the mean and variance of the target probability distribution, ICNN 1994.
 * PyTorch's `GaussianNLLLoss` takes the variance itself and clamps it.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * const prediction = Tensor.generate('f64', [1, 2], (i) => [5, 0][i] ?? 0);
 * const loss = Loss.value(ops, Loss.gaussianNegativeLogLikelihood(), prediction, Tensor.full('f64', [1, 1], 3));
 * Tensor.toArray(loss.value) // => [2]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [2, -1.5]
 * ```
 */
export const gaussianNegativeLogLikelihood = ({ reduction = 'mean' }: Reduced = {}): Loss => {
  const kind = 'gaussianNegativeLogLikelihood';
  return {
    description: { kind, reduction },
    reduction,
    expected: (shape) => {
      const width = shape.at(-1) ?? 0;
      if (shape.length < 2 || width % 2 !== 0 || size(shape.slice(1)) === 0)
        throw new RangeError(`${kind}: a prediction of shape ${show(shape)} where [batch, …, 2n] was expected`);
      return { shape: [...shape.slice(0, -1), width / 2], ...finite };
    },
    costs: (ops, prediction, target) => {
      const shape = ops.shape(target);
      const last = shape.length - 1;
      const width = shape[last] ?? 0;
      const inputs = {
        mean: ops.slice(last, 0, width, prediction),
        logVariance: ops.slice(last, width, 2 * width, prediction),
        target,
      };
      const components = ops.scalar(size(shape.slice(1)));
      return {
        values: divide(ops, sumOfEach(ops, ops.map(cost, inputs)), components),
        pullback: (dValues) => {
          const dCost = spread(ops, shape, divide(ops, dValues, components));
          return ops.concatenate(last, [
            ops.map(toMean, { mean: inputs.mean, logVariance: inputs.logVariance, target, dCost }),
            ops.map(toLogVariance, { ...inputs, dCost }),
          ]);
        },
      };
    },
  };
};
