/** Batch normalisation: each feature by its mean and variance over the batch. */
import { multiply, repeat, sumLeading } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { add, type Expr, input, multiply as times } from '../scalar/expr.ts';
import { type Shape, show, size } from '../tensor/shape.ts';
import { type LeafForm, leaf, type Of, type RecordForm, record } from '../tensor/tree.ts';
import { checked, fraction, positive } from './config.ts';
import { constant, zeros } from './initialiser/constant.ts';
import { plain, type Run, type Unshaped } from './layer.ts';
import { type AffineForm, affine, inverseRoot, normalise, scaled, standardise } from './normalise.ts';

/** The running mean and variance of each feature. */
export type StatisticsForm = RecordForm<{ readonly mean: LeafForm; readonly variance: LeafForm }>;

const statistics = record<{ readonly mean: LeafForm; readonly variance: LeafForm }>({ mean: leaf, variance: leaf });

/** What batch norm is told. */
export interface BatchNormOptions {
  /** The weight of the new value in the running statistics, 0.1 unless given. */
  readonly momentum?: number;
  /** Added to the variance, 1e-5 unless given. */
  readonly epsilon?: number;
}

type Formulas = { readonly root: Expr<'x'>; readonly moved: Expr<'old' | 'new' | 'correction'> };

/** (1 − m)·old + m·correction·new. */
const movedBy = (momentum: number): Formulas['moved'] =>
  add(times(1 - momentum, input('old')), times(momentum, times(input('correction'), input('new'))));

/** By the batch's own statistics. */
const training = <T>(
  ops: Ops<T>,
  features: number,
  { root, moved }: Formulas,
  params: Of<AffineForm, T>,
  state: Of<StatisticsForm, T>,
  x: T,
): Run<AffineForm, StatisticsForm, T> => {
  const shape = ops.shape(x);
  const together = size(shape) / features;
  if (together < 2)
    throw new RangeError(`batchNorm: a training batch of ${show(shape)} has one number a feature, so no variance`);
  const scale = repeat(ops, shape, params.scale);
  const flat = (t: T): T => ops.reshape([features], t);
  const axes = Array.from({ length: shape.length - 1 }, (_, axis) => axis);
  const { normal, mean, variance, pullback } = normalise(ops, axes, root, x);
  return {
    y: ops.map(scaled, { x: normal, scale, shift: repeat(ops, shape, params.shift) }),
    state: {
      mean: ops.map(moved, { old: state.mean, new: flat(mean), correction: ops.scalar(1) }),
      // Stored without bias: n/(n − 1) of the variance that normalises.
      variance: ops.map(moved, {
        old: state.variance,
        new: flat(variance),
        correction: ops.scalar(together / (together - 1)),
      }),
    },
    pullback: (dy) => ({
      dParams: {
        scale: sumLeading(ops, [features], multiply(ops, dy, normal)),
        shift: sumLeading(ops, [features], dy),
      },
      get dx() {
        return pullback(multiply(ops, dy, scale));
      },
    }),
  };
};

/** By the running statistics, which are constants here. */
const inference = <T>(
  ops: Ops<T>,
  features: number,
  { root }: Formulas,
  params: Of<AffineForm, T>,
  state: Of<StatisticsForm, T>,
  x: T,
): Run<AffineForm, StatisticsForm, T> => {
  const shape = ops.shape(x);
  const scale = repeat(ops, shape, params.scale);
  const inverse = repeat(ops, shape, ops.map(root, { x: state.variance }));
  const normal = ops.map(standardise, { x, mean: repeat(ops, shape, state.mean), inverse });
  return {
    y: ops.map(scaled, { x: normal, scale, shift: repeat(ops, shape, params.shift) }),
    state,
    pullback: (dy) => ({
      dParams: {
        scale: sumLeading(ops, [features], multiply(ops, dy, normal)),
        shift: sumLeading(ops, [features], dy),
      },
      get dx() {
        return multiply(ops, multiply(ops, dy, scale), inverse);
      },
    }),
  };
};

/**
 * Normalises each feature (position along the last axis) over the batch and all other axes, then scales and shifts it by
 * learned numbers: y = scale·(x − μ)/√(σ² + ε) + shift (Ioffe and Szegedy, *Batch normalization*, 2015). In training μ and
 * σ² (biased) are the batch's, and the gradient passes through them; the state keeps running means of μ and of the
 * unbiased variance, momentum being the weight of the new value (as in PyTorch; Keras's is that of the old). At
 * inference they are the state's. Takes whatever shape it is given, of at least one axis; where an example has one number
 * a feature, a training batch must have two examples (`minimumBatch`), and a smaller one throws. Throws unless the
 * momentum is in [0, 1] and ε above 0.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.batchNorm().at([3]).minimumBatch // => 2
 * Layer.batchNorm().at([5, 3]).state.specs.mean.shape // => [3]
 * ```
 */
export const batchNorm = ({
  momentum = 0.1,
  epsilon = 1e-5,
}: BatchNormOptions = {}): Unshaped<AffineForm, StatisticsForm> => {
  const description = {
    kind: 'batchNorm',
    momentum: checked(fraction, 'batchNorm: momentum', momentum),
    epsilon: checked(positive, 'batchNorm: epsilon', epsilon),
  } as const;
  const formulas: Formulas = { root: inverseRoot(epsilon), moved: movedBy(momentum) };
  return {
    description,
    at: <In extends Shape>(shape: In) => {
      const features = shape[shape.length - 1];
      if (features === undefined) throw new TypeError('batchNorm: takes at least one axis, but is given []');
      const spec = { shape: [features], fanIn: 1, fanOut: 1, role: 'bias' } as const;
      const [zero, one] = [
        { ...spec, initialiser: zeros },
        { ...spec, initialiser: constant(1) },
      ];
      return {
        ...plain,
        input: shape,
        output: shape,
        description,
        parameters: { tree: affine, specs: { scale: one, shift: zero } },
        state: { tree: statistics, specs: { mean: zero, variance: one } },
        minimumBatch: size(shape) / features >= 2 ? 1 : 2,
        forward: (ops, params, state, x, context) =>
          (context.training && context.settled !== true ? training : inference)(
            ops,
            features,
            formulas,
            params,
            state,
            x,
          ),
      };
    },
  };
};
