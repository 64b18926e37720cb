/** Gradients that are gathered over several steps before the optimizer takes one. */
import * as S from '../../scalar/expr.ts';
import { type Form, map, type Of } from '../../tensor/tree.ts';
import { count, fieldsOf } from '../config.ts';
import { makes } from '../kind.ts';
import { combine, scalarOf, vectorOf } from '../leaves.ts';
import { numberOf } from '../numbers.ts';
import type { Optimizer, Phase, PhaseInput, PhaseOutput } from '../optimizer.ts';
import { both, innerDecision, innerOf, innerPhases, innerRan, nest, ownOf } from './nest.ts';
import type { Transform } from './transform.ts';

export type AccumulateConfig = { readonly steps: number };

const added = S.add(S.input('a'), S.input('b'));
const mean = S.divide(S.input('sum'), S.input('steps'));

/** Keeps the sum that `of` makes, and reads the loss. */
const gather =
  (of: <P extends Form, T>(given: PhaseInput<P, T>) => Of<P, T>): Phase =>
  <P extends Form, T>(given: PhaseInput<P, T>): PhaseOutput<P, T> => ({
    params: given.params,
    vectors: { ...given.vectors, sum: of<P, T>(given) },
    readings: { value: given.evaluation.value },
  });

const begin = gather(({ evaluation }) => evaluation.gradient);
const more = gather(<P extends Form, T>({ ops, declaration, vectors, evaluation }: PhaseInput<P, T>) =>
  combine<P, T>(ops, declaration.tree, added, {}, vectorOf(vectors, 'sum'), evaluation.gradient),
);

const accumulated = (steps: number, inner: Optimizer): Optimizer => {
  const ownStart = { gathered: 0, value: 0 };
  return nest(inner, {
    kind: 'accumulate',
    config: { steps },
    numbers: ownStart,
    vectors: { sum: 0 },
    decide: (numbers, ran) => {
      if (ran === undefined)
        return { numbers, run: { phase: numberOf(numbers, 'gathered') === 0 ? 'begin' : 'more', scalars: {} } };
      const inside = innerRan(ran);
      const own =
        inside === undefined
          ? {
              gathered: numberOf(numbers, 'gathered') + 1,
              value: numberOf(numbers, 'value') + numberOf(ran.readings, 'value'),
            }
          : ownOf(numbers);
      if (numberOf(own, 'gathered') < steps) return { numbers: both(own, innerOf(numbers)) };
      const decision = inner.decide(innerOf(numbers), inside);
      return decision.run === undefined
        ? innerDecision(ownStart, {}, decision)
        : innerDecision(own, { steps, value: numberOf(own, 'value') / steps }, decision);
    },
    phases: {
      begin,
      more,
      ...innerPhases(inner, {
        before: <P extends Form, T>({ ops, declaration, scalars, vectors }: PhaseInput<P, T>) => {
          const over = scalarOf(scalars, 'steps');
          return {
            value: scalarOf(scalars, 'value'),
            gradient: map(
              declaration.tree,
              (sum: T): T => ops.map(mean, { sum, steps: over }),
              vectorOf(vectors, 'sum'),
            ),
          };
        },
      }),
    },
  });
};

const made = makes(
  'Transform',
  fieldsOf<AccumulateConfig>()('accumulate', { steps: count }, {}),
  ({ steps }): Transform =>
    (inner) =>
      accumulated(steps, inner),
);

/**
 * Takes one step of the optimizer inside every `steps` steps, with the mean of their losses and gradients; in between the
 * parameters stay. Each gradient counts the same, also that of a smaller batch. Its count of steps, and so its schedule,
 * is of steps taken. Throws unless the number is whole and at least 1.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.accumulate(4)(Optimizer.adam()).numbers // => { gathered: 0, value: 0, 'inner.steps': 0 }
 * ```
 */
export const accumulate = (steps: number): Transform => made.make({ steps });
export const accumulateKind = made.kind;
