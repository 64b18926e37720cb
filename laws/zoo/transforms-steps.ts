/** Transforms that average and gather, each with room for mistakes. */
import * as O from 'fp-ts/lib/Option.js';
import { Expr, Ops, type Optimizer, type Transform, Tree } from '../../src/index.ts';

const { add, divide, input, multiply } = Expr;
const [a, b, x] = [input('a'), input('b'), input('x')];

type Given<P extends Tree.Form, T> = Optimizer.PhaseInput<P, T>;

const slotOf = <V>(vectors: Readonly<Record<string, V>>, name: string): V => {
  const slot = vectors[name];
  if (slot === undefined) throw new Error(`no slot ${name}`);
  return slot;
};
const numberOf = (numbers: Optimizer.Numbers, name: string): number => numbers[name] ?? NaN;

interface Averaging {
  /** By what the average is divided when it is asked for. */
  readonly divisor?: (steps: number) => number;
  readonly next?: Expr.Expr<'a' | 'b'>;
  /** Whether the average is put in the place of the parameters. */
  readonly replaces?: boolean;
}
export const KEPT = 0.75;
/** A decaying average of the parameters after each phase of an optimizer that has one a step. */
export const average =
  ({
    divisor = (steps) => 1 - KEPT ** steps,
    next = add(multiply(KEPT, a), multiply(1 - KEPT, b)),
    replaces = false,
  }: Averaging): Transform.Transform =>
  (optimizer) => ({
    ...optimizer,
    description: { kind: 'average', kept: KEPT, optimizer: optimizer.description },
    numbers: { ...optimizer.numbers, averaged: 0 },
    vectors: { ...optimizer.vectors, average: 0 },
    decide: (numbers, ran) => {
      const decision = optimizer.decide(numbers, ran);
      const averaged = numberOf(numbers, 'averaged') + (ran === undefined ? 0 : 1);
      return { ...decision, numbers: { ...decision.numbers, averaged } };
    },
    phases: Object.fromEntries(
      Object.entries(optimizer.phases).map(([name, phase]) => [
        name,
        <P extends Tree.Form, T>(given: Given<P, T>): Optimizer.PhaseOutput<P, T> => {
          const done = phase<P, T>(given);
          const { ops, declaration, vectors } = given;
          const of = Tree.zip(
            declaration.tree,
            (old: T, p: T): T => ops.map(next, { a: old, b: p }),
            slotOf(vectors, 'average'),
            done.params,
          );
          return { ...done, params: replaces ? of : done.params, vectors: { ...done.vectors, average: of } };
        },
      ]),
    ),
    preferred: ({ ops, declaration, slots }) => {
      const steps = numberOf(slots.numbers, 'averaged');
      const by = ops.scalar(divisor(steps));
      return steps === 0
        ? O.none
        : O.some(
            Tree.map(
              declaration.tree,
              (of: typeof by) => ops.map(divide(a, b), { a: of, b: by }),
              slotOf(slots.vectors, 'average'),
            ),
          );
    },
  });

export const EVERY = 2;
interface Gathering {
  readonly mean?: Expr.Expr<'a' | 'b'>;
  /** Whether the sum begins anew after each step. */
  readonly resets?: boolean;
}
/** One step of an optimizer of one phase, `update`, for every second gradient. */
export const gather =
  ({ mean = multiply(1 / EVERY, add(a, b)), resets = true }: Gathering): Transform.Transform =>
  (optimizer) => {
    const inner =
      (phase: Optimizer.Phase): Optimizer.Phase =>
      <P extends Tree.Form, T>(given: Given<P, T>): Optimizer.PhaseOutput<P, T> => {
        const { ops, declaration, vectors, evaluation } = given;
        const sum = slotOf(vectors, 'sum');
        const gradient = Tree.zip(
          declaration.tree,
          (old: T, g: T): T => ops.map(mean, { a: old, b: g }),
          sum,
          evaluation.gradient,
        );
        const done = phase<P, T>({ ...given, evaluation: { ...evaluation, gradient } });
        const zero = Tree.map(declaration.tree, (g: T): T => ops.map(multiply(0, x), { x: g }), sum);
        return { ...done, vectors: { ...done.vectors, sum: resets ? zero : sum } };
      };
    return {
      ...optimizer,
      description: { kind: 'gather', steps: EVERY, optimizer: optimizer.description },
      numbers: { ...optimizer.numbers, gathered: 0 },
      vectors: { ...optimizer.vectors, sum: 0 },
      decide: (numbers, ran) => {
        const gathered = numberOf(numbers, 'gathered');
        if (ran !== undefined) return { numbers };
        if (gathered + 1 < EVERY)
          return { numbers: { ...numbers, gathered: gathered + 1 }, run: { phase: 'gather', scalars: {} } };
        const decision = optimizer.decide(numbers, ran);
        return { ...decision, numbers: { ...decision.numbers, gathered: 0 } };
      },
      phases: {
        ...Object.fromEntries(Object.entries(optimizer.phases).map(([name, phase]) => [name, inner(phase)])),
        gather: <P extends Tree.Form, T>({ ops, declaration, vectors, evaluation, params }: Given<P, T>) => ({
          params,
          vectors: {
            ...vectors,
            sum: Tree.zip(
              declaration.tree,
              (old: T, g: T): T => Ops.add(ops, old, g),
              slotOf(vectors, 'sum'),
              evaluation.gradient,
            ),
          },
        }),
      },
    };
  };
