/** RMSprop. */
import * as t from 'io-ts';
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, oneOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import { type EpsilonPlacement, epsilonPlacement, rootWithEpsilon } from './epsilon.ts';
import { gradient, rate, value } from './moments.ts';
import type { VelocityOf } from './momentum.ts';

export type RmspropConfig = {
  /** 0.001 unless told. */
  readonly learningRate: Rate;
  /** ρ in [0, 1): 0.9 unless told (Hinton, Keras, optax); PyTorch's `alpha` is 0.99. */
  readonly decay: number;
  /** 1e-8 unless told. */
  readonly epsilon: number;
  /** `outside` unless told: √s + ε (PyTorch). Keras and optax have √(s + ε). */
  readonly epsilonPlacement: EpsilonPlacement;
  /** μ in [0, 1), 0 unless told. */
  readonly momentum: number;
  /** What the velocity sums: `gradients` (divided by their root) unless told, as PyTorch and optax; `steps`, which the
   * rate has multiplied, as Keras. */
  readonly velocity: VelocityOf;
  /** Whether the gradient's mean is taken out of its mean square (Graves 2013); not unless told. */
  readonly centered: boolean;
};

const s = S.input('s');
const mean = S.input('mean');
const velocity = S.input('velocity');
const decayed = (x: S.Expr, of: S.Expr): S.Expr =>
  S.add(S.multiply(S.input('decay'), x), S.multiply(S.input('oneMinusDecay'), of));
const kept = S.multiply(S.input('momentum'), velocity);
/** Rounding can leave a variance that is 0 below it; then it is 0. */
const variance = S.max(S.subtract(s, S.multiply(mean, mean)), 0);

const made = makesOptimizer(
  fieldsOf<RmspropConfig>()(
    'rmsprop',
    {
      learningRate: rateField,
      decay: retention,
      epsilon,
      epsilonPlacement,
      momentum: retention,
      velocity: oneOf('gradients', 'steps'),
      centered: t.boolean,
    },
    {
      learningRate: 0.001,
      decay: 0.9,
      epsilon: 1e-8,
      epsilonPlacement: 'outside',
      momentum: 0,
      velocity: 'gradients',
      centered: false,
    },
  ),
  (config) => {
    const root = rootWithEpsilon(config.centered ? variance : s)[config.epsilonPlacement];
    return fromRule({
      kind: 'rmsprop',
      config,
      slots: { s: 0, ...(config.centered ? { mean: 0 } : {}), velocity: 0 },
      scalars: ({ decay, epsilon: e, momentum }) => ({ decay, oneMinusDecay: 1 - decay, epsilon: e, momentum }),
      updates: [
        ['s', decayed(s, S.multiply(gradient, gradient))],
        ...(config.centered ? [['mean', decayed(mean, gradient)] as const] : []),
        ['velocity', S.add(kept, S.divide(config.velocity === 'steps' ? S.multiply(rate, gradient) : gradient, root))],
      ],
      value: S.subtract(value, config.velocity === 'steps' ? velocity : S.multiply(rate, velocity)),
    });
  },
);

/**
 * RMSprop: s ← ρs + (1 − ρ)g², b ← μb + g ÷ (√s + ε), θ ← θ − ηb (Tieleman and Hinton 2012, lecture 6.5; with momentum
 * and centring as PyTorch). Centred, s is lessened by the square of the gradient's decaying mean (Graves 2013); where
 * rounding makes that negative it counts as 0. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Object.keys(Optimizer.rmsprop({ centered: true }).vectors) // => ['s', 'mean', 'velocity']
 * ```
 */
export const rmsprop = (config: Partial<RmspropConfig> = {}): Optimizer => made.make(config);
export const rmspropKind = made.kind;
