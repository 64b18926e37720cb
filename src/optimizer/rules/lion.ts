/** Lion: the sign of an interpolated momentum. */
import * as S from '../../scalar/expr.ts';
import { fieldsOf, notNegative, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import { type Decayed, decayedField, gradient, m, rate, shrunk } from './moments.ts';

export type LionConfig = {
  /** 0.0001 unless told. */
  readonly learningRate: Rate;
  /** β₁ in [0, 1), 0.9 unless told: of the sign. */
  readonly beta1: number;
  /** β₂ in [0, 1), 0.99 unless told: of what is kept. */
  readonly beta2: number;
  /** λ ≥ 0, decoupled as `adamW`'s; 0 unless told. */
  readonly weightDecay: number;
  /** `weights` unless told. */
  readonly decayed: Decayed;
};

const towards = (beta: string, rest: string): S.Expr =>
  S.add(S.multiply(S.input(beta), m), S.multiply(S.input(rest), gradient));

const made = makesOptimizer(
  fieldsOf<LionConfig>()(
    'lion',
    { learningRate: rateField, beta1: retention, beta2: retention, weightDecay: notNegative, decayed: decayedField },
    { learningRate: 0.0001, beta1: 0.9, beta2: 0.99, weightDecay: 0, decayed: 'weights' },
  ),
  (config) =>
    fromRule({
      kind: 'lion',
      config,
      slots: { m: 0 },
      scalars: ({ beta1, beta2, weightDecay }, { rate: eta }) => ({
        beta1,
        oneMinusBeta1: 1 - beta1,
        beta2,
        oneMinusBeta2: 1 - beta2,
        shrink: 1 - eta * weightDecay,
      }),
      updates: [
        // Reads m before it is updated.
        ['direction', S.sign(towards('beta1', 'oneMinusBeta1'))],
        ['m', towards('beta2', 'oneMinusBeta2')],
      ],
      value: S.subtract(shrunk[config.decayed], S.multiply(rate, S.input('direction'))),
    }),
);

/**
 * Lion: c = sign(β₁m + (1 − β₁)g), m ← β₂m + (1 − β₂)g, θ ← (1 − ηλ)θ − ηc (Chen et al. 2023, algorithm 2). Throws where a
 * hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.lion().vectors // => { m: 0 }
 * ```
 */
export const lion = (config: Partial<LionConfig> = {}): Optimizer => made.make(config);
export const lionKind = made.kind;
