/** AMSGrad: Adam whose denominators never fall. */
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, oneOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { AdamConfig } from './adam.ts';
import { rootWithEpsilon } from './epsilon.ts';
import {
  adamEpsilon,
  correctedFirst,
  correctedSecond,
  descend,
  firstMoment,
  m,
  momentScalars,
  rootOf,
  secondMoment,
  v,
} from './moments.ts';

/** How bias correction and the maximum meet: `afterMaximum`, v̂ = max v ÷ (1 − β₂ᵗ) (PyTorch; Keras with
 * `epsilonPlacement: 'uncorrected'`); `beforeMaximum`, v̂ = max (v ÷ (1 − β₂ᵗ)) (optax); `none`, θ ← θ − η·m ÷ (√max v + ε)
 * (Reddi, Kale and Kumar, algorithm 2). */
export type AmsgradCorrection = 'afterMaximum' | 'beforeMaximum' | 'none';

export type AmsgradConfig = AdamConfig & {
  /** `afterMaximum` unless told. */
  readonly correction: AmsgradCorrection;
};

const greatest = S.input('greatest');

const made = makesOptimizer(
  fieldsOf<AmsgradConfig>()(
    'amsgrad',
    {
      learningRate: rateField,
      beta1: retention,
      beta2: retention,
      epsilon,
      epsilonPlacement: adamEpsilon,
      correction: oneOf('afterMaximum', 'beforeMaximum', 'none'),
    },
    {
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      epsilonPlacement: 'outside',
      correction: 'afterMaximum',
    },
    {
      name: 'an epsilon outside or inside where the maximum is not corrected after',
      test: ({ correction, epsilonPlacement }) => correction === 'afterMaximum' || epsilonPlacement !== 'uncorrected',
    },
  ),
  ({ correction, epsilonPlacement, ...config }) => {
    const bare = rootWithEpsilon(greatest)[epsilonPlacement === 'inside' ? 'inside' : 'outside'];
    return fromRule({
      kind: 'amsgrad',
      config: { ...config, epsilonPlacement, correction },
      slots: { m: 0, v: 0, greatest: 0 },
      scalars: momentScalars,
      updates: [
        ['m', firstMoment],
        ['v', secondMoment],
        ['greatest', S.max(greatest, correction === 'beforeMaximum' ? correctedSecond(v) : v)],
      ],
      value: {
        afterMaximum: descend(correctedFirst, rootOf(greatest)[epsilonPlacement]),
        beforeMaximum: descend(correctedFirst, bare),
        none: descend(m, bare),
      }[correction],
    });
  },
);

/**
 * AMSGrad: Adam with the greatest v so far in place of v (Reddi, Kale and Kumar 2018); `correction` says where the paper
 * and the libraries correct the bias. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.amsgrad({ correction: 'none' }).description.correction // => 'none'
 * ```
 */
export const amsgrad = (config: Partial<AmsgradConfig> = {}): Optimizer => made.make(config);
export const amsgradKind = made.kind;
