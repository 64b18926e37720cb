/** What a law about a layer is tried on: a layer, and a key from which all its numbers are drawn. */
import * as fc from 'fast-check';
import { inference, training } from '../../src/layer/context.ts';
import type { AnyLayer, Context, Layer, Run } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { cast, generate, type Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, map, type Of, type Tree } from '../../src/tensor/tree.ts';
import { keys, normals } from '../arbitrary/keys.ts';

/** A layer and how it is run. */
export interface LayerCase {
  readonly layer: AnyLayer;
  readonly batch: number;
  readonly training: boolean;
  readonly key: Key.Key;
  /** How many binary places all numbers of the case have; those of f32 unless given. */
  readonly places?: number;
  /** Whether inputs are far from 0, where exponentials overflow. */
  readonly far?: boolean;
  /** The only numbers that inputs may be, where not all are. */
  readonly inputs?: readonly number[];
}

/** Inputs at which exponentials overflow. */
const FAR = [0, 1, -1, 100, -100, 1000, -1000, 10000, -10000];

/** Some of these numbers. */
const someOf = (numbers: readonly number[], shape: Shape, key: Key.Key): Tensor => {
  const draws = Key.uniform(shape, 'f64')(key);
  return generate('f64', shape, (i) => numbers[Math.floor((draws.data[i] ?? 0) * numbers.length)] ?? 0);
};

/** Mostly as many places as f32 has about 1; a failure shrinks to whole numbers where it can, or halves, or quarters. */
export const binaryPlaces: fc.Arbitrary<number> = fc.noBias(fc.nat({ max: 400 })).map((n) => Math.min(n, 20));

/** Cases of random layers: batches of up to five examples, in training and at inference. They shrink to simpler layers,
 * one example, inference, whole numbers and small seeds. */
export const casesOf = (layers: fc.Arbitrary<AnyLayer>, inputs?: readonly number[]): fc.Arbitrary<LayerCase> =>
  fc
    .record({
      layer: layers,
      batch: fc.integer({ min: 1, max: 5 }),
      training: fc.boolean(),
      places: binaryPlaces,
      key: keys,
    })
    .map((given) => ({
      ...given,
      batch: Math.max(given.batch, given.layer.minimumBatch),
      ...(inputs === undefined ? {} : { inputs }),
    }));

/** A case as text: everything that is needed to run it again. */
export const showCase = ({ layer, batch, training: t, key }: LayerCase): string =>
  `${JSON.stringify(layer.description)} at [${layer.input}], batch ${batch}, ${t ? 'training' : 'inference'}, key ${JSON.stringify(key.words)}`;

/** A layer of a form with values at all its leaves: the form is known to whoever is handed them together. */
export interface Bench<P extends Form, S extends Form> {
  readonly layer: Layer<Shape, Shape, P, S>;
  readonly params: Of<P, Tensor>;
  readonly state: Of<S, Tensor>;
  readonly x: Tensor;
  /** Whether x may not be moved, so that there are no derivatives along it. */
  readonly fixed?: boolean;
  /** A gradient of the output. */
  readonly dy: Tensor;
  readonly training: boolean;
  readonly key: Key.Key;
}

const round32 = (x: Tensor): Tensor => cast('f64')(cast('f32')(x));
/** Numbers of so many binary places, which f32 has too. */
export const shortened =
  (places: number | undefined) =>
  (x: Tensor): Tensor =>
    places === undefined
      ? round32(x)
      : round32(generate('f64', x.shape, (i) => Math.round((x.data[i] ?? NaN) * 2 ** places) / 2 ** places + 0));

/** Parameters near where they begin, so that scales and slopes are not at special values; inputs, and gradients that
 * are not of unit size. All numbers are f32's, in f64, so that a case can be run in either format. */
export const benchOf = <P extends Form, S extends Form>(
  layer: Layer<Shape, Shape, P, S>,
  { batch, training: t, key, places, far = false, inputs }: LayerCase,
): Bench<P, S> => {
  const { params, state } = init(layer, Key.foldIn(0)(key), 'f64');
  const short = shortened(places);
  let leaf = 0;
  const disturbed = (x: Tensor, deviation: number): Tensor => {
    const noise = normals(x.shape, Key.foldIn(10 + leaf++)(key), deviation);
    return short(generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + (noise.data[i] ?? NaN)));
  };
  // Away from 0 only, so that running variances stay positive.
  const nudged = (x: Tensor): Tensor => {
    const noise = normals(x.shape, Key.foldIn(10 + leaf++)(key), 0.25);
    return short(generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + Math.abs(noise.data[i] ?? NaN)));
  };
  const p = map(layer.parameters.tree, (x: Tensor) => disturbed(x, 0.5), params);
  const s = map(layer.state.tree, nudged, state);
  return {
    layer,
    params: p,
    state: s,
    x:
      inputs !== undefined || far
        ? someOf(inputs ?? FAR, [batch, ...layer.input], Key.foldIn(5)(key))
        : short(normals([batch, ...layer.input], Key.foldIn(1)(key))),
    fixed: inputs !== undefined,
    dy: short(normals([batch, ...layer.output], Key.foldIn(2)(key), 3)),
    training: t,
    key,
  };
};

/** Runs a law's body on a case, with the types of the layer's records in hand. */
export const onBench = <R>(given: LayerCase, body: <P extends Form, S extends Form>(bench: Bench<P, S>) => R): R =>
  body<Form, Form>(benchOf<Form, Form>(given.layer, given));

/** The context of a bench, for an algebra's randomness. */
export const contextOf = <T>(t: boolean, drawn: Random<T>): Context<T> => (t ? training(drawn) : inference());

/** A bench's numbers in a format. */
export const inFormat = <P extends Form, S extends Form>(dtype: Dtype, of: Bench<P, S>): Bench<P, S> => ({
  ...of,
  params: map(of.layer.parameters.tree, (t: Tensor) => cast(dtype)(t), of.params),
  state: map(of.layer.state.tree, (t: Tensor) => cast(dtype)(t), of.state),
  x: cast(dtype)(of.x),
  dy: cast(dtype)(of.dy),
});

/** Runs a bench in the reference, in f64 unless told. */
export const runOf = <P extends Form, S extends Form>(
  { layer, params, state, x, training: t, key }: Bench<P, S>,
  ops: Ops<Tensor> = reference('f64'),
): Run<P, S, Tensor> => layer.forward(ops, params, state, x, contextOf(t, random(ops.dtype, key)));

/** The leaves of a record as a list. */
export const listed = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): readonly Tensor[] =>
  entries<F, Tensor>(tree, of).map(([, t]) => t);

/** A record with the leaves of a list, in order. */
export const rebuilt = <F extends Form, A, T>(tree: Tree<F>, like: Of<F, A>, leaves: readonly T[]): Of<F, T> => {
  let i = 0;
  return map(
    tree,
    (_: A): T => {
      const leaf = leaves[i++];
      if (leaf === undefined) throw new Error('a record has more leaves than the list');
      return leaf;
    },
    like,
  );
};

/** Every number that a pullback gives: the parameters' gradients in order, then the input's. */
export const pulled = <P extends Form, S extends Form>(
  { layer }: Pick<Bench<P, S>, 'layer'>,
  run: Run<P, S, Tensor>,
  dy: Tensor,
): readonly Tensor[] => {
  const { dParams, dx } = run.pullback(dy);
  return [...listed(layer.parameters.tree, dParams), dx];
};
