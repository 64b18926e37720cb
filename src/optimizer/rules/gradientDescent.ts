/** Gradient descent. */
import * as S from '../../scalar/expr.ts';
import { fieldsOf } from '../config.ts';
import { makesOptimizer } from '../kind.ts';
import type { Optimizer } from '../optimizer.ts';
import { rateField } from '../rate.ts';
import { fromRule } from '../rule.ts';
import type { Rate } from '../schedule/schedule.ts';

export type GradientDescentConfig = {
  readonly learningRate: Rate;
};

const descent = S.subtract(S.input('value'), S.multiply(S.input('rate'), S.input('gradient')));

const made = makesOptimizer(
  fieldsOf<GradientDescentConfig>()('gradientDescent', { learningRate: rateField }, {}),
  (config) =>
    fromRule({
      kind: 'gradientDescent',
      config,
      slots: {},
      scalars: () => ({}),
      updates: [],
      value: descent,
    }),
);

/**
 * Gradient descent, θ ← θ − η·g. Throws where the rate is negative or not finite.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.gradientDescent({ learningRate: 0.1 }).description // => { kind: 'gradientDescent', learningRate: 0.1 }
 * ```
 */
export const gradientDescent = (config: GradientDescentConfig): Optimizer => made.make(config);
export const gradientDescentKind = made.kind;
