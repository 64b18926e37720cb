/** A leaky ReLU whose slope is learned. */
import { total } from '../ops/derived.ts';
import { type Expr, ifLess, input, multiply } from '../scalar/expr.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../tensor/tree.ts';
import { checked, finite } from './config.ts';
import { constant } from './initialiser/constant.ts';
import { noValues, plain, type Unshaped } from './layer.ts';

/** One slope for all elements, of shape []. */
export type PreluForm = RecordForm<{ readonly slope: LeafForm }>;

const form = record<{ readonly slope: LeafForm }>({ slope: leaf });

const [x, slope, dy] = [input('x'), input('slope'), input('dy')];
const forward: Expr<'x' | 'slope'> = ifLess(x, 0, multiply(slope, x), x);
const inX: Expr<'x' | 'slope' | 'dy'> = multiply(dy, ifLess(x, 0, slope, 1));
const inSlope: Expr<'x' | 'dy'> = multiply(dy, ifLess(x, 0, x, 0));

/**
 * x, and slope·x below 0, with a slope that is learned (He, Zhang, Ren and Sun, *Delving deep into rectifiers*, 2015),
 * one for all elements; penalties and decay leave it alone. Its derivative at 0 is 1. Takes whatever shape it is given.
 * Throws unless the slope is finite.
 *
 * @example
 * ```ts
 * import { Activation, Key, Network } from 'nabla-ts';
 * Network.init(Activation.prelu().at([3]), Key.fromSeed(1)).params.slope.data[0] // => 0.25
 * ```
 */
export const prelu = (initial = 0.25): Unshaped<PreluForm, EmptyForm> => {
  const description = { kind: 'prelu', slope: checked(finite, 'prelu: slope', initial) } as const;
  return {
    description,
    at: (shape) => ({
      ...plain,
      input: shape,
      output: shape,
      description,
      parameters: {
        tree: form,
        specs: { slope: { shape: [], fanIn: 1, fanOut: 1, initialiser: constant(initial), role: 'bias' } },
      },
      forward: (ops, params, _state, value) => ({
        y: ops.map(forward, { x: value, slope: params.slope }),
        state: noValues,
        pullback: (dValue) => ({
          dParams: { slope: total(ops, ops.map(inSlope, { x: value, dy: dValue })) },
          get dx() {
            return ops.map(inX, { x: value, slope: params.slope, dy: dValue });
          },
        }),
      }),
    }),
  };
};
