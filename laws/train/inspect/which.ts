import { activation } from '../../../src/layer/activation.ts';
import * as Activation from '../../../src/layer/activations.ts';
import { batchNorm } from '../../../src/layer/batchNorm.ts';
import { dense } from '../../../src/layer/dense.ts';
import { dropout } from '../../../src/layer/dropout.ts';
import { constant } from '../../../src/layer/initialiser/index.ts';
import { type AnyLayer, type Layer, none, noValues, plain, type Unshaped } from '../../../src/layer/layer.ts';
import { layerNorm } from '../../../src/layer/layerNorm.ts';
import { reshape } from '../../../src/layer/reshape.ts';
import { residual } from '../../../src/layer/residual.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { logSoftmax, softmax } from '../../../src/layer/softmax.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { add, input, multiply } from '../../../src/scalar/expr.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../../../src/tensor/tree.ts';
import { isActivation } from '../../../src/train/inspect/pointwise.ts';
import { type Law, lawOf, lawSet, same } from '../../law.ts';
import { counting, noisy } from '../layers.ts';

const x = input('x');

/** A layer of the same shape that is written in the algebra. */
const written = (kind: string, forward: <T>(ops: Ops<T>, x: T) => T): Unshaped<EmptyForm, EmptyForm> => ({
  description: { kind },
  at: (shape) => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind },
    parameters: none,
    forward: (ops, _params, _state, given) => ({
      y: forward(ops, given),
      state: noValues,
      pullback: (dy) => ({ dParams: noValues, dx: dy }),
    }),
  }),
});

type ScaleForm = RecordForm<{ readonly scale: LeafForm }>;

/** A scale to each unit, or one to all. */
const scale = (each: boolean): Unshaped<ScaleForm, EmptyForm> => ({
  description: { kind: 'scale' },
  at: <In extends Shape>(shape: In): Layer<In, In, ScaleForm, EmptyForm> => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind: 'scale' },
    parameters: {
      tree: record<{ readonly scale: LeafForm }>({ scale: leaf }),
      specs: { scale: { shape: each ? shape : [], fanIn: 1, fanOut: 1, initialiser: constant(2), role: 'weight' } },
    },
    forward: (ops, params, _state, given) => {
      const all = each ? ops.broadcast(ops.shape(given), ops.reshape([1, ...shape], params.scale)) : params.scale;
      return {
        y: ops.map(multiply(x, input('scale')), { x: given, scale: all }),
        state: noValues,
        pullback: (dy) => ({ dParams: { scale: params.scale }, dx: dy }),
      };
    },
  }),
});

const half = <T>(ops: Ops<T>, like: T): T => {
  const shape = ops.shape(like);
  return ops.broadcast(
    shape,
    ops.reshape(
      shape.map(() => 1),
      ops.scalar(0.5),
    ),
  );
};
const sumOf = add(x, input('b'));

/** Layers at [2, 2], and whether they are activations. */
const judged: ReadonlyArray<readonly [name: string, layer: AnyLayer, is: boolean]> = [
  ...Object.entries(Activation).flatMap(([name, of]): (readonly [string, AnyLayer, boolean])[] =>
    typeof of === 'object' ? [[name, of.at([2, 2]), true]] : [],
  ),
  ['leakyRelu', Activation.leakyRelu().at([2, 2]), true],
  ['prelu', Activation.prelu().at([2, 2]), true],
  ['elu', Activation.elu().at([2, 2]), true],
  ['celu', Activation.celu().at([2, 2]), true],
  ['own expression', activation(multiply(x, x)).at([2, 2]), true],
  [
    'in two steps',
    written('twice', (ops, v) => ops.map(sumOf, { x: ops.map(sumOf, { x: v, b: v }), b: half(ops, v) })).at([2, 2]),
    true,
  ],
  ['reshaped to its own shape', written('same', (ops, v) => ops.reshape(ops.shape(v), v)).at([2, 2]), true],
  [
    'with a number that is computed of none',
    written('two', (ops, v) =>
      ops.map(sumOf, {
        x: v,
        b: ops.broadcast(ops.shape(v), ops.reshape([1, 1, 1], ops.map(multiply(0.5, 4), {}))),
      }),
    ).at([2, 2]),
    true,
  ],
  ['one scale to all', scale(false).at([2, 2]), true],
  ['a scale to each', scale(true).at([2, 2]), false],
  ['dense', dense(4, 4), false],
  ['softmax', softmax.at([2, 2]), false],
  ['logSoftmax', logSoftmax.at([2, 2]), false],
  ['batchNorm', batchNorm().at([2, 2]), false],
  ['layerNorm', layerNorm().at([2, 2]), false],
  ['dropout', dropout(0.5).at([2, 2]), false],
  ['noise', noisy.at([2, 2]), false],
  ['a count', counting.at([2, 2]), false],
  ['a sequence of one', sequential(Activation.tanh.at([2, 2])), false],
  ['a residual', residual(Activation.tanh.at([2, 2])), false],
  ['reshape', reshape([2, 2], [4]), false],
  ['transposed', written('turned', (ops, v) => ops.transpose([0, 2, 1], v)).at([2, 2]), false],
  [
    'by place',
    written('placed', (ops, v) =>
      ops.map(sumOf, { x: v, b: ops.broadcast(ops.shape(v), ops.reshape([1, 1, 2], ops.iota(2))) }),
    ).at([2, 2]),
    false,
  ],
  ['max over', written('greatest', (ops, v) => ops.broadcast(ops.shape(v), ops.max([1], v))).at([2, 2]), false],
  ['moved along', written('moved', (ops, v) => ops.pad(2, 1, 0, ops.slice(2, 0, 1, v))).at([2, 2]), false],
  [
    'halves exchanged',
    written('exchanged', (ops, v) => ops.concatenate(1, [ops.slice(1, 1, 2, v), ops.slice(1, 0, 1, v)])).at([2, 2]),
    false,
  ],
  ['a product', written('product', (ops, v) => ops.matmul(v, v)).at([2, 2]), false],
];

const which: Law = lawOf(
  'which are activations',
  'a layer is an activation where one scalar function serves all elements, whatever it is called and however it is ' +
    'written; layers that mix elements, draw, remember or differ by place are none',
  judged,
  ([, layer, is]) => same(is, isActivation(layer)),
  { show: ([name]) => name },
);

export const whichLaws = lawSet('which', [which]);
