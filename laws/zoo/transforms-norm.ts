/** Wrong limits on weights. */
import { Expr, type Ops, type Optimizer, type Transform, Tree } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { transform as lawsOfTransform, type TransformOptions } from '../pack/transform.ts';
import type { Broken } from './broken.ts';

const { divide, input, multiply, sqrt } = Expr;
const x = input('x');

const LIMIT = 1.5;
const constrains: TransformOptions = { constrains: { limit: LIMIT } };

/** x·min(1, limit ÷ length), to the bit x where it is not longer. */
const shortened = Expr.ifLessOrEqual(input('length'), LIMIT, x, multiply(divide(x, input('length')), LIMIT));

interface Faults {
  /** Over which axes of a weight the norm goes. */
  readonly axes: (rank: number) => readonly number[];
  readonly ofBiases: boolean;
  readonly cut: Expr.Expr<'x' | 'length'>;
  /** Whether the parameters are shortened before the step, not after it. */
  readonly before: boolean;
}

const project = <T>(ops: Ops.Ops<T>, { axes, cut }: Faults, w: T): T => {
  const shape = ops.shape(w);
  const squares = ops.sum(axes(shape.length), ops.map(multiply(x, x), { x: w }));
  return ops.map(cut, { x: w, length: ops.broadcast(shape, ops.map(sqrt(x), { x: squares })) });
};

const allButTheLast = (rank: number): readonly number[] => Array.from({ length: rank - 1 }, (_, axis) => axis);

/** Weights shortened around each phase, with room for mistakes. */
const maxNorm = (own: Partial<Faults>): Transform.Transform => {
  const faults: Faults = { axes: allButTheLast, ofBiases: false, cut: shortened, before: false, ...own };
  return (optimizer) => ({
    ...optimizer,
    description: { kind: 'maxNorm', limit: LIMIT, optimizer: optimizer.description },
    phases: Object.fromEntries(
      Object.entries(optimizer.phases).map(([name, phase]) => [
        name,
        <P extends Tree.Form, T>(given: Optimizer.PhaseInput<P, T>): Optimizer.PhaseOutput<P, T> => {
          const { ops, declaration } = given;
          const short = (params: Tree.Of<P, T>): Tree.Of<P, T> =>
            Tree.zip(
              declaration.tree,
              (w: T, { role }: { readonly role: string }): T =>
                role === 'weight' || faults.ofBiases ? project(ops, faults, w) : w,
              params,
              declaration.specs,
            );
          if (faults.before) return phase<P, T>({ ...given, params: short(given.params) });
          const done = phase<P, T>(given);
          return { ...done, params: short(done.params) };
        },
      ]),
    ),
  });
};

export const broken: readonly Broken[] = [
  {
    name: 'weights out of a unit',
    fault: 'the norm goes over the last axis: of the weights that leave a unit, not of those that come into one',
    law: 'weights into a unit are short',
    laws: lawsOfTransform(maxNorm({ axes: (rank) => [rank - 1] }), constrains),
  },
  {
    name: 'all weights of a layer together',
    fault: 'the norm is that of the whole matrix, so that a layer of many units is held much shorter',
    law: 'weights into a unit are short',
    laws: lawsOfTransform(maxNorm({ axes: (rank) => Array.from({ length: rank }, (_, axis) => axis) }), constrains),
  },
  {
    name: 'biases held short, too',
    fault: 'the limit is put on biases as well',
    law: 'what is short is left as it is',
    laws: lawsOfTransform(maxNorm({ ofBiases: true }), constrains),
  },
  {
    name: 'shortened before the step',
    fault: 'the step that follows makes the weights longer than the limit again',
    law: 'weights into a unit are short',
    laws: lawsOfTransform(maxNorm({ before: true }), constrains),
  },
  {
    name: 'all weights brought to the limit',
    fault: 'short weights are made longer, too: a sphere and not a ball',
    law: 'what is short is left as it is',
    laws: lawsOfTransform(maxNorm({ cut: multiply(divide(x, Expr.add(input('length'), 1e-12)), LIMIT) }), constrains),
  },
];

export const correct: readonly LawSet[] = [lawsOfTransform(maxNorm({}), { ...constrains, name: 'maxNorm' })];
