/** Scores to probabilities, along the last axis. */
import { subtract } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { divide, type Expr, exp, input, log, subtract as minus, multiply } from '../scalar/expr.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { none, noValues, plain, type Unshaped } from './layer.ts';

/** The last axis of a batch. */
const last = <T>(ops: Ops<T>, x: T): number => ops.shape(x).length - 1;
/** A value for each row, beside every element of the row. */
const across = <T>(ops: Ops<T>, like: T, x: T): T => ops.broadcast(ops.shape(like), x);

const [x, y, dy, greatest, sum] = [input('x'), input('y'), input('dy'), input('greatest'), input('sum')];
const shifted: Expr<'x' | 'greatest'> = minus(x, greatest);
const shiftedExp: Expr<'x' | 'greatest'> = exp(shifted);
const quotient: Expr<'x' | 'sum'> = divide(x, sum);
const product: Expr<'y' | 'dy'> = multiply(y, dy);
const softmaxBack: Expr<'y' | 'dy' | 'sum'> = multiply(y, minus(dy, sum));
const logOf: Expr<'x'> = log(x);
const expOf: Expr<'x'> = exp(x);
const logSoftmaxBack: Expr<'y' | 'dy' | 'sum'> = minus(dy, multiply(exp(y), sum));

const shape = <In extends readonly number[]>(kind: string, given: In): In => {
  if (given.length === 0) throw new TypeError(`${kind}: takes at least one axis, but is given []`);
  return given;
};

/**
 * yᵢ = e^xᵢ/Σⱼ e^xⱼ along the last axis. The greatest xᵢ is taken off first, so nothing overflows and the sum is at least
 * 1. Pullback: dxᵢ = yᵢ(dyᵢ − Σⱼ dyⱼyⱼ). Takes whatever shape it is given, of at least one axis.
 *
 * @example
 * ```ts
 * import { Layer, Key, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.softmax.at([2]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 2], 1000))) // => [0.5, 0.5]
 * ```
 */
export const softmax: Unshaped<EmptyForm, EmptyForm> = {
  description: { kind: 'softmax' },
  at: (given) => ({
    ...plain,
    input: shape('softmax', given),
    output: given,
    description: { kind: 'softmax' },
    parameters: none,
    forward: (ops, _params, _state, scores) => {
      const axes = [last(ops, scores)];
      const e = ops.map(shiftedExp, { x: scores, greatest: across(ops, scores, ops.max(axes, scores)) });
      const p = ops.map(quotient, { x: e, sum: across(ops, scores, ops.sum(axes, e)) });
      return {
        y: p,
        state: noValues,
        pullback: (dp) => ({
          dParams: noValues,
          get dx() {
            const inner = ops.sum(axes, ops.map(product, { y: p, dy: dp }));
            return ops.map(softmaxBack, { y: p, dy: dp, sum: across(ops, p, inner) });
          },
        }),
      };
    },
  }),
};

/**
 * yᵢ = xᵢ − log Σⱼ e^xⱼ along the last axis, the logarithm of {@link softmax} without its underflow. Pullback:
 * dxᵢ = dyᵢ − e^yᵢ·Σⱼ dyⱼ. Takes whatever shape it is given, of at least one axis.
 *
 * @example
 * ```ts
 * import { Layer, Key, Network, Tensor } from 'nabla-ts';
 * const network = Network.init(Layer.logSoftmax.at([1]), Key.fromSeed(1));
 * Tensor.toArray(Network.predict(network)(Tensor.full('f32', [1, 1], -1000))) // => [0]
 * ```
 */
export const logSoftmax: Unshaped<EmptyForm, EmptyForm> = {
  description: { kind: 'logSoftmax' },
  at: (given) => ({
    ...plain,
    input: shape('logSoftmax', given),
    output: given,
    description: { kind: 'logSoftmax' },
    parameters: none,
    forward: (ops, _params, _state, scores) => {
      const axes = [last(ops, scores)];
      const z = ops.map(shifted, { x: scores, greatest: across(ops, scores, ops.max(axes, scores)) });
      const logSum = ops.map(logOf, { x: ops.sum(axes, ops.map(expOf, { x: z })) });
      const logP = subtract(ops, z, across(ops, scores, logSum));
      return {
        y: logP,
        state: noValues,
        pullback: (dLogP) => ({
          dParams: noValues,
          get dx() {
            return ops.map(logSoftmaxBack, { y: logP, dy: dLogP, sum: across(ops, logP, ops.sum(axes, dLogP)) });
          },
        }),
      };
    },
  }),
};
