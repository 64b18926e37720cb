/** RAdam: Adam whose rate waits until the variance of its denominator is known. */
import * as S from '../../scalar/expr.ts';
import { atLeastFour, epsilon, fieldsOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule, type StepOf } from '../rule.ts';
import type { AdamConfig } from './adam.ts';
import {
  adamEpsilon,
  correctedFirst,
  firstMoment,
  momentScalars,
  rate,
  rootOf,
  secondMoment,
  v,
  value,
} from './moments.ts';

export type RadamConfig = AdamConfig & {
  /** Above which length ρₜ of the average the step is adaptive: at least 4 (the paper's), 5 unless told (the authors'
   * code, PyTorch, optax). */
  readonly threshold: number;
};

/** The rectification of step t, 0 where the step is not adaptive. */
const rectification = ({ beta2, threshold }: RadamConfig, { step: t, power }: StepOf): number => {
  const most = 2 / (1 - beta2) - 1;
  const kept = power(beta2, t);
  const length = most - (2 * t * kept) / (1 - kept);
  return length > threshold ? Math.sqrt(((length - 4) * (length - 2) * most) / ((most - 4) * (most - 2) * length)) : 0;
};

const rectified = S.input('rectified');
const root = rootOf(v);

const made = makesOptimizer(
  fieldsOf<RadamConfig>()(
    'radam',
    {
      learningRate: rateField,
      beta1: retention,
      beta2: retention,
      epsilon,
      epsilonPlacement: adamEpsilon,
      threshold: atLeastFour,
    },
    {
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      epsilonPlacement: 'uncorrected',
      threshold: 5,
    },
  ),
  (config) =>
    fromRule({
      kind: 'radam',
      config,
      slots: { m: 0, v: 0 },
      scalars: (hyperparameters, at) => ({
        ...momentScalars(hyperparameters, at),
        rectified: rectification(hyperparameters, at),
      }),
      updates: [
        ['m', firstMoment],
        ['v', secondMoment],
      ],
      value: S.subtract(
        value,
        S.ifEqual(
          rectified,
          0,
          S.multiply(rate, correctedFirst),
          S.divide(S.multiply(rate, S.multiply(rectified, correctedFirst)), root[config.epsilonPlacement]),
        ),
      ),
    }),
);

/**
 * RAdam: with ρ∞ = 2 ÷ (1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ ÷ (1 − β₂ᵗ), θ ← θ − η·m̂ while ρₜ is not above the threshold, then
 * θ ← θ − η·r·m̂ ÷ √v̂ with r² = (ρₜ − 4)(ρₜ − 2)ρ∞ ÷ ((ρ∞ − 4)(ρ∞ − 2)ρₜ) (Liu et al. 2020, algorithm 2). ε stands
 * `uncorrected` unless told, as in PyTorch; optax' is `outside`. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.radam({ threshold: 4 }).description.threshold // => 4
 * ```
 */
export const radam = (config: Partial<RadamConfig> = {}): Optimizer => made.make(config);
export const radamKind = made.kind;
