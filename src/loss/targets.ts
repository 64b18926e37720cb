/** Losses between classes under other targets: integer labels in place of one-hot rows, and labels made less certain. */
import { checked, rate } from '../layer/config.ts';
import type { Ops } from '../ops/ops.ts';
import { add, floor, ifEqual, ifLess, input, multiply } from '../scalar/expr.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import { classesOf } from './classes.ts';
import type { Expected, Loss } from './loss.ts';

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

/** What a loss says of its targets, [batch, …, classes]. Throws where it does not take the two numbers that they are made of. */
const told = (kind: string, loss: Loss, shape: Shape, numbers: readonly [number, number]): Expected => {
  const expected = loss.expected(shape);
  if (!(equals(expected.shape, shape) && numbers.every(expected.holds)))
    throw new RangeError(
      `${kind}: ${loss.description.kind} takes targets of ${show(expected.shape)} that are ${expected.values}, where ${show(shape)} of ${numbers.join(' and ')} are made, which softmaxCrossEntropy takes`,
    );
  return expected;
};

/**
 * A loss between classes that takes integer labels, 0 for the first class: prediction [batch, …, classes], target
 * [batch, …]. A label that is no class makes the example's cost NaN; `checkTargets` finds it before training. The loss inside
 * is told 0 and 1: one that takes no such targets (`hinge` takes −1 and 1; see `multiClassHinge`) throws before any cost.
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
    told('fromLabels', loss, shape, [0, 1]);
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
 * [batch, …, classes]; `fromLabels` of it takes integer labels. Throws unless α is in [0, 1), and before any cost where the
 * loss takes no targets between 0 and 1.
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
      const floor = smoothing / classesOf('labelSmoothing', shape);
      return told('labelSmoothing', loss, shape, [floor, 1 - smoothing + floor]);
    },
    costs: (ops, prediction, target) => {
      const classes = classesOf('labelSmoothing', ops.shape(prediction));
      return loss.costs(ops, prediction, ops.map(smooth, { target, floor: ops.scalar(smoothing / classes) }));
    },
  });
};
