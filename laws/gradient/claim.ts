/** Numbers with the gradient that a pullback claims for them: a layer's ⟨y, dy⟩, a network's loss. */
import { inference, training } from '../../src/layer/context.ts';
import type { Context, Layer } from '../../src/layer/layer.ts';
import { cast, type Network } from '../../src/layer/network.ts';
import { type Loss, value as lossOf } from '../../src/loss/loss.ts';
import { multiply, total } from '../../src/ops/derived.ts';
import type { Random } from '../../src/ops/random.ts';
import { random as randomOf } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { cast as castTensor, type Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, map, type Of, type Path, showPath, type Tree } from '../../src/tensor/tree.ts';
import type { Computation, Interpreter, Objective } from './computation.ts';

/** A number computed from some tensors, and its gradient, computed from the same tensors by a pullback. */
export interface Claim {
  readonly objective: Objective;
  readonly gradient: Computation;
  /** Where both are checked, in f64. */
  readonly points: readonly Tensor[];
  /** What each point is called. */
  readonly names: readonly string[];
  readonly random: Random<Tensor>;
}

/** A layer with values for all that it takes. */
export interface PlacedLayer<P extends Form, S extends Form> {
  readonly layer: Layer<Shape, Shape, P, S>;
  readonly params: Of<P, Tensor>;
  readonly state: Of<S, Tensor>;
  /** Of shape [batch, …input]. */
  readonly x: Tensor;
}

/** How a layer is run. */
export interface LayerRun {
  /** Whether it is in training, as it is unless told. */
  readonly training?: boolean;
  /** Draws dropout's masks. */
  readonly key?: Key.Key;
}

const f64 = castTensor('f64');

/** A record with the leaves of a list, in order. */
const rebuilt = <F extends Form, T>(tree: Tree<F>, like: Of<F, Tensor>, leaves: readonly T[]): Of<F, T> => {
  let i = 0;
  return map(
    tree,
    (_: Tensor, path: Path): T => {
      const leaf = leaves[i++];
      if (leaf === undefined) throw new Error(`no value for the parameter ${showPath(path)}`);
      return leaf;
    },
    like,
  );
};

/** A layer's run over points that are its parameters in order and then its input. */
export const running = <P extends Form, S extends Form>(
  { layer, params, state, x }: PlacedLayer<P, S>,
  { training: inTraining = true, key = Key.fromSeed(0) }: LayerRun,
) => {
  const { tree } = layer.parameters;
  const given = entries<P, Tensor>(tree, params);
  const context = <T>(random: Random<T>): Context<T> => (inTraining ? training(random) : inference());
  return {
    points: [...given.map(([, leaf]) => f64(leaf)), f64(x)],
    names: [...given.map(([path]) => `params.${showPath(path)}`), 'x'],
    random: randomOf('f64', key),
    forward: <T>({ ops, constant, random }: Interpreter<T>, points: readonly T[]) =>
      layer.forward(
        ops,
        rebuilt<P, T>(tree, params, points.slice(0, -1)),
        map(layer.state.tree, (leaf: Tensor) => constant(f64(leaf)), state),
        points[points.length - 1] ?? constant(f64(x)),
        context(random),
      ),
    listed: <T>(dParams: Of<P, T>): readonly T[] => entries<P, T>(tree, dParams).map(([, leaf]) => leaf),
  };
};

/**
 * ⟨y, dy⟩ of a layer in its parameters and its input, and what its pullback claims of it for dy, a gradient of the output
 * of shape [batch, …output].
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * import { checkClaim, layerClaim } from 'nabla-ts/laws';
 * const [x, dy] = [Tensor.full('f64', [3, 2], 0.5), Tensor.full('f64', [3, 1], 2)];
 * const claim = layerClaim({ ...Network.init(Layer.dense(2, 1), Key.fromSeed(1), 'f64'), x }, dy);
 * claim.names // => ['params.weight', 'params.bias', 'x']
 * checkClaim(claim).relativeError < 1e-12 // => true
 * ```
 */
export const layerClaim = <P extends Form, S extends Form>(
  of: PlacedLayer<P, S>,
  dy: Tensor,
  options: LayerRun = {},
): Claim => {
  const { forward, listed, ...at } = running(of, options);
  return {
    points: at.points,
    names: at.names,
    random: at.random,
    objective: (interpreter, points) => {
      const { ops, constant } = interpreter;
      const terms = multiply(ops, forward(interpreter, points).y, constant(f64(dy)));
      return { value: total(ops, terms), terms };
    },
    gradient: (interpreter, points) => {
      const { dParams, dx } = forward(interpreter, points).pullback(interpreter.constant(f64(dy)));
      return [...listed(dParams), dx];
    },
  };
};

/**
 * The loss of a network in training in its parameters, and what the pullbacks of both claim of it. Inputs are [batch, …],
 * targets as the loss takes them.
 *
 * @example
 * ```ts
 * import { Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import { checkClaim, networkClaim } from 'nabla-ts/laws';
 * const network = Network.init(Layer.dense(2, 1), Key.fromSeed(1));
 * const [x, target] = [Tensor.full('f64', [3, 2], 0.5), Tensor.zeros('f64', [3, 1])];
 * checkClaim(networkClaim(network, Loss.squaredError(), x, target)).relativeError < 1e-12 // => true
 * ```
 */
export const networkClaim = <P extends Form, S extends Form>(
  network: Network<Shape, Shape, P, S>,
  loss: Loss,
  inputs: Tensor,
  targets: Tensor,
  options: LayerRun = {},
): Claim => {
  const { layer, params, state } = cast('f64')(network);
  const [x, target] = [f64(inputs), f64(targets)];
  const { forward, listed, ...at } = running({ layer, params, state, x }, options);
  return {
    points: at.points.slice(0, -1),
    names: entries<P, Tensor>(layer.parameters.tree, params).map(([path]) => showPath(path)),
    random: at.random,
    objective: (interpreter, points) => {
      const { ops, constant } = interpreter;
      const { y } = forward(interpreter, [...points, constant(x)]);
      const { value } = lossOf(ops, loss, y, constant(target));
      return { value, terms: value };
    },
    gradient: (interpreter, points) => {
      const { ops, constant } = interpreter;
      const { y, pullback } = forward(interpreter, [...points, constant(x)]);
      return listed(pullback(lossOf(ops, loss, y, constant(target)).pullback(ops.scalar(1))).dParams);
    },
  };
};
