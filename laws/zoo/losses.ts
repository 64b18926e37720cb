/** Wrong losses of numbers, component by component, and the right ones. */
import { Expr, Loss, Ops, Shape } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type LossOptions, loss as lawsOfLoss } from '../pack/loss.ts';
import type { Broken } from './broken.ts';

const [p, t] = [Expr.input('prediction'), Expr.input('target')];
const { abs, divide, ifLessOrEqual, multiply, subtract } = Expr;
const d = subtract(p, t);

/** A loss of a formula, the mean over components. */
export const of = (kind: string, cost: Loss.Formula, more: Pick<Loss.ElementwiseLoss, 'slope' | 'target'> = {}) =>
  Loss.elementwise({ description: { kind, reduction: 'mean' }, reduction: 'mean', cost, join: 'mean', ...more });

const mean = (terms: readonly number[]): number => terms.reduce((sum, x) => sum + x, 0) / terms.length;
/** The transcription of such a loss. */
export const each =
  (term: (prediction: number, target: number) => number): NonNullable<LossOptions['expected']> =>
  ({ prediction, target }) =>
    mean(prediction.map((x, i) => term(x, target[i] ?? NaN)));

const squares: LossOptions = { target: 'numbers', bound: 0, expected: each((x, y) => (x - y) ** 2) };
const ofSquares = (value: Loss.Loss, more: LossOptions = {}): LawSet => lawsOfLoss(value, { ...squares, ...more });

/** The squared error by hand, with another way back. */
const byHand = (
  kind: string,
  back: <T>(ops: Ops.Ops<T>, prediction: T, target: T, dCosts: T, components: number) => T,
): Loss.Loss => {
  const right = of(kind, multiply(d, d));
  return {
    ...right,
    costs: (ops, prediction, target) => {
      const components = Shape.size(ops.shape(prediction).slice(1));
      return {
        values: right.costs(ops, prediction, target).values,
        pullback: (dCosts) => back(ops, prediction, target, dCosts, components),
      };
    },
  };
};

/** A number of each example at all its components. */
const spread = <T>(ops: Ops.Ops<T>, like: T, x: T): T => {
  const shape = ops.shape(like);
  return ops.reshape(
    shape,
    ops.broadcast([shape[0] ?? 0, Shape.size(shape.slice(1))], ops.reshape([shape[0] ?? 0, 1], x)),
  );
};
const slope = multiply(Expr.input('dCost'), multiply(2, d));

const absolute: LossOptions = { target: 'numbers', bound: 0, expected: each((x, y) => Math.abs(x - y)) };

const DELTA = 1.5;
const huberOf = (kink: number) =>
  of('huber', ifLessOrEqual(abs(d), kink, multiply(0.5, multiply(d, d)), multiply(DELTA, subtract(abs(d), DELTA / 2))));
const huber: LossOptions = {
  target: 'numbers',
  expected: each((x, y) => {
    const size = Math.abs(x - y);
    return size <= DELTA ? size ** 2 / 2 : DELTA * (size - DELTA / 2);
  }),
};

/** What a tensor holds, for a fault that writes into it: a tensor's data is an array that only its type protects. */
const writable = (x: unknown): Float64Array => (x as { readonly data: Float64Array }).data;

const right = of('squares', multiply(d, d));

export const broken: readonly Broken[] = [
  {
    name: 'squared error, gradient summed',
    fault: 'the cost is a mean over components, the gradient that of their sum',
    law: 'pullback: dual numbers',
    laws: ofSquares(
      byHand('squares', (ops, prediction, target, dCosts) =>
        ops.map(slope, { prediction, target, dCost: spread(ops, prediction, dCosts) }),
      ),
    ),
  },
  {
    name: 'squared error, gradient uphill',
    fault: 'the gradient is target − prediction: its sign is flipped',
    law: 'pullback: differences',
    laws: ofSquares(of('squares', multiply(d, d), { slope: multiply(2, subtract(t, p)) })),
  },
  {
    name: 'squared error, half forgotten',
    fault: 'the gradient is prediction − target although the cost has no ½',
    law: 'pullback: dual numbers',
    laws: ofSquares(of('squares', multiply(d, d), { slope: d })),
  },
  {
    name: 'squared error, what comes back ignored',
    fault: 'the gradient is that of the costs’ plain sum: dCosts is not multiplied in',
    law: 'pullback: linear',
    laws: ofSquares(
      byHand('squares', (ops, prediction, target, _, components) =>
        ops.map(multiply(2 / components, d), { prediction, target }),
      ),
    ),
  },
  {
    name: 'squared error, averaged over the batch already',
    fault: 'each cost is divided by the number of examples, and the mean divides again',
    law: 'examples are independent',
    laws: ofSquares({
      ...right,
      costs: (ops, prediction, target) => {
        const { values, pullback } = right.costs(ops, prediction, target);
        const by = ops.scalar(ops.shape(prediction)[0] ?? 0);
        return { values: Ops.divide(ops, values, by), pullback: (dCosts) => pullback(Ops.divide(ops, dCosts, by)) };
      },
    }),
  },
  {
    name: 'squared error, last batch remembered',
    fault: 'the pullback uses the prediction of the last call, which is kept outside of it',
    law: 'calls share nothing',
    laws: ofSquares(
      ((): Loss.Loss => {
        let last: unknown;
        return {
          ...right,
          costs: <T>(ops: Ops.Ops<T>, prediction: T, target: T) => {
            last = prediction;
            const { values } = right.costs(ops, prediction, target);
            // What was kept has the type of the algebra of the last call.
            return { values, pullback: (dCosts: T) => right.costs(ops, last as T, target).pullback(dCosts) };
          },
        };
      })(),
    ),
  },
  {
    name: 'squared error, target centred in place',
    fault: 'the mean of the targets is subtracted from them, in the buffer that was given',
    law: 'writes to nothing',
    laws: ofSquares({
      ...right,
      costs: (ops, prediction, target) => {
        const data = writable(target) ?? new Float64Array();
        const centre = data.reduce((sum, x) => sum + x, 0) / data.length;
        for (const i of data.keys()) data[i] = (data[i] ?? NaN) - centre + 1;
        return right.costs(ops, prediction, target);
      },
    }),
  },
  {
    name: 'absolute error, sign lost',
    fault: 'the derivative of |d| is taken as 1 on both sides',
    law: 'pullback: dual numbers',
    laws: lawsOfLoss(of('absolute', abs(d), { slope: Expr.constant(1) }), absolute),
  },
  {
    name: 'huber, kink elsewhere',
    fault: 'it is quadratic up to 1 whatever δ is, so it jumps where δ is not 1',
    law: 'formula',
    laws: lawsOfLoss(huberOf(1), huber),
  },
  {
    name: 'squared error, components kept',
    fault: 'the gradient is joined like the costs: one number an example',
    law: 'shapes',
    laws: ofSquares(
      byHand('squares', (ops, prediction, target, dCosts, components) => {
        const slopes = ops.map(divide(slope, components), {
          prediction,
          target,
          dCost: spread(ops, prediction, dCosts),
        });
        const [batch = 0] = ops.shape(prediction);
        return ops.reshape([batch], ops.sum([1], ops.reshape([batch, components], slopes)));
      }),
    ),
  },
  {
    name: 'squared error, scaled in f32',
    fault: 'the loss is scaled by 1024 in f32, against underflow, and nothing takes that back',
    law: 'formats agree',
    laws: ofSquares(
      {
        ...right,
        costs: (ops, prediction, target) => {
          const { values, pullback } = right.costs(ops, prediction, target);
          const by = ops.scalar(ops.dtype === 'f32' ? 1024 : 1);
          return { values: Ops.multiply(ops, values, by), pullback };
        },
      },
      { dtypes: ['f32', 'f64'] },
    ),
  },
  {
    name: 'log cosh, its asymptote',
    fault: '|d| − log 2 stands for log cosh d also where d is small, and is negative there',
    law: 'bounded below',
    laws: lawsOfLoss(of('logCosh', subtract(abs(d), Math.LN2)), { target: 'numbers', bound: 0 }),
  },
  {
    name: 'targets unchecked',
    fault: 'it says that it takes any target, NaN too',
    law: 'targets',
    laws: ofSquares({ ...right, expected: (shape) => ({ shape, values: 'anything', holds: () => true }) }),
  },
];

export const correct: readonly LawSet[] = [
  ofSquares(
    byHand('squares', (ops, prediction, target, dCosts, components) =>
      ops.map(divide(slope, components), { prediction, target, dCost: spread(ops, prediction, dCosts) }),
    ),
    { name: 'squared error' },
  ),
  ofSquares(of('squares', multiply(d, d), { slope: multiply(2, d) }), { name: 'squared error of a formula' }),
  lawsOfLoss(of('absolute', abs(d)), { ...absolute, name: 'absolute error' }),
  lawsOfLoss(huberOf(DELTA), { ...huber, name: 'huber' }),
];
