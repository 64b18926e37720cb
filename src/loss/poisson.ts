/** Losses of counts: negative log-likelihoods of Poisson distributions. */
import { exp, input, log, multiply, subtract } from '../scalar/expr.ts';
import { elementwise, nonNegative } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';
import { weighed } from './probability.ts';

/**
 * Poisson loss: an example costs the mean over its components of λ − t·log λ, the negative logarithm of the probability
 * of the count t at the rate λ but for log t!, which does not depend on λ. It is least where λ = t. Prediction λ ≥ 0 and
 * target t ≥ 0 have one shape [batch, …]; a count at the rate 0 costs ∞ (0·log 0 is 0).
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * const loss = Loss.value(ops, Loss.poisson(), Tensor.full('f64', [1, 1], 1), Tensor.full('f64', [1, 1], 3));
 * Tensor.toArray(loss.value) // => [1]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-2]
 * ```
 */
export const poisson = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'poisson', reduction },
    reduction,
    cost: subtract(input('prediction'), weighed(input('target'), log(input('prediction')))),
    join: 'mean',
    target: nonNegative,
  });

/**
 * Poisson loss of the logarithm of the rate: an example costs the mean over its components of eˣ − t·x, for any number
 * x = log λ; the derivative is eˣ − t. Prediction x and target t ≥ 0 have one shape [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const ops = Ops.reference('f64');
 * const loss = Loss.value(ops, Loss.poissonWithLogRate(), Tensor.zeros('f64', [1, 1]), Tensor.full('f64', [1, 1], 3));
 * Tensor.toArray(loss.value) // => [1]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-2]
 * ```
 */
export const poissonWithLogRate = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'poissonWithLogRate', reduction },
    reduction,
    cost: subtract(exp(input('prediction')), multiply(input('target'), input('prediction'))),
    join: 'mean',
    target: nonNegative,
  });
