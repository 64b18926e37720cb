/** Adam, and Adam with decoupled weight decay. */
import { epsilon, fieldsOf, notNegative, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import {
  type AdamEpsilon,
  adamEpsilon,
  correctedFirst,
  type Decayed,
  decayedField,
  descend,
  firstMoment,
  momentScalars,
  rootOf,
  secondMoment,
  shrunk,
  v,
} from './moments.ts';

export type AdamConfig = {
  /** 0.001 unless told. */
  readonly learningRate: Rate;
  /** β₁ in [0, 1), 0.9 unless told. */
  readonly beta1: number;
  /** β₂ in [0, 1), 0.999 unless told. */
  readonly beta2: number;
  /** 1e-8 unless told. */
  readonly epsilon: number;
  /** `outside` unless told. */
  readonly epsilonPlacement: AdamEpsilon;
};

export type AdamWConfig = AdamConfig & {
  /** λ ≥ 0, 0.01 unless told. */
  readonly weightDecay: number;
  /** `weights` unless told. */
  readonly decayed: Decayed;
};

const adamFields = {
  learningRate: rateField,
  beta1: retention,
  beta2: retention,
  epsilon,
  epsilonPlacement: adamEpsilon,
};
const adamDefaults = {
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  epsilonPlacement: 'outside',
} as const;

const moments = { m: 0, v: 0 };
const updates = [
  ['m', firstMoment],
  ['v', secondMoment],
] as const;
const root = rootOf(v);

const made = makesOptimizer(fieldsOf<AdamConfig>()('adam', adamFields, adamDefaults), (config) =>
  fromRule({
    kind: 'adam',
    config,
    slots: moments,
    scalars: momentScalars,
    updates,
    value: descend(correctedFirst, root[config.epsilonPlacement]),
  }),
);

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·m̂ ÷ (√v̂ + ε) with m̂ = m ÷ (1 − β₁ᵗ), v̂ = v ÷ (1 − β₂ᵗ) and
 * t the number of the step (Kingma and Ba 2015, algorithm 1). `epsilonPlacement` says where other libraries put ε.
 * Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adam().description // => { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonPlacement: 'outside' }
 * ```
 */
export const adam = (config: Partial<AdamConfig> = {}): Optimizer => made.make(config);
export const adamKind = made.kind;

const madeW = makesOptimizer(
  fieldsOf<AdamWConfig>()(
    'adamW',
    { ...adamFields, weightDecay: notNegative, decayed: decayedField },
    { ...adamDefaults, weightDecay: 0.01, decayed: 'weights' },
  ),
  (config) =>
    fromRule({
      kind: 'adamW',
      config,
      slots: moments,
      scalars: (hyperparameters, at) => ({
        ...momentScalars(hyperparameters, at),
        shrink: 1 - at.rate * hyperparameters.weightDecay,
      }),
      updates,
      value: descend(correctedFirst, root[config.epsilonPlacement], shrunk[config.decayed]),
    }),
);

/**
 * Adam with decoupled weight decay: θ ← (1 − ηλ)θ − η·m̂ ÷ (√v̂ + ε), of weights alone unless told (Loshchilov and Hutter
 * 2019; λ as in PyTorch, Keras and optax, whose decay is of all parameters unless told). Throws where a hyperparameter is
 * out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adamW({ weightDecay: 0.1 }).description.decayed // => 'weights'
 * ```
 */
export const adamW = (config: Partial<AdamWConfig> = {}): Optimizer => madeW.make(config);
export const adamWKind = madeW.kind;
