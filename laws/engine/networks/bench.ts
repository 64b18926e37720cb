/** A layer's forward pass and pullback, compiled and run on a bench of laws/layer, beside the reference. */
import * as E from 'fp-ts/lib/Either.js';
import { create } from '../../../src/engine/engine.ts';
import type { Node } from '../../../src/engine/graph/node.ts';
import type { Result } from '../../../src/engine/plan.ts';
import { placeOf } from '../../../src/engine/run/machine.ts';
import { random } from '../../../src/ops/reference/random.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import * as Key from '../../../src/tensor/key.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import type { Form, Of, Tree } from '../../../src/tensor/tree.ts';
import { named, recordOf } from '../../../src/train/predict.ts';
import { all, type Verdict } from '../../law.ts';
import { type Bench, contextOf } from '../../layer/case.ts';
import { type Compiled, differs, poisoned, runOnce, write } from '../compiled.ts';

/** Everything that one run of a layer and its pullback gives, by name. */
const given = <P extends Form, S extends Form, T>(
  { layer, training }: Bench<P, S>,
  ops: Parameters<typeof layer.forward<T>>[0],
  [params, state, x, dy]: readonly [Of<P, T>, Of<S, T>, T, T],
  drawn: Parameters<typeof contextOf<T>>[1],
): ReadonlyArray<readonly [string, T]> => {
  const leavesOf = <F extends Form>(prefix: string, tree: Tree<F>, of: Of<F, T>) => named<F, T>(prefix, tree, of);
  const run = layer.forward(ops, params, state, x, contextOf(training, drawn));
  const { dParams, dx } = run.pullback(dy);
  return [
    ['y', run.y],
    ['dx', dx],
    ...leavesOf<S>('next', layer.state.tree, run.state),
    ...leavesOf<P>('gradient', layer.parameters.tree, dParams),
  ];
};

/** The plan of a bench. */
const compiledOf = <P extends Form, S extends Form>(bench: Bench<P, S>): E.Either<string, Compiled> => {
  const { layer, x, dy } = bench;
  const { parameters, state } = layer;
  return create().prepare({
    dtype: x.dtype,
    of: [layer],
    name: 'layer',
    kept: [],
    record: ({ ops, input, random: drawn }) =>
      given<P, S, Node>(
        bench,
        ops,
        [
          recordOf<P, Node>('p', parameters.tree, parameters.specs, input),
          recordOf<S, Node>('s', state.tree, state.specs, input),
          input('x', x.shape),
          input('dy', dy.shape),
        ],
        drawn,
      ).map(([name, node]): Result => ({ name, node })),
  });
};

/** Holds when a layer can be recorded, and its output, next state and gradients have the reference's bits. */
export const layerAgrees = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const { layer, params, state, x, dy, key } = bench;
  const compiled = compiledOf(bench);
  if (E.isLeft(compiled)) return { expected: 'emitted code', received: compiled.left };
  const { plan } = compiled.right;
  const on = poisoned([compiled.right]);
  const tensors = new Map<string, Tensor>([
    ...named<P, Tensor>('p', layer.parameters.tree, params),
    ...named<S, Tensor>('s', layer.state.tree, state),
    ['x', x],
    ['dy', dy],
  ]);
  for (const [name, place] of plan.inputs) {
    const [kind, site] = name.split(' ');
    const own = (): Key.Key => Key.foldIn(Number(site))(key);
    if (kind === 'key') on.words().set(own().words, place.at / 4);
    else if (kind === 'normal') write(on, place, Key.normal(place.shape, x.dtype)(own()));
    else {
      const tensor = tensors.get(name);
      if (tensor !== undefined) write(on, placeOf(plan.inputs, name), tensor);
    }
  }
  const expected = given<P, S, Tensor>(bench, reference(x.dtype), [params, state, x, dy], random(x.dtype, key));
  return all(
    runOnce(on, compiled.right, new Set()),
    ...expected.map(([name, tensor]) => differs(on, tensor, plan.results.get(name), name)),
  );
};
