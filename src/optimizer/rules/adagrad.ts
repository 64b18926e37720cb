/** Rates that fall with the squares summed so far: Adagrad, plain and with momentum. */
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, notNegative, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import { type EpsilonPlacement, epsilonPlacement, rootWithEpsilon } from './epsilon.ts';
import { descend, gradient, rate, value } from './moments.ts';

export type AdagradConfig = {
  /** 0.01 unless told. */
  readonly learningRate: Rate;
  /** 1e-10 unless told. */
  readonly epsilon: number;
  /** `outside` unless told: √s + ε (Duchi, Hazan and Singer 2011; PyTorch). Keras and optax have √(s + ε). */
  readonly epsilonPlacement: EpsilonPlacement;
  /** What the sum begins with: 0 unless told (PyTorch); Keras and optax begin with 0.1. */
  readonly initialAccumulator: number;
};

export type AdagradMomentumConfig = AdagradConfig & {
  /** μ in [0, 1), 0.9 unless told. */
  readonly momentum: number;
};

const fields = { learningRate: rateField, epsilon, epsilonPlacement, initialAccumulator: notNegative };
const defaults = {
  learningRate: 0.01,
  epsilon: 1e-10,
  epsilonPlacement: 'outside',
  initialAccumulator: 0,
} as const;

const sum = S.input('sum');
const summed = ['sum', S.add(sum, S.multiply(gradient, gradient))] as const;

const made = makesOptimizer(fieldsOf<AdagradConfig>()('adagrad', fields, defaults), (config) =>
  fromRule({
    kind: 'adagrad',
    config,
    slots: { sum: config.initialAccumulator },
    scalars: (hyperparameters) => ({ epsilon: hyperparameters.epsilon }),
    updates: [summed],
    value: descend(gradient, rootWithEpsilon(sum)[config.epsilonPlacement]),
  }),
);

/**
 * Adagrad: s ← s + g², θ ← θ − η·g ÷ (√s + ε) (Duchi, Hazan and Singer 2011, the diagonal form). `epsilonPlacement` and
 * `initialAccumulator` say what other libraries do. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adagrad({ learningRate: 0.1, initialAccumulator: 0.1 }).vectors // => { sum: 0.1 }
 * ```
 */
export const adagrad = (config: Partial<AdagradConfig> = {}): Optimizer => made.make(config);
export const adagradKind = made.kind;

const change = S.input('change');

const madeMomentum = makesOptimizer(
  fieldsOf<AdagradMomentumConfig>()(
    'adagradMomentum',
    { ...fields, momentum: retention },
    { ...defaults, momentum: 0.9 },
  ),
  (config) =>
    fromRule({
      kind: 'adagradMomentum',
      config,
      slots: { sum: config.initialAccumulator, change: 0 },
      scalars: (hyperparameters) => ({ epsilon: hyperparameters.epsilon, momentum: hyperparameters.momentum }),
      updates: [
        summed,
        [
          'change',
          S.add(
            S.multiply(S.input('momentum'), change),
            S.divide(S.multiply(rate, gradient), rootWithEpsilon(sum)[config.epsilonPlacement]),
          ),
        ],
      ],
      value: S.subtract(value, change),
    }),
);

/**
 * Adagrad's step with momentum: s ← s + g², c ← μc + η·g ÷ (√s + ε), θ ← θ − c: the heavy ball (Polyak 1964) whose force
 * is Adagrad's step. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adagradMomentum({ learningRate: 0.1 }).description.momentum // => 0.9
 * ```
 */
export const adagradMomentum = (config: Partial<AdagradMomentumConfig> = {}): Optimizer => madeMomentum.make(config);
export const adagradMomentumKind = madeMomentum.kind;
