/** Wrong losses between classes, wrong ways to make one number of a batch, and the right ones. */
import * as E from 'fp-ts/lib/Either.js';
import { Expr, Failure, Loss, Ops, Shape } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type LossOptions, loss as lawsOfLoss } from '../pack/loss.ts';
import type { Broken } from './broken.ts';

const { divide, exp, ifEqual, input, log, multiply, negate, subtract } = Expr;
const [p, t] = [input('prediction'), input('target')];

const unit = { values: 'numbers from 0 to 1', holds: (x: number) => x >= 0 && x <= 1 };

/** Over the last axis of [batch, classes]. */
const overClasses = <T>(ops: Ops.Ops<T>, x: T): T => ops.broadcast(ops.shape(x), ops.sum([1], x));

/** What a way to the costs and back is made of. */
interface Softmax {
  readonly shifted?: boolean;
  /** The cost of a class from its logarithm of a probability, its target and the number of classes. */
  readonly cost?: Expr.Expr<'logProbability' | 'target' | 'classes'>;
  /** The slope from the probability, the target and the sum of the targets. */
  readonly slope?: Expr.Expr<'probability' | 'target' | 'targets' | 'classes'>;
}

const entropy = negate(ifEqual(t, 0, 0, multiply(t, input('logProbability'))));

/** Softmax cross-entropy of [batch, classes], written by hand. */
const softmax = (kind: string, { shifted = true, cost = entropy, slope }: Softmax = {}): Loss.Loss => ({
  description: { kind, reduction: 'mean' },
  reduction: 'mean',
  expected: (shape) => {
    if (shape.length !== 2 || (shape[1] ?? 0) < 2)
      throw new RangeError(`${kind}: ${Shape.show(shape)} is not [batch, classes]`);
    return { shape, ...unit };
  },
  costs: (ops, prediction, target) => {
    const shape = ops.shape(prediction);
    const [batch = 0] = shape;
    const classes = ops.scalar(shape[1] ?? 0);
    const logit = shifted ? Ops.subtract(ops, prediction, ops.broadcast(shape, ops.max([1], prediction))) : prediction;
    const exponential = ops.map(exp(input('x')), { x: logit });
    const sum = overClasses(ops, exponential);
    const logProbability = ops.map(subtract(input('x'), log(input('sum'))), { x: logit, sum });
    const probability = Ops.divide(ops, exponential, sum);
    const back = slope ?? subtract(multiply(input('targets'), input('probability')), t);
    return {
      values: ops.reshape([batch], ops.sum([1], ops.map(cost, { logProbability, target, classes }))),
      pullback: (dCosts) =>
        Ops.multiply(
          ops,
          ops.broadcast(shape, ops.reshape([batch, 1], dCosts)),
          ops.map(back, { probability, target, targets: overClasses(ops, target), classes }),
        ),
    };
  },
});

const sum = (terms: readonly number[]): number => terms.reduce((total, x) => total + x, 0);
const softmaxOf = (x: readonly number[]): readonly number[] => {
  const exponentials = x.map((a) => Math.exp(a - Math.max(...x)));
  return exponentials.map((a) => a / sum(exponentials));
};
const crossEntropy = (target: readonly number[], probabilities: readonly number[]): number =>
  sum(target.map((y, i) => (y === 0 ? 0 : -y * Math.log(probabilities[i] ?? NaN))));
const logits: LossOptions = {
  target: 'distributions',
  bound: 0,
  best: (target) => target.map(Math.log),
  expected: ({ prediction, target }) => crossEntropy(target, softmaxOf(prediction)),
};
const perClass: LossOptions = {
  target: 'oneHot',
  expected: ({ prediction, target }) => crossEntropy(target, softmaxOf(prediction)) / target.length,
};

const ALPHA = 0.25;
/** Another loss between classes under targets that are made less certain. */
const smoothing = (smooth: Expr.Expr<'target' | 'classes'>): Loss.Loss => {
  const inside = softmax('smoothed');
  return {
    ...inside,
    costs: (ops, prediction, target) =>
      inside.costs(ops, prediction, ops.map(smooth, { target, classes: ops.scalar(ops.shape(target)[1] ?? 0) })),
  };
};
const smoothed: LossOptions = {
  target: 'oneHot',
  expected: ({ prediction, target }) =>
    crossEntropy(
      target.map((y) => (1 - ALPHA) * y + ALPHA / target.length),
      softmaxOf(prediction),
    ),
};

/** Σ a·(log a − log b) over the classes. */
const divergence = (a: Loss.Formula, b: Loss.Formula): Loss.Loss => {
  const cost = ifEqual(a, 0, 0, multiply(a, subtract(log(a), log(b))));
  const { expected, costs, ...known } = Loss.elementwise({
    description: { kind: 'divergence', reduction: 'mean' },
    reduction: 'mean',
    cost,
    join: 'sum',
    target: unit,
  });
  return { ...known, costs, expected };
};
const leibler: LossOptions = {
  examples: [[2], [3], [4]],
  prediction: 'distributions',
  target: 'distributions',
  expected: ({ prediction, target }) => crossEntropy(target, prediction) - crossEntropy(target, target),
};

/** A squared error whose description says less than it is made of. */
const scaledError = (scale: number, said: boolean): Loss.Loss =>
  Loss.elementwise({
    description: { kind: 'scaled', ...(said ? { scale } : {}), reduction: 'mean' },
    reduction: 'mean',
    cost: multiply(scale, multiply(subtract(p, t), subtract(p, t))),
    join: 'mean',
  });
const readScaled: NonNullable<LossOptions['decode']> = (json) => {
  const known = new Map<string, unknown>(Object.entries(Object(json)));
  const scale = known.get('scale') ?? 1;
  const odd = [...known.keys()].find((name) => !['kind', 'scale', 'reduction'].includes(name));
  return typeof scale === 'number' && odd === undefined
    ? E.right(scaledError(scale, known.has('scale')))
    : E.left(Failure.failure('codec', 'loss', 'a scaled squared error', String(odd)));
};
const described: LossOptions = { target: 'numbers', decode: readScaled };

/** The mean of the costs, with the means for mistakes: by what weighted costs and what comes back are divided. */
const reducer =
  (weighted: 'by their sum' | 'by the batch' | 'not at all', averaged: boolean): typeof Loss.value =>
  (ops, loss, prediction, target, weights) => {
    const { values, pullback } = loss.costs(ops, prediction, target);
    const batch = ops.scalar(ops.shape(values)[0] ?? 0);
    const used = weighted === 'not at all' ? undefined : weights;
    const all = used === undefined || weighted === 'by the batch' ? batch : Ops.total(ops, used);
    const one = Ops.repeat(ops, ops.shape(values), ops.scalar(1));
    const each = used ?? one;
    return {
      value: Ops.divide(ops, Ops.total(ops, Ops.multiply(ops, values, each)), all),
      pullback: (dValue) => pullback(Ops.multiply(ops, each, averaged ? Ops.divide(ops, dValue, all) : dValue)),
    };
  };
const averaged = (value: typeof Loss.value): LawSet => lawsOfLoss(softmax('softmax'), { ...logits, value });

export const broken: readonly Broken[] = [
  {
    name: 'softmax cross-entropy, δ unaveraged',
    fault: 'the reported cost is averaged over examples × classes, δ = a − t over neither',
    law: 'pullback: dual numbers',
    teaching: true,
    laws: lawsOfLoss(
      softmax('softmax', { cost: divide(entropy, input('classes')), slope: subtract(input('probability'), t) }),
      { ...perClass, value: reducer('by their sum', false) },
    ),
  },
  {
    name: 'softmax cross-entropy, no shift',
    fault: 'the exponential of a large logit overflows: the maximum is not subtracted',
    law: 'finite at extreme predictions',
    laws: lawsOfLoss(softmax('softmax', { shifted: false }), logits),
  },
  {
    name: 'softmax cross-entropy, derivative twice',
    fault: 'a − t is multiplied by the derivative a·(1 − a) of a sigmoid as well',
    law: 'pullback: dual numbers',
    laws: lawsOfLoss(
      softmax('softmax', {
        slope: multiply(
          subtract(input('probability'), t),
          multiply(input('probability'), subtract(1, input('probability'))),
        ),
      }),
      logits,
    ),
  },
  {
    name: 'softmax cross-entropy, classes averaged',
    fault: 'the sum over classes is a mean, so the cost depends on how many classes there are',
    law: 'formula',
    laws: lawsOfLoss(
      softmax('softmax', {
        cost: divide(entropy, input('classes')),
        slope: divide(subtract(multiply(input('targets'), input('probability')), t), input('classes')),
      }),
      logits,
    ),
  },
  {
    name: 'label smoothing, α to every class',
    fault: 'every class gets α where it should get α ÷ classes',
    law: 'formula',
    laws: lawsOfLoss(smoothing(Expr.add(multiply(1 - ALPHA, t), ALPHA)), smoothed),
  },
  {
    name: 'label smoothing, one class fewer',
    fault: 'α is shared among classes − 1 although the true class gets a share too',
    law: 'formula',
    laws: lawsOfLoss(
      smoothing(Expr.add(multiply(1 - ALPHA, t), divide(ALPHA, subtract(input('classes'), 1)))),
      smoothed,
    ),
  },
  {
    name: 'Kullback–Leibler, arguments exchanged',
    fault: 'the divergence of the prediction from the target, not of the target from the prediction',
    law: 'formula',
    laws: lawsOfLoss(divergence(p, t), leibler),
  },
  {
    name: 'weights ignored',
    fault: 'the mean of the costs takes no notice of the weights',
    law: 'weights count copies',
    laws: averaged(reducer('not at all', true)),
  },
  {
    name: 'weights over the batch',
    fault: 'weighted costs are divided by the number of examples, not by the sum of the weights',
    law: 'weights count copies',
    laws: averaged(reducer('by the batch', true)),
  },
  {
    name: 'mean with the gradient of the sum',
    fault: 'the loss is averaged over the batch and its gradient is not',
    law: 'reduction',
    laws: averaged(reducer('by their sum', false)),
  },
  {
    name: 'hyperparameter not described',
    fault: 'the description leaves the scale out, so the loss that is read again has another',
    law: 'description',
    laws: lawsOfLoss(scaledError(3, false), described),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfLoss(softmax('softmax'), { ...logits, name: 'softmax cross-entropy' }),
  lawsOfLoss(
    softmax('softmax', {
      cost: divide(entropy, input('classes')),
      slope: divide(subtract(input('probability'), t), input('classes')),
    }),
    { ...perClass, name: 'softmax cross-entropy, averaged over classes', value: reducer('by their sum', true) },
  ),
  lawsOfLoss(smoothing(Expr.add(multiply(1 - ALPHA, t), divide(ALPHA, input('classes')))), {
    ...smoothed,
    name: 'label smoothing',
  }),
  lawsOfLoss(divergence(t, p), { ...leibler, name: 'Kullback–Leibler' }),
  lawsOfLoss(scaledError(3, true), { ...described, name: 'a description that says all' }),
];
