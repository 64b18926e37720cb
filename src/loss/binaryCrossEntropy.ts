/** Cross-entropy of yes-or-no questions, from probabilities and from logits. */
import { abs, add, ifLess, input, log, log1p, multiply, negate, sigmoid, softplus, subtract } from '../scalar/expr.ts';
import { elementwise, unitInterval } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';
import { bounded, type FromProbabilities, weighed } from './probability.ts';

const target = input('target');
const logit = input('prediction');

/**
 * Binary cross-entropy from probabilities, the mean over the components of an example of −t·log p − (1 − t)·log(1 − p).
 * Prediction p and target t (from 0 to 1) have one shape [batch, …].
 *
 * Nothing is clamped unless `epsilon` says so: what has probability 0 and happens anyway costs ∞ (0·log 0 is 0), and
 * training ends with a failure that says so. Keras takes ε = 1e-7. A network that ends in a sigmoid reaches probability 1
 * exactly; `binaryCrossEntropyWithLogits` on what goes into that sigmoid does not have the problem.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const [ops, no, yes] = [Ops.reference('f64'), Tensor.zeros('f64', [1, 1]), Tensor.full('f64', [1, 1], 1)];
 * Tensor.toArray(Loss.value(ops, Loss.binaryCrossEntropy(), no, yes).value) // => [Infinity]
 * Tensor.at()(Loss.value(ops, Loss.binaryCrossEntropy({ epsilon: 1e-7 }), no, yes).value) < 17 // => true
 * ```
 */
export const binaryCrossEntropy = ({ epsilon = 0, reduction = 'mean' }: FromProbabilities = {}): Loss => {
  const kind = 'binaryCrossEntropy';
  const probability = bounded(kind, input('prediction'), epsilon);
  return elementwise({
    description: { kind, epsilon, reduction },
    reduction,
    cost: add(
      weighed(target, negate(log(probability))),
      weighed(subtract(1, target), negate(log1p(negate(probability)))),
    ),
    join: 'mean',
    target: unitInterval,
  });
};

/**
 * Binary cross-entropy from logits x, where p = sigmoid(x): the mean over the components of an example of
 * softplus(−|x|) + |x|·(t where x < 0, else 1 − t). All terms are of one sign, so nothing cancels or overflows; the
 * derivative is sigmoid(x) − t. Prediction x and target t (from 0 to 1) have one shape [batch, …].
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const logit = Tensor.full('f32', [1, 1], -10000);
 * const loss = Loss.value(Ops.reference('f32'), Loss.binaryCrossEntropyWithLogits(), logit, Tensor.full('f32', [1, 1], 1));
 * Tensor.toArray(loss.value) // => [10000]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f32', 1))) // => [-1]
 * ```
 */
export const binaryCrossEntropyWithLogits = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'binaryCrossEntropyWithLogits', reduction },
    reduction,
    cost: add(softplus(negate(abs(logit))), multiply(abs(logit), ifLess(logit, 0, target, subtract(1, target)))),
    slope: subtract(sigmoid(logit), target),
    join: 'mean',
    target: unitInterval,
  });
