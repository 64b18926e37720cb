/** Losses between classes under other targets: integer labels in place of one-hot rows, and labels made less certain. */
import { checked, rate } from '../layer/config.ts';
import type { Ops } from '../ops/ops.ts';
import { add, floor, ifEqual, ifLess, input, multiply } from '../scalar/expr.ts';
import { classesOf } from './classes.ts';
import type { Loss } from './loss.ts';

const label = input('label');
const oneHot = ifEqual(
  floor(label),
  label,
  ifLess(label, 0, Number.NaN, ifLess(label, input('classes'), ifEqual(label, input('class'), 1, 0), Number.NaN)),
  Number.NaN,
);

/** Labels [batch, …] as rows [batch, …, classes] with a 1 where the label says; NaN where a label is no class. */
const encode = <T>(ops: Ops<T>, classes: number, labels: T): T => {
  const positions = ops.shape(labels);
  const shape = [...positions, classes];
  const spreadLabels = ops.broadcast(shape, ops.reshape([...positions, 1], labels));
  const numbers = ops.broadcast(shape, ops.reshape([...positions.map(() => 1), classes], ops.iota(classes)));
  return ops.map(oneHot, { label: spreadLabels, class: numbers, classes: ops.scalar(classes) });
};

/**
 * A loss between classes that takes integer labels, 0 for the first class: prediction [batch, …, classes], target
 * [batch, …]. A label that is no class makes the example's cost NaN; `checkTargets` finds it before training.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const logits = Tensor.generate('f64', [1, 3], (i) => [0, 7, 700][i] ?? 0);
 * const loss = Loss.fromLabels(Loss.softmaxCrossEntropy());
 * Tensor.toArray(Loss.value(Ops.reference('f64'), loss, logits, Tensor.full('f64', [1], 1)).value) // => [693]
 * ```
 */
export const fromLabels = (loss: Loss): Loss => ({
  description: { kind: 'fromLabels', loss: loss.description },
  reduction: loss.reduction,
  expected: (shape) => {
    const classes = classesOf('fromLabels', shape);
    return {
      shape: shape.slice(0, -1),
      values: `whole numbers from 0 to ${classes - 1}`,
      holds: (x) => Number.isInteger(x) && x >= 0 && x < classes,
    };
  },
  costs: (ops, prediction, target) =>
    loss.costs(ops, prediction, encode(ops, ops.shape(prediction).at(-1) ?? 0, target)),
});

/**
 * A loss between classes whose targets t are taken as (1 − α)·t + α/classes, α being the smoothing. Prediction and target have one shape
 * [batch, …, classes]; `fromLabels` of it takes integer labels. Throws unless α is in [0, 1).
 *
 * Source: C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z. Wojna, Rethinking the Inception architecture for computer
 * vision, CVPR 2016.
 *
 * @example
 * ```ts
 * import { Loss } from 'nabla-ts';
 * const loss = Loss.fromLabels(Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy()));
 * loss.description.kind // => 'fromLabels'
 * ```
 */
export const labelSmoothing = (smoothing: number): ((loss: Loss) => Loss) => {
  checked(rate, 'labelSmoothing.smoothing', smoothing);
  const smooth = add(multiply(1 - smoothing, input('target')), input('floor'));
  return (loss) => ({
    description: { kind: 'labelSmoothing', smoothing, loss: loss.description },
    reduction: loss.reduction,
    expected: (shape) => {
      classesOf('labelSmoothing', shape);
      return loss.expected(shape);
    },
    costs: (ops, prediction, target) => {
      const classes = classesOf('labelSmoothing', ops.shape(prediction));
      return loss.costs(ops, prediction, ops.map(smooth, { target, floor: ops.scalar(smoothing / classes) }));
    },
  });
};
