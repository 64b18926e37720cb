/** Networks with a wrong layer in them. */
import { Expr, Key, Layer, Network, Ops } from '../../../src/index.ts';
import type { NetworkOptions } from '../../pack/network.ts';
import { spoil } from '../writing.ts';

const KEY = Key.fromSeed(7);

/** A network, and what its laws must be told of it. */
interface Example {
  readonly of: Network.SomeNetwork;
  readonly options: NetworkOptions;
}

/** A layer that divides by the batch's greatest number, at inference too. */
const batchScaled: Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm> = {
  description: { kind: 'batchScaled' },
  at: (shape) => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind: 'batchScaled' },
    parameters: Layer.none,
    forward: (ops, _params, _state, x) => {
      const axes = ops.shape(x).map((_, axis) => axis);
      const greatest = ops.broadcast(ops.shape(x), ops.max(axes, x));
      return {
        y: Ops.subtract(ops, x, greatest),
        state: Layer.noValues,
        pullback: (dy) => ({ dParams: Layer.noValues, dx: dy }),
      };
    },
  }),
};

const [x, dy] = [Expr.input('x'), Expr.input('dy')];
/** tanh with the derivative of a sigmoid. */
const mistaken: Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm> = {
  description: { kind: 'mistaken' },
  at: (shape) => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind: 'mistaken' },
    parameters: Layer.none,
    forward: (ops, _params, _state, given) => {
      const y = ops.map(Expr.tanh(x), { x: given });
      return {
        y,
        state: Layer.noValues,
        pullback: (gradient) => ({
          dParams: Layer.noValues,
          dx: ops.map(Expr.multiply(dy, Expr.multiply(x, Expr.subtract(1, x))), { x: y, dy: gradient }),
        }),
      };
    },
  }),
};
/** A network with a layer of one's own in the middle, or before all others. */
const withLayer = (layer: typeof mistaken, where: 'inside' | 'first' = 'inside'): Example => {
  const { kind } = layer.description;
  return {
    of:
      where === 'first'
        ? Network.someNetwork(Network.init(Layer.sequential(layer.at([3] as const), Layer.dense(3, 2)), KEY))
        : Network.someNetwork(Network.init(Layer.sequential(Layer.dense(3, 4), layer, Layer.dense(4, 2)), KEY)),
    options: { registry: { ...Layer.registry, [kind]: Layer.kind(kind, {}, () => layer) } },
  };
};
export const [scaledByBatch, mistakenInside] = [withLayer(batchScaled), withLayer(mistaken)];

/** A layer of a kind that does something to its input on the way, and gives it on. */
const passing = (
  kind: string,
  touch: <T>(ops: Ops.Ops<T>, given: T) => T,
): Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm> => ({
  description: { kind },
  at: (shape) => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind },
    parameters: Layer.none,
    forward: (ops, _params, _state, given) => ({
      y: touch(ops, given),
      state: Layer.noValues,
      pullback: (gradient) => ({ dParams: Layer.noValues, dx: touch(ops, gradient) }),
    }),
  }),
});

export const overwriting = withLayer(
  passing('overwriting', (_ops, given) => {
    spoil(given);
    return given;
  }),
  'first',
);
const calls = { made: 0 };
export const counting = withLayer(
  passing('counting', (ops, given) => Ops.multiply(ops, given, ops.scalar(++calls.made))),
);
export const coarse = withLayer(
  passing('coarse', (ops, given) => Ops.multiply(ops, given, ops.scalar(ops.dtype === 'f32' ? 1.001 : 1))),
);
