/** What the rules of Adam's family share: decaying means of the gradient and of its square, and a quotient of the two. */
import * as S from '../../scalar/expr.ts';
import { oneOf } from '../config.ts';
import type { Numbers } from '../numbers.ts';
import type { StepOf } from '../rule.ts';

export const value = S.input('value');
export const gradient = S.input('gradient');
export const rate = S.input('rate');
export const epsilonInput = S.input('epsilon');
export const m = S.input('m');
export const v = S.input('v');

/** m ← β₁m + (1 − β₁)g. */
export const firstMoment = S.add(S.multiply(S.input('beta1'), m), S.multiply(S.input('oneMinusBeta1'), gradient));
/** v ← β₂v + (1 − β₂)g². */
export const secondMoment = S.add(
  S.multiply(S.input('beta2'), v),
  S.multiply(S.input('oneMinusBeta2'), S.multiply(gradient, gradient)),
);
/** m̂ = m ÷ (1 − β₁ᵗ): times the quotient, which is one number for all parameters. */
export const correctedFirst = S.multiply(m, S.input('correction1'));
/** v̂ = v ÷ (1 − β₂ᵗ), in the same way. */
export const correctedSecond = (second: S.Expr): S.Expr => S.multiply(second, S.input('correction2'));

/** Where ε stands beside the root of the second moment v and its corrected v̂ = v ÷ (1 − β₂ᵗ): `outside`, √v̂ + ε
 * (Kingma and Ba's algorithm 1, PyTorch, optax); `inside`, √(v̂ + ε) (optax' `eps_root`); `uncorrected`,
 * √v + ε, the root corrected after (the paper's ε̂ at the end of its section 2: Keras, TensorFlow). */
export type AdamEpsilon = 'outside' | 'inside' | 'uncorrected';
export const adamEpsilon = oneOf('outside', 'inside', 'uncorrected');

/** The root of a second moment with ε, for each place of it. */
export const rootOf = (second: S.Expr): Readonly<Record<AdamEpsilon, S.Expr>> => {
  const corrected = correctedSecond(second);
  return {
    outside: S.add(S.sqrt(corrected), epsilonInput),
    inside: S.sqrt(S.add(corrected, epsilonInput)),
    uncorrected: S.multiply(S.add(S.sqrt(second), epsilonInput), S.input('rootCorrection2')),
  };
};

/** θ − η·numerator ÷ denominator, the rate multiplied first. */
export const descend = (numerator: S.Expr, denominator: S.Expr, from: S.Expr = value): S.Expr =>
  S.subtract(from, S.divide(S.multiply(rate, numerator), denominator));

/** The scalars of the rate, β₁, β₂ and ε at step t: the corrections 1 ÷ (1 − βᵗ) count steps. */
export const momentScalars = (
  { beta1, beta2, epsilon }: { readonly beta1: number; readonly beta2: number; readonly epsilon: number },
  { step, rate, oneMinusPower }: Pick<StepOf, 'step' | 'rate' | 'oneMinusPower'>,
): Numbers => {
  const correction2 = 1 / oneMinusPower(beta2, step);
  return {
    rate,
    beta1,
    oneMinusBeta1: 1 - beta1,
    beta2,
    oneMinusBeta2: 1 - beta2,
    correction1: 1 / oneMinusPower(beta1, step),
    correction2,
    rootCorrection2: Math.sqrt(correction2),
    epsilon,
  };
};

/** What a decoupled decay acts on: `weights` alone, or `all` parameters (PyTorch and optax, unless told). */
export type Decayed = 'weights' | 'all';
export const decayedField = oneOf('weights', 'all');

/** (1 − ηλ)θ, for weights alone or for all; λ is in units of 1 ÷ rate (PyTorch, Keras and optax; the λ of the paper is
 * ηλ here). */
export const shrunk: Readonly<Record<Decayed, S.Expr>> = {
  all: S.multiply(S.input('shrink'), value),
  weights: S.ifEqual(S.input('isWeight'), 1, S.multiply(S.input('shrink'), value), value),
};
