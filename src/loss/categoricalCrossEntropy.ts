/** Cross-entropy between classes, from probabilities. */
import { input, log, negate } from '../scalar/expr.ts';
import { classwise } from './classes.ts';
import type { Loss } from './loss.ts';
import { bounded, type FromProbabilities, weighed } from './probability.ts';

/**
 * Categorical cross-entropy from probabilities: an example costs −Σⱼ tⱼ·log pⱼ; where there are several positions to an
 * example, their mean is its cost. Prediction p and target t (one-hot, or any distribution) have one shape
 * [batch, …, classes]. The probabilities are not normalised here. For integer labels see `fromLabels`.
 *
 * Nothing is clamped unless `epsilon` says so: a true class of probability 0 costs ∞ (0·log 0 is 0). After a softmax,
 * `softmaxCrossEntropy` on what went into it is the same function without that edge.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const certain = Tensor.generate('f64', [1, 2], (i) => i);
 * const loss = Loss.value(Ops.reference('f64'), Loss.categoricalCrossEntropy(), certain, certain);
 * Tensor.toArray(loss.value) // => [0]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [0, -1]
 * ```
 */
export const categoricalCrossEntropy = ({ epsilon = 0, reduction = 'mean' }: FromProbabilities = {}): Loss => {
  const kind = 'categoricalCrossEntropy';
  return classwise({
    description: { kind, epsilon, reduction },
    reduction,
    cost: weighed(input('target'), negate(log(bounded(kind, input('prediction'), epsilon)))),
  });
};
