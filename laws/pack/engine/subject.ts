/** What an engine is asked to compute, and what it is: the smallest that can be said of both. */
import * as E from 'fp-ts/lib/Either.js';
import type { Engine } from '../../../src/engine/engine.ts';
import { placeOf, read, write } from '../../../src/engine/run/machine.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { all, holds, sameTensor, type Verdict } from '../../law.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/** A computation, written over the algebra of whoever computes it. */
export interface Program {
  readonly dtype: Dtype;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly results: <T>(ops: Ops<T>, inputs: Readonly<Record<string, T>>) => Readonly<Record<string, T>>;
}

/** An engine: a program becomes a function from its inputs to its results. */
export type Compiles = (program: Program) => (inputs: Tensors) => Tensors;

/** What a program gives in the reference, which defines it. */
export const byReference: Compiles =
  ({ dtype, results }) =>
  (inputs) =>
    results(reference(dtype), inputs);

/** An engine of this project, asked as any other; what it cannot compile is done by the reference, as it says. */
export const onPlans =
  (engine: Engine): Compiles =>
  (program) => {
    const { dtype, inputs, results } = program;
    const shapes = Object.entries(inputs);
    const compiled = engine.prepare({
      dtype,
      of: [program],
      name: 'program',
      kept: [],
      record: ({ ops, input }) =>
        Object.entries(results(ops, Object.fromEntries(shapes.map(([name, shape]) => [name, input(name, shape)])))).map(
          ([name, node]) => ({ name, node }),
        ),
    });
    if (E.isLeft(compiled)) return byReference(program);
    const { plan } = compiled.right;
    return (given) =>
      engine.borrow(program, ({ machine }) => {
        const { run } = machine.load(compiled.right);
        for (const [name, place] of plan.inputs) {
          const tensor = given[name];
          if (tensor !== undefined) write(machine, place, tensor);
        }
        run();
        return Object.fromEntries(
          [...plan.results.keys()].map((name) => [name, read(machine, dtype, placeOf(plan.results, name))]),
        );
      });
  };

/** Holds when results are there and have the same bits. */
export const agree = (expected: Tensors, received: Tensors, where = ''): Verdict => {
  const names = Object.keys(expected);
  return all(
    holds(
      names.every((name) => received[name] !== undefined),
      `results ${names}`,
      `${Object.keys(received)}`,
    ),
    ...names.map((name) => {
      const [one, other] = [expected[name], received[name]];
      return one === undefined || other === undefined ? undefined : sameTensor(one, other, `${where}${name}`);
    }),
  );
};

/** Holds when an engine gives what the reference gives. */
export const agreesOn = (compiles: Compiles, program: Program, inputs: Tensors, where = ''): Verdict =>
  agree(byReference(program)(inputs), compiles(program)(inputs), where);
