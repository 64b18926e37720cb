/** Laws of the checks of a layer's whole Jacobian and of a network's loss. */
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import { init } from '../../../src/layer/network.ts';
import type { Loss } from '../../../src/loss/loss.ts';
import { fill, subtract, sumLeading, multiply as times } from '../../../src/ops/derived.ts';
import { input, multiply } from '../../../src/scalar/expr.ts';
import * as Key from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { keys, normals } from '../../arbitrary/keys.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../../law.ts';
import { checkLayer } from '../check-claim.ts';
import { checkGradient } from '../check-gradient.ts';
import { byDualNumbers, byRidders } from '../judge.ts';

const tensor = (shape: readonly number[], numbers: readonly number[]): Tensor =>
  generate('f64', shape, (i) => numbers[i] ?? NaN);

/** Σ over the outputs of (y − t)², written here so that nothing of the library's losses is used. */
const squares: Loss = {
  description: { kind: 'squares' },
  reduction: 'sum',
  expected: (shape) => ({ shape, values: 'numbers', holds: () => true }),
  costs: (ops, prediction, target) => {
    const difference = subtract(ops, prediction, target);
    const [batch = 0] = ops.shape(prediction);
    const square = times(ops, difference, difference);
    return {
      values: sumLeading(ops, [batch], ops.transpose([1, 0], square)),
      pullback: (dValues) =>
        times(
          ops,
          times(ops, difference, fill(ops, ops.shape(prediction), 2)),
          ops.broadcast(ops.shape(prediction), ops.reshape([batch, 1], dValues)),
        ),
    };
  },
};

/** A tanh whose pullback is off by a factor. */
const faulty = (by: number): Layer.Elementwise => ({
  ...Activation.tanh,
  at: (shape) => {
    const layer = Activation.tanh.at(shape);
    return {
      ...layer,
      forward: (ops, params, state, given, context) => {
        const run = layer.forward(ops, params, state, given, context);
        return {
          ...run,
          pullback: (dy) => ({ dParams: {}, dx: ops.map(multiply(input('x'), by), { x: run.pullback(dy).dx }) }),
        };
      },
    };
  },
});

export const networkLaws: LawSet = lawSet('layers and networks', [
  law(
    'a three-layer tanh network',
    'the relative error is at most 1e-9; with a factor of 1.0001 wrong in one pullback it is at least 1e-6',
    keys,
    (key) => {
      const [given, target] = [normals([4, 3], Key.foldIn(1)(key)), normals([4, 2], Key.foldIn(2)(key))];
      const network = (middle: Layer.Elementwise) =>
        init(
          Layer.sequential(Layer.dense(3, 4), middle, Layer.dense(4, 3), Activation.tanh, Layer.dense(3, 2)),
          key,
          'f64',
        );
      const right = checkGradient(network(Activation.tanh), squares, given, target, { coordinates: 6, key });
      const wrong = checkGradient(network(faulty(1.0001)), squares, given, target, { coordinates: 6, key });
      return all(
        same(0, right.excluded, 'excluded'),
        same('0.weight 0.bias 2.weight 2.bias 4.weight 4.bias', right.parameters.map(({ path }) => path).join(' ')),
        same('6,4,6,3,6,2', right.parameters.map(({ checked }) => checked).join()),
        holds(right.relativeError <= 1e-9, 'at most 1e-9', `${right.relativeError}`),
        holds(wrong.relativeError >= 1e-6, 'at least 1e-6', `${wrong.relativeError}`),
        // What comes after the fault is right.
        holds(
          (wrong.parameters[4]?.relativeError ?? NaN) <= 1e-8,
          'at most 1e-8',
          `${wrong.parameters[4]?.relativeError}`,
        ),
      );
    },
    { runs: 3 },
  ),
  lawOf('a kink in a network', 'each number whose gradient it touches is excluded, named and told', [0], () => {
    // The first unit is at its kink for the one example; its weights and bias reach it, the second unit's do not.
    const layer = Layer.sequential(Layer.dense(2, 2), Activation.relu, Layer.dense(2, 1));
    const network = {
      ...init(layer, Key.fromSeed(1), 'f64'),
      params: [
        { weight: tensor([2, 2], [1, 1, -1, 1]), bias: tensor([2], [0, 1]) },
        {},
        { weight: tensor([2, 1], [3, 2]), bias: tensor([1], [0]) },
      ] as const,
    };
    const check = checkGradient(network, squares, tensor([1, 2], [1, 1]), tensor([1, 1], [0]));
    const whys = new Set(check.exclusions.map(({ why }) => why));
    return all(
      same(
        '0.bias[0] 0.weight[0,0] 0.weight[1,0]',
        check.exclusions
          .map(({ where }) => where)
          .sort()
          .join(' '),
      ),
      same(3, check.excluded),
      same(6, check.checked),
      same('2,1,0,0', check.parameters.map(({ excluded }) => excluded).join()),
      same('a kink: max takes another side at element 0', [...whys].join()),
      holds(check.relativeError <= 1e-9, '1e-9', `${check.relativeError}`),
    );
  }),
  law(
    'the whole Jacobian of a layer',
    'by both judges it is what the pullback gives for each output alone; with a wrong pullback it is not',
    keys,
    (key) => {
      const x = normals([2, 3], Key.foldIn(1)(key));
      const of = (middle: Layer.Elementwise) => {
        const layer = Layer.sequential(Layer.dense(3, 2), middle, Layer.softmax);
        return { ...init(layer, key, 'f64'), x };
      };
      const [tanh, wrong] = [of(Activation.tanh), of(faulty(1.0001))];
      return all(
        ...[byRidders, byDualNumbers].map((judge) => {
          const check = checkLayer(tanh, { judge });
          return all(
            // Four outputs by six weights, two biases and six inputs.
            same(4 * 14, check.checked),
            holds(check.relativeError <= 1e-10, '1e-10', `${check.relativeError}`),
            holds(checkLayer(wrong, { judge }).relativeError >= 1e-6, 'at least 1e-6', 'less'),
          );
        }),
      );
    },
    { runs: 3 },
  ),
  law(
    'dropout and its masks',
    'are the same at every point of a stencil, and none at inference',
    keys,
    (key) => {
      const layer = Layer.sequential(Layer.dense(3, 4), Layer.dropout(0.5));
      const of = { ...init(layer, key, 'f64'), x: normals([2, 3], Key.foldIn(1)(key)) };
      return all(
        ...[true, false].map((training) => {
          const { relativeError, excluded } = checkLayer(of, { key, training });
          return all(same(0, excluded.length), holds(relativeError <= 1e-9, '1e-9', `${relativeError}`));
        }),
      );
    },
    { runs: 3 },
  ),
]);
