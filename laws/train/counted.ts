/** Engines and layers that count, so that a law can say what a run costs: what is promised to be done once, or not at all. */
import { create, type Engine } from '../../src/engine/engine.ts';
import type { Machine } from '../../src/engine/run/machine.ts';
import type { Layer } from '../../src/layer/layer.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import type { Floats } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';

export interface Counted {
  readonly engine: Engine;
  /** The names of the plans that were asked for. */
  readonly asked: readonly string[];
  /** How many steps of emitted code ran. */
  readonly ran: () => number;
  /** How many tensors were written into a memory. */
  readonly written: () => number;
}

/** An engine as any other, and what was asked of it. */
export const counted = (): Counted => {
  const inner = create();
  const asked: string[] = [];
  let [ran, written] = [0, 0];
  /** The same numbers, in an array of their own that counts what is set. */
  const counting = (floats: Floats): Floats => {
    const view = floats.subarray(0);
    Object.defineProperty(view, 'set', {
      value: (from: ArrayLike<number>, at?: number) => {
        written += 1;
        floats.set(from, at);
      },
    });
    return view;
  };
  const machineOf = (machine: Machine): Machine => ({
    ...machine,
    floats: (dtype) => counting(machine.floats(dtype)),
    load: (compiled) => {
      const { plan, run } = machine.load(compiled);
      return {
        plan,
        run: () => {
          ran += 1;
          run();
        },
      };
    },
  });
  return {
    engine: {
      name: inner.name,
      prepare: (computation) => {
        asked.push(computation.name);
        return inner.prepare(computation);
      },
      borrow: (owner, use) =>
        inner.borrow(owner, (lent) =>
          use({
            machine: machineOf(lent.machine),
            get owner() {
              return lent.owner;
            },
            set owner(by) {
              lent.owner = by;
            },
          }),
        ),
    },
    asked,
    ran: () => ran,
    written: () => written,
  };
};

/** A layer that counts its forward passes on tensors, those that the reference makes, and the rows of each. */
export const seenSlow = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer<In, Out, P, S>,
): { readonly layer: Layer<In, Out, P, S>; readonly slow: () => number; readonly rows: readonly number[] } => {
  const rows: number[] = [];
  return {
    layer: {
      ...layer,
      forward: (ops, params, state, x, context) => {
        if (typeof x === 'object' && x !== null && 'data' in x) rows.push(ops.shape(x)[0] ?? Number.NaN);
        return layer.forward(ops, params, state, x, context);
      },
    },
    slow: () => rows.length,
    rows,
  };
};
