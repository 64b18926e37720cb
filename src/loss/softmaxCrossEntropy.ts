/** Cross-entropy between classes, from logits: the softmax and the logarithm in one, so that neither over- nor underflows. */
import { divide, exp, ifEqual, input, log, multiply, subtract } from '../scalar/expr.ts';
import { classesOf, meanOverPositions } from './classes.ts';
import { unitInterval } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

const shifted = subtract(input('logit'), input('greatest'));
const exponential = exp(shifted);
/** t·(log Σ − (x − max)), both terms of which are at least 0; an impossible class costs nothing, also where x is −∞. */
const term = ifEqual(input('target'), 0, 0, multiply(input('target'), subtract(log(input('sum')), shifted)));
const slope = multiply(
  input('dCost'),
  subtract(multiply(input('targets'), divide(input('exponential'), input('sum'))), input('target')),
);

/**
 * Softmax cross-entropy: an example costs −Σⱼ tⱼ·log softmax(x)ⱼ, computed as Σⱼ tⱼ·(log Σₖ e^(xₖ − max) − (xⱼ − max)).
 * Its derivative is softmax(x)·Σt − t. Prediction (logits) and target (one-hot, or any distribution) have one shape
 * [batch, …, classes]; where there are several positions to an example, their mean is its cost. For integer labels see
 * `fromLabels`.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const logits = Tensor.generate('f64', [1, 3], (i) => [0, 10000, -10000][i] ?? 0);
 * const oneHot = Tensor.generate('f64', [1, 3], (i) => (i === 0 ? 1 : 0));
 * const loss = Loss.value(Ops.reference('f64'), Loss.softmaxCrossEntropy(), logits, oneHot);
 * Tensor.toArray(loss.value) // => [10000]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-1, 1, 0]
 * ```
 */
export const softmaxCrossEntropy = ({ reduction = 'mean' }: Reduced = {}): Loss => {
  const kind = 'softmaxCrossEntropy';
  return {
    description: { kind, reduction },
    reduction,
    expected: (shape) => {
      classesOf(kind, shape);
      return { shape, ...unitInterval };
    },
    costs: (ops, prediction, target) => {
      const shape = ops.shape(prediction);
      const last = shape.length - 1;
      const wide = (x: typeof prediction) => ops.broadcast(shape, x);
      const greatest = wide(ops.max([last], prediction));
      const exponentials = ops.map(exponential, { logit: prediction, greatest });
      const sum = wide(ops.sum([last], exponentials));
      const { values, pullback } = meanOverPositions(ops, ops.map(term, { logit: prediction, greatest, sum, target }));
      return {
        values,
        pullback: (dValues) =>
          ops.map(slope, {
            dCost: pullback(dValues),
            targets: wide(ops.sum([last], target)),
            exponential: exponentials,
            sum,
            target,
          }),
      };
    },
  };
};
