/** Training with the faults of `teaching.ts`, on an engine; the reference takes over where the engine declines. */
import * as E from 'fp-ts/lib/Either.js';
import { type Engine, Key, Ops, Tensor } from 'nabla-ts';
import { begin, type Fault, type Layer, type Program, type Scalars, type Slots, scalarsAt, step } from './teaching.ts';

/** Rows to learn from: inputs [rows, features], targets [rows, outputs]. */
export interface Rows {
  readonly inputs: Tensor.Tensor;
  readonly targets: Tensor.Tensor;
}

export const takeRows =
  (rows: readonly number[]) =>
  ({ inputs, targets }: Rows): Rows => ({
    inputs: Tensor.takeRows(rows)(inputs),
    targets: Tensor.takeRows(rows)(targets),
  });

/** As many rows as there are, drawn with replacement. */
export const bootstrap =
  (rows: number) =>
  (key: Key.Key): readonly number[] =>
    Array.from(Key.uniform([rows], 'f64')(key).data, (u) => Math.floor(u * rows));

type Names = Layer<Slots<string>>;
const parts = ['value', 'first', 'second'] as const;
const slotsOf = <A>(of: (part: (typeof parts)[number]) => A): Slots<A> => ({
  value: of('value'),
  first: of('first'),
  second: of('second'),
});
const nameOf = (i: number): Names => ({
  weight: slotsOf((part) => `${i}.weight.${part}`),
  bias: slotsOf((part) => `${i}.bias.${part}`),
});
/** The six tensors of a layer with their names. */
const named = <A>(names: Names, { weight, bias }: Layer<Slots<A>>): ReadonlyArray<readonly [string, A]> =>
  parts.flatMap((part) => [[names.weight[part], weight[part]] as const, [names.bias[part], bias[part]] as const]);

/** A step as what an engine compiles. */
const computation = (program: Program, has: ReadonlySet<Fault>, rows: number): Engine.Computation => {
  const { widths, dtype } = program;
  const layers = widths.slice(1).map((outputs, i) => ({
    names: nameOf(i),
    shapes: { weight: [widths[i] ?? 0, outputs], bias: [1, outputs] },
  }));
  return {
    dtype,
    of: [program, has],
    name: `${rows}`,
    kept: layers.flatMap(({ names, shapes: { weight, bias } }) =>
      named(names, { weight: slotsOf(() => weight), bias: slotsOf(() => bias) }).map(([name, shape]) => ({
        name,
        shape,
      })),
    ),
    record: ({ ops, input }) => {
      const at = (name: string): ReturnType<typeof input> => input(name, []);
      const before = layers.map(({ names: { weight, bias }, shapes }) => ({
        weight: slotsOf((part) => input(weight[part], shapes.weight)),
        bias: slotsOf((part) => input(bias[part], shapes.bias)),
      }));
      const scalars = { keep: at('keep'), correction1: at('correction1'), correction2: at('correction2') };
      const x = input('x', [rows, widths[0] ?? 0]);
      const t = input('t', [rows, widths.at(-1) ?? 0]);
      return step(ops, program, has)(before, x, t, scalars).flatMap((layer, i) =>
        named(nameOf(i), layer).map(([name, node]) => ({ name: `next ${name}`, node, into: name })),
      );
    },
  };
};

type Stepper = (batch: Rows, scalars: Scalars<number>) => void;

/** Calls `use` with a step that moves the layers in place, and with what reads them. */
const moving = <A>(
  engine: Engine.Engine,
  program: Program,
  has: ReadonlySet<Fault>,
  layers: readonly Layer<Slots<Tensor.Tensor>>[],
  sizes: readonly number[],
  use: (run: Stepper, read: () => readonly Layer<Tensor.Tensor>[]) => A,
): A => {
  const { dtype } = program;
  const plans = sizes.map((rows) => engine.prepare(computation(program, has, rows)));
  const compiled = plans.flatMap((plan) => (E.isRight(plan) ? [plan.right] : []));
  if (compiled.length < plans.length) {
    const ops = Ops.reference(dtype);
    let now = layers;
    return use(
      ({ inputs, targets }, { keep, correction1, correction2 }) => {
        const scalars = {
          keep: ops.scalar(keep),
          correction1: ops.scalar(correction1),
          correction2: ops.scalar(correction2),
        };
        now = step(ops, program, has)(now, inputs, targets, scalars);
      },
      () => now.map(({ weight, bias }) => ({ weight: weight.value, bias: bias.value })),
    );
  }
  return engine.borrow(program, ({ machine }) => {
    const loaded = compiled.map(machine.load);
    const width = dtype === 'f32' ? 4 : 8;
    const places = loaded[0]?.plan.inputs;
    const write = (name: string, data: ArrayLike<number>, of = places): void => {
      const place = of?.get(name);
      if (place !== undefined) machine.floats(dtype).set(data, place.at / width);
    };
    for (const [i, layer] of layers.entries())
      for (const [name, { data }] of named(nameOf(i), layer)) write(name, data);
    const written = new Map<number, Rows>();
    return use(
      (batch, scalars) => {
        const which = sizes.indexOf(batch.inputs.shape[0] ?? 0);
        const own = loaded[which];
        for (const [name, value] of Object.entries(scalars)) write(name, [value], own?.plan.inputs);
        if (sizes.length > 1 || written.get(which) !== batch) {
          write('x', batch.inputs.data, own?.plan.inputs);
          write('t', batch.targets.data, own?.plan.inputs);
          written.set(which, batch);
        }
        own?.run();
      },
      () =>
        layers.map((layer, i) => {
          const read = (name: string, like: Tensor.Tensor): Tensor.Tensor => {
            const from = (places?.get(name)?.at ?? 0) / width;
            const numbers = machine.floats(dtype);
            return Tensor.generate(dtype, like.shape, (at) => numbers[from + at] ?? Number.NaN);
          };
          const { weight, bias } = nameOf(i);
          return { weight: read(weight.value, layer.weight.value), bias: read(bias.value, layer.bias.value) };
        }),
    );
  });
};

/** What came of a run: the layers, and the rows that they were trained on. */
export interface Trained {
  readonly layers: readonly Layer<Tensor.Tensor>[];
  readonly seen: Rows;
}

/** Trains a program on rows, with faults. */
export const train =
  (engine: Engine.Engine, program: Program, faults: ReadonlySet<Fault>) =>
  (key: Key.Key, data: Rows): Trained => {
    const { batches, epochs } = program;
    const count = data.inputs.shape[0] ?? 0;
    const seen = faults.has('bootstrap') ? takeRows(bootstrap(count)(Key.foldIn(0)(key)))(data) : data;
    const size = Math.floor(count / batches);
    const ends = Array.from({ length: batches }, (_, i) => (i === batches - 1 ? count : (i + 1) * size));
    const cut = (rows: Rows): readonly Rows[] =>
      batches === 1
        ? [rows]
        : ends.map((end, i) => takeRows(Array.from({ length: end - i * size }, (_, j) => i * size + j))(rows));
    const fixed = cut(seen);
    const start = begin(program)(Key.foldIn(1)(key)).map(({ weight, bias }): Layer<Slots<Tensor.Tensor>> => {
      const slots = (value: Tensor.Tensor): Slots<Tensor.Tensor> => {
        const empty = Tensor.zeros(program.dtype, value.shape);
        return { value, first: empty, second: empty };
      };
      return { weight: slots(weight), bias: slots(bias) };
    });
    const sizes = [...new Set(fixed.map(({ inputs }) => inputs.shape[0] ?? 0))];
    const layers = moving(engine, program, faults, start, sizes, (run, read) => {
      for (let epoch = 0; epoch < epochs; epoch++) {
        // A sample that was drawn once keeps its order; otherwise all rows come in another order each epoch.
        const order = Key.foldIn(2 + epoch)(key);
        const own =
          batches === 1 || faults.has('bootstrap') ? fixed : cut(takeRows(Key.permutation(count)(order))(seen));
        for (const [i, batch] of own.entries()) run(batch, scalarsAt(faults, epoch * batches + i, epoch, i === 0));
      }
      return read();
    });
    return { layers, seen };
  };
