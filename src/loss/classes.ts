/** What losses between classes share: the classes are the last axis, and an example may have several positions. */
import { divide } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { differentiate } from '../scalar/differentiate.ts';
import { input, multiply } from '../scalar/expr.ts';
import { type Shape, show, size } from '../tensor/shape.ts';
import { type ElementwiseLoss, spread, sumOfEach, unitInterval } from './elementwise.ts';
import type { Costs, Loss } from './loss.ts';

/** How many classes a prediction [batch, …, classes] tells apart. Throws where it is fewer than two, or no position. */
export const classesOf = (kind: string, shape: Shape): number => {
  const classes = shape.at(-1) ?? 0;
  if (shape.length < 2 || classes < 2 || size(shape.slice(1)) === 0)
    throw new RangeError(`${kind}: a prediction of shape ${show(shape)} where [batch, …, classes ≥ 2] was expected`);
  return classes;
};

/** From the terms of every class at every position, the cost of each example: the sum over classes, the mean over
 * positions. */
export const meanOverPositions = <T>(ops: Ops<T>, terms: T): Costs<T> => {
  const shape = ops.shape(terms);
  const count = size(shape.slice(1, -1));
  const positions = count === 1 ? undefined : ops.scalar(count);
  const mean = (x: T): T => (positions === undefined ? x : divide(ops, x, positions));
  return { values: mean(sumOfEach(ops, terms)), pullback: (dValues) => spread(ops, shape, mean(dValues)) };
};

/** A loss from a formula of each class's `prediction` and `target`, which have one shape [batch, …, classes]. */
export const classwise = ({
  description,
  reduction,
  cost,
  slope = differentiate('prediction')(cost),
  target = unitInterval,
}: Omit<ElementwiseLoss, 'join'>): Loss => {
  const backward = multiply(input('dCost'), slope);
  return {
    description,
    reduction,
    expected: (shape) => {
      classesOf(description.kind, shape);
      return { shape, ...target };
    },
    costs: (ops, prediction, target) => {
      const { values, pullback } = meanOverPositions(ops, ops.map(cost, { prediction, target }));
      return {
        values,
        pullback: (dValues) => ops.map(backward, { prediction, target, dCost: pullback(dValues) }),
      };
    },
  };
};
