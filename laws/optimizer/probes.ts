import { fill } from '../../src/ops/derived.ts';
import type { Optimizer, Phase, PhaseInput } from '../../src/optimizer/optimizer.ts';
import { fromRule } from '../../src/optimizer/rule.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import * as S from '../../src/scalar/expr.ts';
import { type Form, map } from '../../src/tensor/tree.ts';
import type { Description } from './configs.ts';
import { INPUTS, type Params, start, stepWith } from './problem.ts';
import { made } from './rules.ts';

/** An optimizer whose next parameters are the gradient that it is given. */
export const gradientSeen: Optimizer = fromRule({
  kind: 'gradientSeen',
  config: { learningRate: 1 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: S.input('gradient'),
});

const showValue: Phase = <P extends Form, T>({ ops, declaration, evaluation, params }: PhaseInput<P, T>) => ({
  params: map(
    declaration.tree,
    (x: T): T => ops.map(S.add(S.input('a'), S.input('b')), { a: fill(ops, ops.shape(x), 0), b: evaluation.value }),
    params,
  ),
  vectors: {},
});

/** An optimizer whose next parameters are the loss that it is given. */
export const valueSeen: Optimizer = {
  description: { kind: 'valueSeen' },
  numbers: {},
  vectors: {},
  decide: (numbers, ran) => (ran === undefined ? { numbers, run: { phase: 'show', scalars: {} } } : { numbers }),
  phases: { show: showValue },
};

/** What a transform makes of a gradient at some parameters. */
export const transformed = (transform: Transform, params: Params, gradient: Params): Params =>
  stepWith(transform(gradientSeen), start(transform(gradientSeen), params), gradient).params;

/** A decoded transform, from its description. */
export const transformOf =
  (description: Description): Transform =>
  (optimizer) =>
    made({ ...description, optimizer: optimizer.description });

export const inWeight = (i: number, outputs: number): boolean => i < INPUTS * outputs;
