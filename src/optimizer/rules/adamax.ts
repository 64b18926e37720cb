/** Adamax: Adam in the infinity norm. */
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, oneOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import { correctedFirst, descend, epsilonInput, firstMoment, gradient } from './moments.ts';

/** Where ε keeps the denominator from 0: `maximum`, u ← max(β₂u, |g| + ε) (PyTorch, optax); `outside`, u + ε (Keras). */
export type AdamaxEpsilon = 'maximum' | 'outside';

export type AdamaxConfig = {
  /** 0.002 unless told. */
  readonly learningRate: Rate;
  /** β₁ in [0, 1), 0.9 unless told. */
  readonly beta1: number;
  /** β₂ in [0, 1), 0.999 unless told. */
  readonly beta2: number;
  /** 1e-8 unless told. */
  readonly epsilon: number;
  /** `maximum` unless told. */
  readonly epsilonPlacement: AdamaxEpsilon;
};

const u = S.input('u');
const kept = S.multiply(S.input('beta2'), u);
const size = S.abs(gradient);

const made = makesOptimizer(
  fieldsOf<AdamaxConfig>()(
    'adamax',
    {
      learningRate: rateField,
      beta1: retention,
      beta2: retention,
      epsilon,
      epsilonPlacement: oneOf('maximum', 'outside'),
    },
    { learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonPlacement: 'maximum' },
  ),
  (config) =>
    fromRule({
      kind: 'adamax',
      config,
      slots: { m: 0, u: 0 },
      scalars: ({ beta1, beta2, epsilon: e }, { step, oneMinusPower }) => ({
        beta1,
        oneMinusBeta1: 1 - beta1,
        beta2,
        correction1: 1 / oneMinusPower(beta1, step),
        epsilon: e,
      }),
      updates: [
        ['m', firstMoment],
        ['u', S.max(kept, config.epsilonPlacement === 'maximum' ? S.add(size, epsilonInput) : size)],
      ],
      value: descend(correctedFirst, config.epsilonPlacement === 'maximum' ? u : S.add(u, epsilonInput)),
    }),
);

/**
 * Adamax: u ← max(β₂u, |g|), θ ← θ − η·m̂ ÷ u (Kingma and Ba 2015, algorithm 2), with ε where the paper has 0 ÷ 0. Throws
 * where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adamax().vectors // => { m: 0, u: 0 }
 * ```
 */
export const adamax = (config: Partial<AdamaxConfig> = {}): Optimizer => made.make(config);
export const adamaxKind = made.kind;
