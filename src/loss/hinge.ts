/** Losses of classifiers with a margin. */
import { multiply } from '../ops/derived.ts';
import * as S from '../scalar/expr.ts';
import { classesOf, meanOverPositions } from './classes.ts';
import { elementwise } from './elementwise.ts';
import type { Loss, Reduced } from './loss.ts';

/**
 * Hinge loss: an example costs the mean over its components of max(0, 1 − target·prediction) for targets −1 and 1; the
 * derivative where the product is exactly 1 is taken as 0. Prediction (a score) and target have one shape [batch, …].
 *
 * Source: C. Cortes and V. Vapnik, Support-vector networks, Machine Learning 20 (1995).
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const scores = Tensor.generate('f64', [2, 1], (i) => [0.5, 3][i] ?? 0);
 * const loss = Loss.value(Ops.reference('f64'), Loss.hinge({ reduction: 'sum' }), scores, Tensor.full('f64', [2, 1], 1));
 * Tensor.toArray(loss.value) // => [0.5]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-1, 0]
 * ```
 */
export const hinge = ({ reduction = 'mean' }: Reduced = {}): Loss =>
  elementwise({
    description: { kind: 'hinge', reduction },
    reduction,
    cost: S.max(0, S.subtract(1, S.multiply(S.input('target'), S.input('prediction')))),
    join: 'mean',
    target: { values: '−1 or 1', holds: (x) => x === -1 || x === 1 },
  });

const others = S.subtract(1, S.input('target'));
/** By how much a class comes closer than 1 to the true one. */
const excess = S.add(1, S.subtract(S.input('score'), S.input('own')));
const violation = S.multiply(others, S.max(0, excess));
const violated = S.multiply(others, S.ifLess(0, excess, S.input('dCost'), 0));
const back = S.subtract(S.input('direct'), S.multiply(S.input('target'), S.input('all')));

/**
 * Multi-class hinge loss of Weston and Watkins: with y the true class, an example costs Σⱼ≠y max(0, 1 + xⱼ − x_y); where
 * there are several positions to an example, their mean is its cost. Prediction (scores) and target (one-hot) have one
 * shape [batch, …, classes]; for integer labels see `fromLabels`.
 *
 * Source: J. Weston and C. Watkins, Support vector machines for multi-class pattern recognition, ESANN 1999. PyTorch's
 * `MultiMarginLoss` is this divided by the number of classes.
 *
 * @example
 * ```ts
 * import { Loss, Ops, Tensor } from 'nabla-ts';
 * const scores = Tensor.generate('f64', [1, 3], (i) => [2, 1.5, 0][i] ?? 0);
 * const first = Tensor.generate('f64', [1, 3], (i) => (i === 0 ? 1 : 0));
 * const loss = Loss.value(Ops.reference('f64'), Loss.multiClassHinge(), scores, first);
 * Tensor.toArray(loss.value) // => [0.5]
 * Tensor.toArray(loss.pullback(Tensor.scalar('f64', 1))) // => [-1, 1, 0]
 * ```
 */
export const multiClassHinge = ({ reduction = 'mean' }: Reduced = {}): Loss => {
  const kind = 'multiClassHinge';
  return {
    description: { kind, reduction },
    reduction,
    expected: (shape) => {
      classesOf(kind, shape);
      return { shape, values: '0 or 1', holds: (x) => x === 0 || x === 1 };
    },
    costs: (ops, prediction, target) => {
      const shape = ops.shape(prediction);
      const acrossClasses = (x: typeof prediction) => ops.broadcast(shape, ops.sum([shape.length - 1], x));
      const own = acrossClasses(multiply(ops, target, prediction));
      const terms = meanOverPositions(ops, ops.map(violation, { score: prediction, own, target }));
      return {
        values: terms.values,
        pullback: (dValues) => {
          const direct = ops.map(violated, { score: prediction, own, target, dCost: terms.pullback(dValues) });
          return ops.map(back, { direct, target, all: acrossClasses(direct) });
        },
      };
    },
  };
};
