/** Adadelta. */
import * as S from '../../scalar/expr.ts';
import { epsilon, fieldsOf, retention } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';
import { gradient, rate, value } from './moments.ts';

export type AdadeltaConfig = {
  /** 1 unless told (Zeiler, PyTorch); Keras' is 0.001. */
  readonly learningRate: Rate;
  /** ρ in [0, 1): 0.95 unless told (Zeiler, Keras); PyTorch's is 0.9. */
  readonly decay: number;
  /** Inside both roots, as everywhere: 1e-6 unless told. */
  readonly epsilon: number;
};

const [squares, changes, delta, e] = [S.input('squares'), S.input('changes'), S.input('delta'), S.input('epsilon')];
const decayed = (x: S.Expr, of: S.Expr): S.Expr =>
  S.add(S.multiply(S.input('decay'), x), S.multiply(S.input('oneMinusDecay'), S.multiply(of, of)));

const made = makesOptimizer(
  fieldsOf<AdadeltaConfig>()(
    'adadelta',
    { learningRate: rateField, decay: retention, epsilon },
    { learningRate: 1, decay: 0.95, epsilon: 1e-6 },
  ),
  (config) =>
    fromRule({
      kind: 'adadelta',
      config,
      slots: { squares: 0, changes: 0 },
      scalars: ({ decay, epsilon: of }) => ({ decay, oneMinusDecay: 1 - decay, epsilon: of }),
      updates: [
        ['squares', decayed(squares, gradient)],
        // Reads the changes before this one's is among them.
        ['delta', S.multiply(S.divide(S.sqrt(S.add(changes, e)), S.sqrt(S.add(squares, e))), gradient)],
        ['changes', decayed(changes, delta)],
      ],
      value: S.subtract(value, S.multiply(rate, delta)),
    }),
);

/**
 * Adadelta: s ← ρs + (1 − ρ)g², δ = (√(c + ε) ÷ √(s + ε))·g, c ← ρc + (1 − ρ)δ², θ ← θ − ηδ (Zeiler 2012, algorithm 1).
 * Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.adadelta().description // => { kind: 'adadelta', learningRate: 1, decay: 0.95, epsilon: 1e-6 }
 * ```
 */
export const adadelta = (config: Partial<AdadeltaConfig> = {}): Optimizer => made.make(config);
export const adadeltaKind = made.kind;
