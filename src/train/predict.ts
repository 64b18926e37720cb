/** What a network says of inputs, on an engine. */
import * as E from 'fp-ts/lib/Either.js';
import type { Computation, Engine } from '../engine/engine.ts';
import type { Node } from '../engine/graph/node.ts';
import { type Compiled, gather, type Loaded, type Machine, numbers, placeOf, write } from '../engine/run/machine.ts';
import { inference } from '../layer/context.ts';
import type { Context, Spec } from '../layer/layer.ts';
import type { Network } from '../layer/network.ts';
import type { Random } from '../ops/random.ts';
import { reference } from '../ops/reference/reference.ts';
import { type Shape, size } from '../tensor/shape.ts';
import { adopt, buffer, type Tensor, takeRows } from '../tensor/tensor.ts';
import { entries, type Form, map, type Of, showPath, type Tree } from '../tensor/tree.ts';

/** Rows a forward pass, which bounds the memory that it takes. Rows do not depend on one another outside training, so
 * this changes no bit of the result. */
export const CHUNK = 1024;

/** Named tensors of a record: what a plan calls its leaves. */
export const named = <F extends Form, A>(
  prefix: string,
  tree: Tree<F>,
  of: Of<F, A>,
): ReadonlyArray<readonly [string, A]> =>
  entries<F, A>(tree, of).map(([path, a]) => [`${prefix}.${showPath(path)}`, a]);

/** The record whose leaves are found by name. */
export const recordOf = <F extends Form, A>(
  prefix: string,
  tree: Tree<F>,
  specs: Of<F, Spec>,
  find: (name: string, shape: Shape) => A,
): Of<F, A> => map(tree, ({ shape }: Spec, path) => find(`${prefix}.${showPath(path)}`, shape), specs);

/** A network's forward pass over some rows, in a context that is named. */
export const forward = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { layer, dtype }: Network<In, Out, P, S>,
  rows: number,
  name = 'predict',
  context: (random: Random<Node>) => Context<Node> = () => inference(),
): Computation => {
  const { parameters, state } = layer;
  return {
    dtype,
    of: [layer],
    name: `${name} ${rows}`,
    kept: [
      ...named<P, Spec>('p', parameters.tree, parameters.specs),
      ...named<S, Spec>('s', state.tree, state.specs),
    ].map(([leaf, { shape }]) => ({ name: leaf, shape })),
    record: ({ ops, input, random }) => {
      const run = layer.forward(
        ops,
        recordOf('p', parameters.tree, parameters.specs, input),
        recordOf('s', state.tree, state.specs, input),
        input('x', [rows, ...layer.input]),
        context(random),
      );
      return [{ name: 'y', node: run.y }];
    },
  };
};

/** The rows of each forward pass. */
export const parts = (rows: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(rows / CHUNK) }, (_, i) =>
    Array.from({ length: Math.min(CHUNK, rows - i * CHUNK) }, (_, j) => i * CHUNK + j),
  );

/** The predictions for inputs [rows, …] that are known to fit, by the reference; it can be watched. */
export const predictSlowly = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { layer, params, state }: Network<In, Out, P, S>,
  inputs: Tensor,
  watch?: Context<Tensor>['watch'],
): Tensor => {
  const ops = reference(inputs.dtype);
  const context = inference<Tensor>(watch);
  const part = (x: Tensor): Tensor => layer.forward(ops, params, state, x, context).y;
  const rows = parts(inputs.shape[0] ?? 0);
  return rows.length <= 1
    ? part(inputs)
    : ops.concatenate(
        0,
        rows.map((some) => part(takeRows(some)(inputs))),
      );
};

/** A network's numbers put where a plan of it has them, on a machine that is then used. */
export const onMachine = <In extends Shape, Out extends Shape, P extends Form, S extends Form, A>(
  engine: Engine,
  network: Network<In, Out, P, S>,
  plan: Compiled,
  use: (machine: Machine, loaded: Loaded) => A,
): A =>
  engine.borrow(network, (lent) => {
    const { machine } = lent;
    const { layer, params, state } = network;
    // What a run left in this memory is overwritten: it must not take it for its own.
    lent.owner = network;
    const loaded = machine.load(plan);
    for (const [name, tensor] of [
      ...named<P, Tensor>('p', layer.parameters.tree, params),
      ...named<S, Tensor>('s', layer.state.tree, state),
    ])
      write(machine, placeOf(loaded.plan.inputs, name), tensor);
    return use(machine, loaded);
  });

/** The outputs of a plan for all rows, part after part. */
export const outputs = (
  machine: Machine,
  { plan: { dtype, inputs: places, results }, run }: Loaded,
  inputs: Tensor,
  before: (part: number) => void,
): Tensor => {
  const all = inputs.shape[0] ?? 0;
  const x = places.get('x');
  const y = placeOf(results, 'y');
  const width = size(y.shape.slice(1));
  const data = buffer(dtype, all * width);
  for (const [part, some] of parts(all).entries()) {
    // The last part may be shorter: what the rows after it hold has no say in its own.
    if (x !== undefined) gather(machine, x, inputs, some);
    before(part);
    run();
    data.set(numbers(machine, dtype, y).subarray(0, some.length * width), (some[0] ?? 0) * width);
  }
  return adopt([all, ...y.shape.slice(1)], data);
};

/** The predictions for inputs [rows, …] that are known to fit. */
export const predictOn =
  (engine: Engine) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
    inputs: Tensor,
  ): Tensor => {
    const all = inputs.shape[0] ?? 0;
    const plan = engine.prepare(forward(network, Math.min(all, CHUNK)));
    // No rows at all are not recorded: the reference says what shape they have.
    return E.isLeft(plan)
      ? predictSlowly(network, inputs)
      : onMachine(engine, network, plan.right, (machine, loaded) => outputs(machine, loaded, inputs, () => {}));
  };
