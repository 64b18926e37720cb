/** Gradient descent with momentum, plain and Nesterov's. */
import * as S from '../../scalar/expr.ts';
import { fieldsOf, fraction, oneOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';

/** What the velocity is a decaying sum of: `gradients`, b ← μb + g with θ ← θ − ηb (PyTorch, optax), or `steps`,
 * v ← μv − ηg with θ ← θ + v (Keras; Sutskever et al. 2013). They differ where the rate changes. */
export type VelocityOf = 'gradients' | 'steps';
const velocityOf = oneOf('gradients', 'steps');

export type MomentumConfig = {
  readonly learningRate: Rate;
  /** μ in [0, 1), 0.9 unless told. */
  readonly momentum: number;
  /** τ in [0, 1]: gradients after the first enter with weight 1 − τ (PyTorch); 0 unless told. */
  readonly dampening: number;
  /** `gradients` unless told. */
  readonly velocity: VelocityOf;
};

export type NesterovConfig = {
  readonly learningRate: Rate;
  /** μ in [0, 1), 0.9 unless told. */
  readonly momentum: number;
  /** `gradients` unless told. */
  readonly velocity: VelocityOf;
};

const [value, gradient, rate, velocity] = [
  S.input('value'),
  S.input('gradient'),
  S.input('rate'),
  S.input('velocity'),
] as const;
const momentumScalar = S.input('momentum');
const kept = S.multiply(momentumScalar, velocity);
const scaled = S.multiply(rate, gradient);
const weighed = S.multiply(S.input('weight'), gradient);

const plain = {
  gradients: {
    velocity: S.add(kept, weighed),
    value: S.subtract(value, S.multiply(rate, velocity)),
  },
  steps: {
    velocity: S.subtract(kept, S.multiply(rate, weighed)),
    value: S.add(value, velocity),
  },
} as const;

const made = makesOptimizer(
  fieldsOf<MomentumConfig>()(
    'momentum',
    { learningRate: rateField, momentum: retention, dampening: fraction, velocity: velocityOf },
    { momentum: 0.9, dampening: 0, velocity: 'gradients' },
  ),
  (config) =>
    fromRule({
      kind: 'momentum',
      config,
      slots: { velocity: 0 },
      scalars: ({ momentum, dampening }, { step }) => ({ momentum, weight: step === 1 ? 1 : 1 - dampening }),
      updates: [['velocity', plain[config.velocity].velocity]],
      value: plain[config.velocity].value,
    }),
);

/**
 * Gradient descent with momentum: b ← μb + (1 − τ)g (the first gradient enters whole), θ ← θ − ηb, as PyTorch's `SGD`;
 * `velocity: 'steps'` is Keras' form, v ← μv − ηg, θ ← θ + v (Polyak 1964). Throws where a hyperparameter is out of its
 * range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.momentum({ learningRate: 0.1 }).description.momentum // => 0.9
 * ```
 */
export const momentum = (config: Partial<MomentumConfig> & { readonly learningRate: Rate }): Optimizer =>
  made.make(config);
export const momentumKind = made.kind;

const ahead = {
  gradients: {
    velocity: S.add(kept, gradient),
    value: S.subtract(value, S.multiply(rate, S.add(gradient, kept))),
  },
  steps: {
    velocity: S.subtract(kept, scaled),
    value: S.add(value, S.subtract(kept, scaled)),
  },
} as const;

const madeNesterov = makesOptimizer(
  fieldsOf<NesterovConfig>()(
    'nesterov',
    { learningRate: rateField, momentum: retention, velocity: velocityOf },
    { momentum: 0.9, velocity: 'gradients' },
  ),
  (config) =>
    fromRule({
      kind: 'nesterov',
      config,
      slots: { velocity: 0 },
      scalars: ({ momentum }) => ({ momentum }),
      updates: [['velocity', ahead[config.velocity].velocity]],
      value: ahead[config.velocity].value,
    }),
);

/**
 * Nesterov's accelerated gradient, in the variables at which the gradient is taken: b ← μb + g, θ ← θ − η(g + μb), as
 * PyTorch's `SGD(nesterov=True)`; `velocity: 'steps'` is Keras' form, v ← μv − ηg, θ ← θ + μv − ηg (Nesterov 1983;
 * Sutskever, Martens, Dahl and Hinton 2013). Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.nesterov({ learningRate: 0.1, momentum: 0.95 }).description.momentum // => 0.95
 * ```
 */
export const nesterov = (config: Partial<NesterovConfig> & { readonly learningRate: Rate }): Optimizer =>
  madeNesterov.make(config);
export const nesterovKind = madeNesterov.kind;
