/** All that a layer does from a key, as flat lists, and layers run by hand on flat lists: what compositions are held to. */
import * as fc from 'fast-check';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Key from '../../src/tensor/key.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { layersAt } from '../arbitrary/layers.ts';
import { shapes } from '../arbitrary/shapes.ts';
import { all, sameTensor, sameTensors, type Verdict } from '../law.ts';
import { contextOf, listed, rebuilt } from './case.ts';

export const ops = reference('f64');
export const erased = (layer: Layer.SomeLayer): AnyLayer => layer.use((known): AnyLayer => known);

/** Three layers, each taking what the one before it gives. */
export interface Three {
  readonly a: AnyLayer;
  readonly b: AnyLayer;
  readonly c: AnyLayer;
  readonly batch: number;
  readonly training: boolean;
  readonly key: Key.Key;
}

export const threes: fc.Arbitrary<Three> = shapes
  .chain((shape) => layersAt(shape, 1))
  .chain((a) => layersAt(a.output, 1).chain((b) => layersAt(b.output, 1).map((c) => ({ a, b, c }))))
  .chain((three) =>
    fc.record({
      a: fc.constant(three.a),
      b: fc.constant(three.b),
      c: fc.constant(three.c),
      batch: fc.integer({ min: 2, max: 4 }),
      training: fc.boolean(),
      key: keys,
    }),
  );

export const showThree = ({ a, b, c, batch, training, key }: Three): string =>
  `${[a, b, c].map((layer) => JSON.stringify(layer.description)).join('\n          ')}\n          at [${a.input}], batch ${batch}, ${training ? 'training' : 'inference'}, key ${JSON.stringify(key.words)}`;

/** All that a layer does from a key, its records flattened: initial leaves, output, next state, gradients. */
export interface Done {
  readonly params: readonly Tensor[];
  readonly state: readonly Tensor[];
  readonly y: Tensor;
  readonly next: readonly Tensor[];
  readonly gradients: readonly Tensor[];
  readonly dx: Tensor;
}

export const inputOf = (layer: AnyLayer, batch: number, key: Key.Key): Tensor =>
  normals([batch, ...layer.input], Key.foldIn(1)(key));
export const gradientOf = (layer: AnyLayer, batch: number, key: Key.Key): Tensor =>
  normals([batch, ...layer.output], Key.foldIn(2)(key), 3);

const doneBy = <P extends Form, S extends Form>(
  layer: Layer.Layer<readonly number[], readonly number[], P, S>,
  { batch, training, key }: Pick<Three, 'batch' | 'training' | 'key'>,
): Done => {
  const { params, state } = init(layer, key, 'f64');
  const context = contextOf(training, random('f64', key));
  const run = layer.forward(ops, params, state, inputOf(layer, batch, key), context);
  const { dParams, dx } = run.pullback(gradientOf(layer, batch, key));
  return {
    params: listed(layer.parameters.tree, params),
    state: listed(layer.state.tree, state),
    y: run.y,
    next: listed(layer.state.tree, run.state),
    gradients: listed(layer.parameters.tree, dParams),
    dx,
  };
};
export const done = (layer: AnyLayer, how: Pick<Three, 'batch' | 'training' | 'key'>): Done =>
  doneBy<Form, Form>(layer, how);

export const sameDone = (expected: Done, received: Done): Verdict =>
  all(
    sameTensors(expected.params, received.params, 'initial parameter'),
    sameTensors(expected.state, received.state, 'initial state'),
    sameTensor(expected.y, received.y, 'output'),
    sameTensors(expected.next, received.next, 'next state'),
    sameTensors(expected.gradients, received.gradients, 'gradient'),
    sameTensor(expected.dx, received.dx, 'gradient of the input'),
  );

export const sequence = (...layers: readonly AnyLayer[]): AnyLayer =>
  erased(Layer.sequentialOf(layers[0]?.input ?? [], layers));

/** A sum of tensors, in order. */
export const sumOf = (xs: readonly Tensor[]): Tensor => {
  const [first, ...rest] = xs;
  if (first === undefined) throw new Error('no tensor');
  return rest.reduce((sum, x) => generate('f64', sum.shape, (i) => (sum.data[i] ?? NaN) + (x.data[i] ?? NaN)), first);
};

/** The leaves that start at a place in a flat list and belong to a layer. */
const taken = <P extends Form, S extends Form>(
  layer: Layer.Layer<readonly number[], readonly number[], P, S>,
  params: readonly Tensor[],
  state: readonly Tensor[],
): { readonly params: readonly Tensor[]; readonly state: readonly Tensor[] } => {
  const count = init(layer, Key.fromSeed(0), 'f64');
  return {
    params: params.slice(0, listed(layer.parameters.tree, count.params).length),
    state: state.slice(0, listed(layer.state.tree, count.state).length),
  };
};

/** A layer run on leaves from a flat list, by hand: what is left of the lists is for the next. */
export const runFlat = (
  layer: AnyLayer,
  x: Tensor,
  params: readonly Tensor[],
  state: readonly Tensor[],
  context: Layer.Context<Tensor>,
) => {
  const own = taken<Form, Form>(layer, params, state);
  const run = layer.forward(
    ops,
    rebuilt<Form, Layer.Spec, Tensor>(layer.parameters.tree, layer.parameters.specs, own.params),
    rebuilt<Form, Layer.Spec, Tensor>(layer.state.tree, layer.state.specs, own.state),
    x,
    context,
  );
  return {
    y: run.y,
    pullback: (dy: Tensor) => {
      const { dParams, dx } = run.pullback(dy);
      return { gradients: listed<Form>(layer.parameters.tree, dParams), dx };
    },
    params: params.slice(own.params.length),
    state: state.slice(own.state.length),
  };
};
