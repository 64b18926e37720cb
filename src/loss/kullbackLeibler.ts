/** The divergence of a distribution from the true one. */
import { input, log, subtract } from '../scalar/expr.ts';
import { classwise } from './classes.ts';
import type { Loss } from './loss.ts';
import { bounded, type FromProbabilities, weighed } from './probability.ts';

/**
 * Kullback–Leibler divergence: an example costs Σⱼ tⱼ·(log tⱼ − log pⱼ); where there are several positions to an example,
 * their mean is its cost. Prediction p and target t, both distributions, have one shape [batch, …, classes]. It is 0
 * where they are equal, else positive; a class that is possible (t > 0) and has p = 0 costs ∞, unless `epsilon` says
 * otherwise. PyTorch's `KLDivLoss` takes log p.
 *
 * Source: S. Kullback and R. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22 (1951).
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const coin = Tensor.full('f64', [1, 2], 0.5);
 * const loss = Loss.value(Ops.reference('f64'), Loss.kullbackLeibler(), coin, coin);
 * Tensor.toArray(loss.value) // => [0]
 * ```
 */
export const kullbackLeibler = ({ epsilon = 0, reduction = 'mean' }: FromProbabilities = {}): Loss => {
  const kind = 'kullbackLeibler';
  const target = input('target');
  return classwise({
    description: { kind, epsilon, reduction },
    reduction,
    cost: weighed(target, subtract(log(target), log(bounded(kind, input('prediction'), epsilon)))),
  });
};
