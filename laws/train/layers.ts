/** Layers for the laws of training: what these need of a layer (randomness, state, a fault at a chosen moment) at its
 * simplest. */
import { elementwise } from '../../src/layer/activation.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { type Layer, none, noValues, plain, type Unshaped } from '../../src/layer/layer.ts';
import { add, divide, type Expr, ifEqual, ifLess, input, multiply, sqrt, subtract } from '../../src/scalar/expr.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../../src/tensor/tree.ts';

const x = input('x');
const noise = input('noise');
const count = input('count');
const disturbed = add(x, multiply(0.125, noise));
const shifted = add(x, divide(count, 64));
const counted = add(count, 1);

/** y = x + ε/8 with standard normal ε in training; y = x outside. */
export const noisy: Unshaped<EmptyForm, EmptyForm> = {
  description: { kind: 'noisy' },
  at: <In extends Shape>(shape: In): Layer<In, In, EmptyForm, EmptyForm> => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind: 'noisy' },
    parameters: none,
    sites: 1,
    forward: (ops, _params, _state, given, context) => ({
      y: context.training ? ops.map(disturbed, { x: given, noise: context.random.normal(ops.shape(given)) }) : given,
      state: noValues,
      pullback: (dy) => ({ dParams: noValues, dx: dy }),
    }),
  }),
};

type CountForm = RecordForm<{ readonly count: LeafForm }>;

/** y = x + n/64 after n training batches: a layer whose state matters. */
export const counting: Unshaped<EmptyForm, CountForm> = {
  description: { kind: 'counting' },
  at: <In extends Shape>(shape: In): Layer<In, In, EmptyForm, CountForm> => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind: 'counting' },
    parameters: none,
    state: {
      tree: record<{ readonly count: LeafForm }>({ count: leaf }),
      specs: { count: { shape: [], fanIn: 1, fanOut: 1, initialiser: constant(0), role: 'bias' } },
    },
    forward: (ops, _params, state, given, context) => ({
      y: ops.map(shifted, { x: given, count: state.count }),
      state: context.training ? { count: ops.map(counted, { count: state.count }) } : state,
      pullback: (dy) => ({ dParams: noValues, dx: dy }),
    }),
  }),
};

/** y = x, but NaN below a threshold. */
export const brokenBelow = (threshold: number): Unshaped<EmptyForm, EmptyForm> =>
  elementwise({ kind: 'brokenBelow' }, ifLess(x, threshold, Number.NaN, x));

/** y = x with derivative 1, but 0 with derivative ∞ at one point. */
export const steepAt = (point: number): Unshaped<EmptyForm, EmptyForm> =>
  elementwise({ kind: 'steepAt' }, ifEqual(x, point, sqrt(subtract(x, point)), x));

/** A table of values at the whole numbers from 0 on, and the last beyond. */
export const table = (values: readonly number[]): Expr<'x'> =>
  values.reduceRight<Expr<'x'>>((rest, value, i) => ifEqual(x, i, value, rest), add(0, values[values.length - 1] ?? 0));
