/** What optimizers written as phases are made of. */
import { Expr, type Ops, type Optimizer, Tree } from '../../src/index.ts';

const { add, input, multiply, subtract } = Expr;
const [a, b] = [input('a'), input('b')];

/** An optimizer of one phase, which has a rate of 0.1 and counts its steps. */
export const onePhase = (
  kind: string,
  vectors: Optimizer.Optimizer['vectors'],
  phase: Optimizer.Phase,
): Optimizer.Optimizer => ({
  description: { kind, learningRate: 0.1 },
  numbers: { steps: 0 },
  vectors,
  decide: (numbers, ran) =>
    ran === undefined
      ? { numbers: { steps: (numbers.steps ?? 0) + 1 }, run: { phase: 'update', scalars: { rate: 0.1 } } }
      : { numbers },
  phases: { update: phase },
});

/** θ − ηu. */
export const moved = <P extends Tree.Form, T>(
  { ops, declaration, params }: Optimizer.PhaseInput<P, T>,
  by: Tree.Of<P, T>,
): Tree.Of<P, T> =>
  Tree.zip(declaration.tree, (x: T, u: T): T => ops.map(subtract(a, multiply(0.1, b)), { a: x, b: u }), params, by);

/** v/2 + g. */
export const rolled = <T>(ops: Ops.Ops<T>, velocity: T, gradient: T): T =>
  ops.map(add(multiply(0.5, a), b), { a: velocity, b: gradient });

export const slotOf = <V>(vectors: Readonly<Record<string, V>>, name: string): V => {
  const slot = vectors[name];
  if (slot === undefined) throw new Error(`no slot ${name}`);
  return slot;
};
