/** Optimizers that keep things where they should not, written as phases, and the right ones. */
import { Expr, type Ops, Optimizer, Shape, Tree } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { optimizer as lawsOfOptimizer, type OptimizerOptions } from '../pack/optimizer.ts';
import type { Broken } from './broken.ts';
import { moved, onePhase, rolled, slotOf } from './optimizers-phases.ts';

const { add, divide, input, multiply, sqrt, subtract } = Expr;
const [a, b] = [input('a'), input('b')];

/** Momentum whose velocities may come from elsewhere. */
const momentum = (
  velocities: <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>) => Tree.Of<P, T>,
): Optimizer.Optimizer =>
  onePhase(
    'momentum',
    { velocity: 0 },
    <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
      const velocity = velocities<P, T>(given);
      return { params: moved<P, T>(given, velocity), vectors: { velocity } };
    },
  );

const kept = <P extends Tree.Form, T>({
  ops,
  declaration,
  vectors,
  evaluation,
}: Optimizer.PhaseInput<P, T>): Tree.Of<P, T> =>
  Tree.zip(
    declaration.tree,
    (velocity: T, g: T): T => rolled(ops, velocity, g),
    slotOf(vectors, 'velocity'),
    evaluation.gradient,
  );

const rolls: OptimizerOptions<number> = {
  scale: 'linear',
  expected: {
    start: 0,
    step: (of, { parameter, gradient, rate }) => {
      const state = of / 2 + gradient;
      return { state, parameter: parameter - rate * state };
    },
  },
};

/** Adagrad whose sums may be of more than one number. */
const adagrad = (gathered: <T>(ops: Ops.Ops<T>, squares: T) => T): Optimizer.Optimizer =>
  onePhase(
    'adagrad',
    { sum: 0 },
    <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
      const { ops, declaration, vectors, evaluation } = given;
      const { tree } = declaration;
      const sum = Tree.zip(
        tree,
        (old: T, g: T): T => ops.map(add(a, b), { a: old, b: gathered(ops, ops.map(multiply(a, a), { a: g })) }),
        slotOf(vectors, 'sum'),
        evaluation.gradient,
      );
      const by = Tree.zip(
        tree,
        (g: T, all: T): T => ops.map(divide(a, add(sqrt(b), 1e-8)), { a: g, b: all }),
        evaluation.gradient,
        sum,
      );
      return { params: moved<P, T>(given, by), vectors: { sum } };
    },
  );
const adagrads: OptimizerOptions<number> = {
  scale: 'invariant',
  expected: {
    start: 0,
    step: (of, { parameter, gradient, rate }) => {
      const state = of + gradient ** 2;
      return { state, parameter: parameter - (rate * gradient) / (Math.sqrt(state) + 1e-8) };
    },
  },
};

/** The sum over the last axis at each of its elements. */
const perRow = <T>(ops: Ops.Ops<T>, x: T): T => {
  const shape = ops.shape(x);
  return ops.broadcast(shape, ops.sum([shape.length - 1], x));
};

const KEPT = 0.999;
/** A rule with a correction that counts steps. */
const corrected = (count: (step: number) => number): Optimizer.Optimizer =>
  Optimizer.fromRule({
    kind: 'corrected',
    config: { learningRate: 0.1 },
    slots: { m: 0 },
    scalars: (_, { step }) => ({ correction: 1 - KEPT ** count(step) }),
    updates: [['m', add(multiply(KEPT, input('m')), multiply(1 - KEPT, input('gradient')))]],
    value: subtract(input('value'), multiply(0.1, divide(input('m'), input('correction')))),
  });
const corrects: OptimizerOptions<number> = {
  scale: 'linear',
  expected: {
    start: 0,
    step: (of, { t, parameter, gradient, rate }) => {
      const state = KEPT * of + (1 - KEPT) * gradient;
      return { state, parameter: parameter - (rate * state) / (1 - KEPT ** t) };
    },
  },
};

/** What a tensor holds, for a fault that writes into it: a tensor's data is an array that only its type protects. */
const writable = (x: unknown): Float64Array => (x as { readonly data?: Float64Array }).data ?? new Float64Array();

export const broken: readonly Broken[] = [
  {
    name: 'Adagrad, one sum a row',
    fault: 'squares are summed over each row of a weight matrix instead of number by number',
    law: 'numbers are independent',
    teaching: true,
    laws: lawsOfOptimizer(adagrad(perRow), adagrads),
  },
  {
    name: 'slots of equal shapes shared',
    fault: 'velocities are found by the shape of a parameter, so two of one shape have one',
    law: 'numbers are independent',
    laws: lawsOfOptimizer(
      momentum(<P extends Tree.Form, T>({ ops, declaration, vectors, evaluation }: Optimizer.PhaseInput<P, T>) => {
        const byShape = new Map<string, T>();
        const { tree } = declaration;
        Tree.map(tree, (old: T) => void byShape.set(Shape.show(ops.shape(old)), old), slotOf(vectors, 'velocity'));
        return Tree.map(
          tree,
          (g: T): T => rolled(ops, byShape.get(Shape.show(ops.shape(g))) ?? g, g),
          evaluation.gradient,
        );
      }),
      rolls,
    ),
  },
  {
    name: 'velocity in a closure',
    fault: 'the velocities are kept in a variable beside the optimizer, so two runs mix',
    law: 'runs share nothing',
    laws: lawsOfOptimizer(
      (() => {
        const last = new Map<string, unknown>();
        return momentum(<P extends Tree.Form, T>({ ops, declaration, evaluation }: Optimizer.PhaseInput<P, T>) =>
          Tree.map(
            declaration.tree,
            (g: T, path): T => {
              const name = `${Tree.showPath(path)} ${ops.dtype} ${Shape.show(ops.shape(g))}`;
              // What was kept has the type of the algebra of the last call.
              const next = last.has(name) ? rolled(ops, last.get(name) as T, g) : g;
              last.set(name, next);
              return next;
            },
            evaluation.gradient,
          ),
        );
      })(),
      rolls,
    ),
  },
  {
    name: 'steps counted in a closure',
    fault: 'the bias correction counts calls, whoever makes them, and not the steps of a run',
    law: 'runs share nothing',
    laws: lawsOfOptimizer(
      (() => {
        let calls = 0;
        return corrected(() => {
          calls += 1;
          return calls;
        });
      })(),
      corrects,
    ),
  },
  {
    name: 'velocity beside the tensor',
    fault: 'velocities are remembered for the tensors they belong to, which a file does not know',
    law: 'slots resume from a file',
    laws: lawsOfOptimizer(
      (() => {
        const beside = new WeakMap<object, unknown>();
        return onePhase(
          'momentum',
          {},
          <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
            const { ops, declaration, params, evaluation } = given;
            const velocities = Tree.zip(
              declaration.tree,
              (x: T, g: T): T => {
                const known = beside.get(Object(x));
                // What was kept has the type of the algebra of the last call.
                return known === undefined ? g : rolled(ops, known as T, g);
              },
              params,
              evaluation.gradient,
            );
            const next = moved<P, T>(given, velocities);
            Tree.zip(declaration.tree, (x: T, v: T) => void beside.set(Object(x), v), next, velocities);
            return { params: next, vectors: {} };
          },
        );
      })(),
      rolls,
    ),
  },
  {
    name: 'gradient scaled in place',
    fault: 'the gradient is multiplied by the rate in the buffer that was given',
    law: 'writes to nothing',
    laws: lawsOfOptimizer(
      momentum(<P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>) => {
        const velocities = kept<P, T>(given);
        Tree.map(
          given.declaration.tree,
          (g: T) => {
            const data = writable(g);
            for (const i of data.keys()) data[i] = 0.1 * (data[i] ?? NaN);
          },
          given.evaluation.gradient,
        );
        return velocities;
      }),
      rolls,
    ),
  },
  {
    name: 'slots renamed',
    fault: 'the first step gives its velocity another name than the beginning did',
    law: 'slots keep their form',
    laws: lawsOfOptimizer(
      onePhase(
        'momentum',
        { v: 0 },
        <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
          const { ops, declaration, vectors, evaluation } = given;
          const velocity = Tree.zip(
            declaration.tree,
            (old: T, g: T): T => rolled(ops, old, g),
            vectors.velocity ?? slotOf(vectors, 'v'),
            evaluation.gradient,
          );
          return { params: moved<P, T>(given, velocity), vectors: { velocity } };
        },
      ),
      rolls,
    ),
  },
  {
    name: 'rate by the size of the data',
    fault: 'it looks at the numbers of a tensor past the algebra, which no engine lets it do',
    law: 'written in the algebra',
    laws: lawsOfOptimizer(
      momentum(<P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>) =>
        Tree.map(
          given.declaration.tree,
          (v: T): T => (writable(v).some((x) => x !== 0) ? v : given.ops.map(multiply(0, a), { a: v })),
          kept<P, T>(given),
        ),
      ),
      rolls,
    ),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfOptimizer(
    adagrad((_, squares) => squares),
    { ...adagrads, name: 'Adagrad' },
  ),
  lawsOfOptimizer(momentum(kept), { ...rolls, name: 'momentum, of phases' }),
  lawsOfOptimizer(
    corrected((step) => step),
    { ...corrects, name: 'bias correction' },
  ),
];
