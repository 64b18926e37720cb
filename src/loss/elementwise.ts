/** Losses that are a formula of a prediction and its target, component by component. */
import { divide } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { differentiate } from '../scalar/differentiate.ts';
import * as S from '../scalar/expr.ts';
import { type Shape, show, size } from '../tensor/shape.ts';
import type { Expected, Loss, LossDescription, Reduction } from './loss.ts';

/** A formula of one component. */
export type Formula = S.Expr<'prediction' | 'target'>;

/** What a loss of a formula is made of. */
export interface ElementwiseLoss {
  readonly description: LossDescription;
  readonly reduction: Reduction;
  /** The cost of a component. */
  readonly cost: Formula;
  /** Its derivative in the prediction, where that of `cost` as `differentiate` finds it is not accurate enough. */
  readonly slope?: Formula;
  /** How the components of an example are joined. */
  readonly join: 'mean' | 'sum';
  /** What a target's element must hold, in words and as a test; any finite number unless said otherwise. */
  readonly target?: Omit<Expected, 'shape'>;
}

/** Any finite number. */
export const finite: Omit<Expected, 'shape'> = { values: 'finite numbers', holds: Number.isFinite };

/** Probabilities and soft labels. */
export const unitInterval: Omit<Expected, 'shape'> = { values: 'numbers from 0 to 1', holds: (x) => x >= 0 && x <= 1 };

/** Counts and other numbers of at least 0. */
export const nonNegative: Omit<Expected, 'shape'> = {
  values: 'finite numbers of at least 0',
  holds: (x) => x >= 0 && Number.isFinite(x),
};

/** How many components each example of a batch has. Throws where there are none: they would have no mean. */
export const components = (kind: string, shape: Shape): number => {
  const count = shape.length === 0 ? 0 : size(shape.slice(1));
  if (count === 0) throw new RangeError(`${kind}: a prediction of shape ${show(shape)} has no components`);
  return count;
};

/** The sum over the components of each example, [batch, …] to [batch]. */
export const sumOfEach = <T>(ops: Ops<T>, x: T): T => {
  const shape = ops.shape(x);
  const [batch = 0] = shape;
  return ops.reshape([batch], ops.sum([1], ops.reshape([batch, size(shape.slice(1))], x)));
};

/** A number of each example at all its components, [batch] to [batch, …]: the adjoint of `sumOfEach`. */
export const spread = <T>(ops: Ops<T>, shape: Shape, x: T): T => {
  const [batch = 0] = shape;
  return ops.reshape(shape, ops.broadcast([batch, size(shape.slice(1))], ops.reshape([batch, 1], x)));
};

/**
 * A loss from a formula of `prediction` and `target`, which have one shape [batch, …]: the cost of an example is the
 * mean or the sum of its components' costs.
 *
 * @example
 * ```ts
 * import { Expr, Loss, Ops, Tensor } from 'nabla-ts';
 * const difference = Expr.subtract(Expr.input('prediction'), Expr.input('target'));
 * const fourthPower = Loss.elementwise({
 *   description: { kind: 'fourthPower' },
 *   reduction: 'mean',
 *   cost: Expr.pow(difference, 4),
 *   join: 'mean',
 * });
 * const twos = Tensor.full('f64', [3, 1], 2);
 * Tensor.toArray(Loss.value(Ops.reference('f64'), fourthPower, twos, Tensor.zeros('f64', [3, 1])).value) // => [16]
 * ```
 */
export const elementwise = (loss: ElementwiseLoss): Loss => {
  const { description, reduction, cost, join, slope = differentiate('prediction')(cost), target = finite } = loss;
  const backward = S.multiply(S.input('dCost'), slope);
  return {
    description,
    reduction,
    expected: (shape) => {
      components(description.kind, shape);
      return { shape, ...target };
    },
    costs: (ops, prediction, target) => {
      const shape = ops.shape(prediction);
      const divisor = join === 'sum' ? undefined : ops.scalar(components(description.kind, shape));
      const sum = sumOfEach(ops, ops.map(cost, { prediction, target }));
      return {
        values: divisor === undefined ? sum : divide(ops, sum, divisor),
        pullback: (dValues) => {
          const each = divisor === undefined ? dValues : divide(ops, dValues, divisor);
          return ops.map(backward, { prediction, target, dCost: spread(ops, shape, each) });
        },
      };
    },
  };
};
