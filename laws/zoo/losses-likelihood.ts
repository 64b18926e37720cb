/** Wrong likelihoods of yes and no, of counts and of numbers, a wrong margin, and the right ones. */
import { Expr, type Loss } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type LossOptions, loss as lawsOfLoss } from '../pack/loss.ts';
import type { Broken } from './broken.ts';
import { each, of } from './losses.ts';

const [p, t] = [Expr.input('prediction'), Expr.input('target')];
const { abs, add, exp, ifEqual, ifLess, log, max, min, multiply, negate, sigmoid, softplus, subtract } = Expr;
const unit = { values: 'numbers from 0 to 1', holds: (x: number) => x >= 0 && x <= 1 };
const counts = { values: 'finite numbers of at least 0', holds: (x: number) => x >= 0 && Number.isFinite(x) };
const signs = { values: '−1 or 1', holds: (x: number) => x === 1 || x === -1 };

const surprise = (amount: number, chance: number): number => (amount === 0 ? 0 : -amount * Math.log(chance));
const binary: LossOptions = {
  prediction: 'probabilities',
  target: 'fractions',
  expected: each((x, y) => surprise(y, x) + surprise(1 - y, 1 - x)),
};
const weighed = (amount: Loss.Formula, of: Loss.Formula): Loss.Formula => ifEqual(amount, 0, 0, multiply(amount, of));
const guarded = add(weighed(t, negate(log(p))), weighed(subtract(1, t), negate(log(subtract(1, p)))));
const clamped = max(min(p, 1 - 1e-12), 1e-12);

const logits: LossOptions = {
  target: 'fractions',
  bound: 0,
  expected: each((x, y) => Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x)))),
};
const stable = add(softplus(negate(abs(p))), multiply(abs(p), ifLess(p, 0, t, subtract(1, t))));

const hinge: LossOptions = {
  target: 'signs',
  bound: 0,
  best: (target) => target.map((y) => 2 * y),
  expected: each((x, y) => Math.max(0, 1 - x * y)),
};

const overflows = { 'finite at extreme predictions': 'the rate e^x itself overflows' };
const poisson: LossOptions = {
  target: 'counts',
  except: overflows,
  best: (target) => target.map((y) => Math.log(Math.max(y, 1e-3))),
  expected: each((x, y) => Math.exp(x) - y * x),
};

/** Prediction [batch, 2]: a mean and the logarithm of a variance; target [batch, 1]. */
const gaussian = (cost: Expr.Expr<'mean' | 'logVariance' | 'target'>): Loss.Loss => ({
  description: { kind: 'gaussian', reduction: 'mean' },
  reduction: 'mean',
  expected: ([batch = 0]) => ({ shape: [batch, 1], values: 'finite numbers', holds: Number.isFinite }),
  costs: (ops, prediction, target) => {
    const given = {
      mean: ops.slice(1, 0, 1, prediction),
      logVariance: ops.slice(1, 1, 2, prediction),
      target,
    };
    const batch = ops.shape(prediction)[0] ?? 0;
    const back = (name: 'mean' | 'logVariance') => multiply(Expr.input('dCost'), Expr.differentiate(name)(cost));
    return {
      values: ops.reshape([batch], ops.map(cost, given)),
      pullback: (dCosts) => {
        const dCost = ops.reshape([batch, 1], dCosts);
        return ops.concatenate(1, [
          ops.map(back('mean'), { ...given, dCost }),
          ops.map(back('logVariance'), { ...given, dCost }),
        ]);
      },
    };
  },
});
const [mu, s] = [Expr.input('mean'), Expr.input('logVariance')];
const scaled = multiply(multiply(subtract(mu, t), subtract(mu, t)), exp(negate(s)));
const normal: LossOptions = {
  examples: [[2]],
  target: 'numbers',
  except: { 'finite at extreme predictions': 'the precision e^−s itself overflows' },
  expected: ({ prediction: [m = NaN, v = NaN], target: [y = NaN] }) => 0.5 * (v + (m - y) ** 2 / Math.exp(v)),
};

export const broken: readonly Broken[] = [
  {
    name: 'binary cross-entropy, no guard',
    fault: 'what has probability 0 and does not happen costs 0·log 0, which is NaN',
    law: 'finite at extreme predictions',
    laws: lawsOfLoss(
      of('binary', negate(add(multiply(t, log(p)), multiply(subtract(1, t), log(subtract(1, p))))), { target: unit }),
      binary,
    ),
  },
  {
    name: 'binary cross-entropy, ε lost in f32',
    fault: 'probabilities are kept below 1 − 1e-12, which in f32 is 1: 0·log 0 again',
    law: 'finite at extreme predictions',
    laws: lawsOfLoss(
      of('binary', negate(add(multiply(t, log(clamped)), multiply(subtract(1, t), log(subtract(1, clamped))))), {
        target: unit,
      }),
      binary,
    ),
  },
  {
    name: 'binary cross-entropy, a reward',
    fault: 'the minus before the logarithms is missing',
    law: 'least at the target',
    laws: lawsOfLoss(of('binary', negate(guarded), { target: unit }), binary),
  },
  {
    name: 'binary cross-entropy of logits, through the sigmoid',
    fault: 'the logarithm of a sigmoid that has become 0 or 1 is −∞',
    law: 'finite at extreme predictions',
    laws: lawsOfLoss(
      of('logits', negate(add(multiply(t, log(sigmoid(p))), multiply(subtract(1, t), log(subtract(1, sigmoid(p)))))), {
        target: unit,
      }),
      logits,
    ),
  },
  {
    name: 'hinge, margin on the wrong side',
    fault: '1 + t·x in place of 1 − t·x: what is right costs most',
    law: 'least at the target',
    laws: lawsOfLoss(of('hinge', max(0, add(1, multiply(t, p))), { target: signs }), hinge),
  },
  {
    name: 'Poisson, rate not exponentiated',
    fault: 'the prediction is the logarithm of the rate and is used as the rate',
    law: 'least at the target',
    laws: lawsOfLoss(of('poisson', subtract(p, multiply(t, p)), { target: counts }), poisson),
  },
  {
    name: 'Gaussian likelihood, half of the half',
    fault: 'the ½ before the squared deviation is missing',
    law: 'formula',
    laws: lawsOfLoss(gaussian(add(multiply(0.5, s), scaled)), normal),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfLoss(of('binary', guarded, { target: unit }), { ...binary, name: 'binary cross-entropy' }),
  lawsOfLoss(of('logits', stable, { slope: subtract(sigmoid(p), t), target: unit }), {
    ...logits,
    name: 'binary cross-entropy of logits',
  }),
  lawsOfLoss(of('hinge', max(0, subtract(1, multiply(t, p))), { target: signs }), { ...hinge, name: 'hinge' }),
  lawsOfLoss(of('poisson', subtract(exp(p), multiply(t, p)), { target: counts }), { ...poisson, name: 'Poisson' }),
  lawsOfLoss(gaussian(multiply(0.5, add(s, scaled))), { ...normal, name: 'Gaussian likelihood' }),
];
