/** This project's engines: how a run is told which to use, and their matrix products alone. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Engine, type Failure, Key, Ops, type Shape, type Tensor } from 'nabla-ts';
import { Native } from 'nabla-ts/native';
// A plan of products alone is nothing that a user needs, so these are not among what is public.
import type { Computation } from '../../src/engine/engine.ts';
import { placeOf, write } from '../../src/engine/run/machine.ts';
import { type Product, products, type Workload } from './workloads.ts';

export const engines = {
  /** Steps one by one where an epoch would take long: it has nothing to prepare. */
  reference: { stepByStep: true },
  wasm: { stepByStep: false },
  native: { stepByStep: false },
} as const;

export type EngineName = keyof typeof engines;

/** An engine by its name, or why there is none. */
export const engineOf = (name: EngineName): TE.TaskEither<Failure.Failure, Engine.Engine> =>
  name === 'reference' ? TE.right(Engine.reference) : name === 'wasm' ? TE.right(Engine.create()) : Native.create();

/** The two sides as they lie in memory. */
const sides = ({
  rows,
  inner,
  columns,
  transposed,
}: Product): { readonly left: Shape.Shape; readonly right: Shape.Shape } => ({
  left: transposed === 'left' ? [inner, rows] : [rows, inner],
  right: transposed === 'right' ? [columns, inner] : [inner, columns],
});

const multiply = <T>(ops: Ops.Ops<T>, { transposed }: Product, left: T, right: T): T =>
  ops.matmul(
    transposed === 'left' ? Ops.transposed(ops, left) : left,
    transposed === 'right' ? Ops.transposed(ops, right) : right,
  );

const some = (shape: Shape.Shape): Tensor.Tensor => Key.uniform(shape)(Key.fromSeed(1));

const computation = (of: readonly Product[]): Computation => ({
  dtype: 'f32',
  of: [of],
  name: 'products',
  kept: [],
  record: ({ ops, input }) =>
    of.map((product, i) => {
      const { left, right } = sides(product);
      return { name: `c${i}`, node: multiply(ops, product, input(`a${i}`, left), input(`b${i}`, right)) };
    }),
});

/** The matrix products of a step and nothing else, so many times. */
export const productsOf = (engine: Engine.Engine, workload: Workload): ((count: number) => void) => {
  const all = products(workload);
  const numbers = all.map((product) => ({
    product,
    left: some(sides(product).left),
    right: some(sides(product).right),
  }));
  return pipe(
    engine.prepare(computation(all)),
    E.match(
      () => {
        const ops = Ops.reference('f32');
        return (count: number) => {
          for (let i = 0; i < count; i++)
            for (const { product, left, right } of numbers) multiply(ops, product, left, right);
        };
      },
      (compiled) => (count: number) =>
        engine.borrow(all, (lent) => {
          // Whoever trained in this memory must not take it for what was left there.
          lent.owner = all;
          const { machine } = lent;
          const { plan, run } = machine.load(compiled);
          for (const [i, { left, right }] of numbers.entries()) {
            write(machine, placeOf(plan.inputs, `a${i}`), left);
            write(machine, placeOf(plan.inputs, `b${i}`), right);
          }
          for (let i = 0; i < count; i++) run();
        }),
    ),
  );
};
