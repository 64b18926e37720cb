/** The fully connected layer: y = x·W + b for a batch x of shape [batch, inputs]. */
import { add, repeat, sumLeading, transposed } from '../ops/derived.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../tensor/tree.ts';
import { checked, width } from './config.ts';
import { zeros } from './initialiser/constant.ts';
import type { Initialiser } from './initialiser/initialiser.ts';
import { glorotUniform } from './initialiser/scaled.ts';
import { type Layer, noValues, plain } from './layer.ts';

/** A weight of shape [inputs, outputs]; a bias of shape [outputs]. */
export type DenseForm = RecordForm<{ readonly weight: LeafForm; readonly bias: LeafForm }>;

/** How a dense layer's parameters begin. */
export interface DenseOptions {
  /** Glorot's uniform unless given. */
  readonly weight?: Initialiser;
  /** Zeros unless given. */
  readonly bias?: Initialiser;
}

const form = record<{ readonly weight: LeafForm; readonly bias: LeafForm }>({ weight: leaf, bias: leaf });

/**
 * A fully connected layer from [inputs] to [outputs]: y = x·W + b, with W of shape [inputs, outputs]. Pullback:
 * dW = xᵀ·dy, db = Σ dy over the batch, dx = dy·Wᵀ. Throws unless both widths are whole numbers of at least 1.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.dense(3, 2).parameters.specs.weight.shape // => [3, 2]
 * ```
 */
export const dense = <const I extends number, const O extends number>(
  inputs: I,
  outputs: O,
  { weight = glorotUniform, bias = zeros }: DenseOptions = {},
): Layer<readonly [I], readonly [O], DenseForm, EmptyForm> => {
  checked(width, 'dense: inputs', inputs);
  checked(width, 'dense: outputs', outputs);
  return {
    ...plain,
    input: [inputs],
    output: [outputs],
    description: { kind: 'dense', inputs, outputs, weight: weight.description, bias: bias.description },
    parameters: {
      tree: form,
      specs: {
        weight: { shape: [inputs, outputs], fanIn: inputs, fanOut: outputs, initialiser: weight, role: 'weight' },
        bias: { shape: [outputs], fanIn: inputs, fanOut: outputs, initialiser: bias, role: 'bias' },
      },
    },
    forward: (ops, params, _state, x) => {
      const y = ops.matmul(x, params.weight);
      return {
        y: add(ops, y, repeat(ops, ops.shape(y), params.bias)),
        state: noValues,
        pullback: (dy) => ({
          dParams: { weight: ops.matmul(transposed(ops, x), dy), bias: sumLeading(ops, [outputs], dy) },
          // Computed when read: nobody asks for the gradient of a network's own input in training.
          get dx() {
            return ops.matmul(dy, transposed(ops, params.weight));
          },
        }),
      };
    },
  };
};

/** A weight of shape [inputs, outputs]. */
export type DenseWithoutBiasForm = RecordForm<{ readonly weight: LeafForm }>;

const weightAlone = record<{ readonly weight: LeafForm }>({ weight: leaf });

/**
 * A fully connected layer without bias, from [inputs] to [outputs]: y = x·W. Throws as {@link dense} does.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.denseWithoutBias(3, 2).description.kind // => 'denseWithoutBias'
 * ```
 */
export const denseWithoutBias = <const I extends number, const O extends number>(
  inputs: I,
  outputs: O,
  { weight = glorotUniform }: Pick<DenseOptions, 'weight'> = {},
): Layer<readonly [I], readonly [O], DenseWithoutBiasForm, EmptyForm> => {
  checked(width, 'denseWithoutBias: inputs', inputs);
  checked(width, 'denseWithoutBias: outputs', outputs);
  return {
    ...plain,
    input: [inputs],
    output: [outputs],
    description: { kind: 'denseWithoutBias', inputs, outputs, weight: weight.description },
    parameters: {
      tree: weightAlone,
      specs: {
        weight: { shape: [inputs, outputs], fanIn: inputs, fanOut: outputs, initialiser: weight, role: 'weight' },
      },
    },
    forward: (ops, params, _state, x) => ({
      y: ops.matmul(x, params.weight),
      state: noValues,
      pullback: (dy) => ({
        dParams: { weight: ops.matmul(transposed(ops, x), dy) },
        get dx() {
          return ops.matmul(dy, transposed(ops, params.weight));
        },
      }),
    }),
  };
};
