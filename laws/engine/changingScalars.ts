/** An optimizer that gives its phase other scalars in one step than in another. */
import type { Optimizer, Phase, PhaseInput } from '../../src/optimizer/optimizer.ts';
import { add, input, multiply } from '../../src/scalar/expr.ts';
import { type Form, map } from '../../src/tensor/tree.ts';

const [x, by] = [input('x'), input('by')];

const phase: Phase = <P extends Form, T>({ ops, declaration, scalars, params }: PhaseInput<P, T>) => ({
  params: map(
    declaration.tree,
    (value: T): T => {
      const { factor, shift } = scalars;
      const scaled = factor === undefined ? value : ops.map(multiply(x, by), { x: value, by: factor });
      return shift === undefined ? scaled : ops.map(add(x, by), { x: scaled, by: shift });
    },
    params,
  ),
  vectors: {},
});

/** Halves in the first step; in the next also adds; then only adds; and again. */
export const changingScalars: Optimizer = {
  description: { kind: 'changing' },
  numbers: { steps: 0 },
  vectors: {},
  decide: ({ steps = 0 }, ran) =>
    ran === undefined
      ? {
          numbers: { steps },
          run: {
            phase: 'change',
            scalars: {
              ...(steps % 3 === 2 ? {} : { factor: 0.5 }),
              ...(steps % 3 === 0 ? {} : { shift: 0.125 + steps }),
            },
          },
        }
      : { numbers: { steps: steps + 1 } },
  phases: { change: phase },
};
