/**
 * The gradient of a network's loss, held against differences: what a report shows of a trained network.
 */
import { training } from '../../src/layer/context.ts';
import { cast, type Network } from '../../src/layer/network.ts';
import { type Loss, value as lossOf } from '../../src/loss/loss.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Key from '../../src/tensor/key.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { cast as castTensor, generate, type Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, map, type Of, showPath } from '../../src/tensor/tree.ts';
import { byDifferences, type Objective } from './directional.ts';

/** How one parameter's gradient compares. */
export interface ParameterCheck {
  readonly path: string;
  readonly shape: Shape;
  /** How many of its numbers were checked. */
  readonly checked: number;
  /** How many more were excluded, because a kink lies within reach of the differences. */
  readonly excluded: number;
  /** ‖by differences − by pullback‖ over the greater of the parameter's ‖gradient‖ and a thousandth of the whole one's. */
  readonly relativeError: number;
}

/** How a network's gradient compares. */
export interface GradientCheck {
  readonly parameters: readonly ParameterCheck[];
  readonly checked: number;
  readonly excluded: number;
  /** ‖by differences − by pullback‖/‖by pullback‖ over all numbers that were checked. */
  readonly relativeError: number;
}

export interface GradientCheckOptions {
  /** How many numbers of each parameter are checked, drawn by the key; 64 unless given. */
  readonly coordinates?: number;
  /** Draws the numbers that are checked, and dropout's masks. */
  readonly key?: Key.Key;
}

const norm = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));

/**
 * The gradient of the loss of a network in training at a batch (inputs [batch, …], targets as the loss takes them), by
 * its pullback against Ridders's extrapolated differences, everything in f64. Costs some 18 forward passes a number.
 *
 * @example
 * ```ts
 * import { Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import { checkGradient } from 'nabla-ts/laws';
 * const network = Network.init(Layer.dense(2, 1), Key.fromSeed(1));
 * const [x, target] = [Tensor.full('f64', [3, 2], 0.5), Tensor.zeros('f64', [3, 1])];
 * checkGradient(network, Loss.squaredError(), x, target).relativeError < 1e-8 // => true
 * ```
 */
export const checkGradient = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  network: Network<In, Out, P, S>,
  loss: Loss,
  inputs: Tensor,
  targets: Tensor,
  { coordinates = 64, key = Key.fromSeed(0) }: GradientCheckOptions = {},
): GradientCheck => {
  const { layer, params, state } = cast('f64')(network);
  const [x, target] = [castTensor('f64')(inputs), castTensor('f64')(targets)];
  const tree = layer.parameters.tree;
  const rebuilt = <T>(leaves: readonly T[]): Of<P, T> => {
    let i = 0;
    return map(
      tree,
      (_: Tensor): T => {
        const leaf = leaves[i++];
        if (leaf === undefined) throw new Error('checkGradient: a parameter without a value');
        return leaf;
      },
      params,
    );
  };
  const draws = random('f64', Key.foldIn(0)(key));
  const objective: Objective = ({ ops, constant, random: drawn }, points) => {
    const { y } = layer.forward(
      ops,
      rebuilt(points),
      map(layer.state.tree, (t: Tensor) => constant(t), state),
      constant(x),
      training(drawn),
    );
    const { value } = lossOf(ops, loss, y, constant(target));
    return { value, terms: value };
  };
  const ops = reference('f64');
  const run = layer.forward(ops, params, state, x, training(draws));
  const gradient = run.pullback(lossOf(ops, loss, run.y, target).pullback(ops.scalar(1))).dParams;
  const points = entries<P, Tensor>(tree, params);
  const gradients = entries<P, Tensor>(tree, gradient);
  const still = points.map(([, { shape }]) => generate('f64', shape, () => 0));
  const compared = points.map(([path, { shape }], leaf) => {
    const chosen = Key.permutation(size(shape))(Key.foldIn(leaf + 1)(key)).slice(0, coordinates);
    const pairs = chosen.flatMap((at) => {
      const direction = still.with(
        leaf,
        generate('f64', shape, (i) => (i === at ? 1 : 0)),
      );
      const estimate = byDifferences(
        objective,
        draws,
        points.map(([, t]) => t),
        direction,
      );
      return estimate === undefined
        ? []
        : [{ expected: estimate.derivative, received: gradients[leaf]?.[1].data[at] ?? NaN }];
    });
    return { path, shape, pairs, excluded: chosen.length - pairs.length };
  });
  const differences = (of: (typeof compared)[number]): number =>
    norm(of.pairs.map(({ expected, received }) => expected - received));
  const own = (of: (typeof compared)[number]): number => norm(of.pairs.map(({ received }) => received));
  const whole = norm(compared.map(own));
  const ratio = (error: number, to: number): number => (error === 0 ? 0 : error / to);
  return {
    parameters: compared.map((of) => ({
      path: showPath(of.path),
      shape: of.shape,
      checked: of.pairs.length,
      excluded: of.excluded,
      relativeError: ratio(differences(of), Math.max(own(of), 1e-3 * whole)),
    })),
    checked: compared.reduce((sum, { pairs }) => sum + pairs.length, 0),
    excluded: compared.reduce((sum, { excluded }) => sum + excluded, 0),
    relativeError: ratio(norm(compared.map(differences)), whole),
  };
};
