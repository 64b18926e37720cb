/** Optimizers whose steps are of a wrong size: by position, by count, by format, and the right ones. */
import { Expr, Optimizer, Shape, Tree } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { optimizer as lawsOfOptimizer, type OptimizerOptions } from '../pack/optimizer.ts';
import type { Broken } from './broken.ts';
import { moved, onePhase } from './optimizers-phases.ts';

const { abs, add, divide, input, max, min, multiply, subtract } = Expr;
const [a, b, value, g, rate] = [input('a'), input('b'), input('value'), input('gradient'), input('rate')];

/** θ − η·by. */
const descent = (by: Expr.Expr, scalars: (at: Optimizer.StepOf) => Readonly<Record<string, number>> = () => ({})) =>
  Optimizer.fromRule({
    kind: 'descent',
    config: { learningRate: 0.1 },
    slots: {},
    scalars: (_, at) => scalars(at),
    updates: [],
    value: subtract(value, multiply(rate, by)),
  });
const descends: OptimizerOptions<null> = { scale: 'linear' };

/** Each element of the gradient as a phase makes it. */
const phase = (
  kind: string,
  size: <T>(given: Pick<Optimizer.PhaseInput<Tree.Form, T>, 'ops'>, gradient: T) => T,
): Optimizer.Optimizer =>
  onePhase(kind, {}, <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
    const { ops, declaration, evaluation } = given;
    const by = Tree.map(declaration.tree, (gradient: T): T => size({ ops }, gradient), evaluation.gradient);
    return { params: moved<P, T>(given, by), vectors: {} };
  });

/** g ÷ (|g| + ε): a sign that is smooth. */
const softSign = (epsilon: (dtype: Expr.Dtype) => number): Optimizer.Optimizer =>
  phase('softSign', ({ ops }, gradient) =>
    ops.map(divide(a, add(abs(a), b)), { a: gradient, b: ops.scalar(epsilon(ops.dtype)) }),
  );
const soft: OptimizerOptions<null> = {
  scale: 'invariant',
  expected: {
    start: null,
    step: (state, { parameter, gradient, rate: η }) => ({
      state,
      parameter: parameter - (η * gradient) / (Math.abs(gradient) + 1e-8),
    }),
  },
};

export const broken: readonly Broken[] = [
  {
    name: 'steps by position',
    fault: 'the gradient is multiplied by the number of the element, from a counter that was left in',
    law: 'elements permute',
    laws: lawsOfOptimizer(
      phase('descent', ({ ops }, gradient) => {
        const shape = ops.shape(gradient);
        const counted = ops.reshape(shape, ops.iota(Shape.size(shape)));
        return ops.map(multiply(a, add(b, 1)), { a: gradient, b: counted });
      }),
      descends,
    ),
  },
  {
    name: 'decay of the rate, upside down',
    fault: 'the rate is divided by 0.8ᵗ where it should be multiplied: it grows',
    law: 'descends a quadratic',
    laws: lawsOfOptimizer(
      descent(divide(g, input('kept')), ({ step }) => ({ kept: 0.8 ** step })),
      descends,
    ),
  },
  {
    name: 'clipped inside',
    fault: 'gradients are cut at 1 before the step, which nothing declares',
    law: 'scale is linear',
    laws: lawsOfOptimizer(descent(max(-1, min(1, g))), descends),
  },
  {
    name: 'another ε in f32',
    fault: 'ε is 1e-3 in f32 and 1e-8 in f64',
    law: 'formats agree',
    laws: lawsOfOptimizer(
      softSign((dtype) => (dtype === 'f32' ? 1e-3 : 1e-8)),
      soft,
    ),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfOptimizer(descent(g), { ...descends, name: 'descent without a transcription' }),
  lawsOfOptimizer(
    softSign(() => 1e-8),
    { ...soft, name: 'a smooth sign' },
  ),
];
