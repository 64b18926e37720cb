/** NAdam: Adam with Nesterov's momentum. */
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, notNegative, oneOf, retention } from '../config.ts';
import { power } from '../elementary.ts';
import { makesOptimizer } from '../kind.ts';
import { numberOf } from '../numbers.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { AdamConfig } from './adam.ts';
import { adamEpsilon, descend, firstMoment, gradient, m, momentScalars, rootOf, secondMoment, v } from './moments.ts';

export type NadamConfig = AdamConfig & {
  /** Whether μₜ = β₁(1 − ½·0.96^(tψ)) warms up (Dozat, PyTorch, Keras) or μₜ = β₁ (optax): `warming` unless told. */
  readonly momentum: 'warming' | 'constant';
  /** ψ ≥ 0, how fast it warms up: 0.004 unless told. */
  readonly momentumDecay: number;
};

/** The momentum of step t. */
const momentumAt = ({ beta1, momentum, momentumDecay }: NadamConfig, t: number): number =>
  momentum === 'constant' ? beta1 : beta1 * (1 - 0.5 * power(0.96, t * momentumDecay));

const ahead = S.add(S.multiply(S.input('gradientWeight'), gradient), S.multiply(S.input('momentWeight'), m));
const root = rootOf(v);

const made = makesOptimizer(
  fieldsOf<NadamConfig>()(
    'nadam',
    {
      learningRate: rateField,
      beta1: retention,
      beta2: retention,
      epsilon,
      epsilonPlacement: adamEpsilon,
      momentum: oneOf('warming', 'constant'),
      momentumDecay: notNegative,
    },
    {
      learningRate: 0.002,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      epsilonPlacement: 'outside',
      momentum: 'warming',
      momentumDecay: 0.004,
    },
  ),
  (config) =>
    fromRule({
      kind: 'nadam',
      config,
      slots: { m: 0, v: 0 },
      numbers: {
        start: { product: 1 },
        next: (hyperparameters, step, last) => ({
          product: numberOf(last, 'product') * momentumAt(hyperparameters, step),
        }),
      },
      scalars: (hyperparameters, at) => {
        const { step } = at;
        const product = numberOf(at.numbers, 'product');
        const next = momentumAt(hyperparameters, step + 1);
        return {
          ...momentScalars(hyperparameters, at),
          gradientWeight: (1 - momentumAt(hyperparameters, step)) / (1 - product),
          momentWeight: next / (1 - product * next),
        };
      },
      updates: [
        ['m', firstMoment],
        ['v', secondMoment],
      ],
      value: descend(ahead, root[config.epsilonPlacement]),
    }),
);

/**
 * NAdam: Adam's denominator under (1 − μₜ) ÷ (1 − Πμ)·g + μₜ₊₁ ÷ (1 − μₜ₊₁Πμ)·m, where Πμ = μ₁ ⋯ μₜ is a running product
 * (Dozat 2016; PyTorch; Keras with `epsilonPlacement: 'uncorrected'` but for its ε). Throws where a hyperparameter is out
 * of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.nadam().numbers // => { steps: 0, product: 1 }
 * ```
 */
export const nadam = (config: Partial<NadamConfig> = {}): Optimizer => made.make(config);
export const nadamKind = made.kind;
