/** The fully connected layer: y = x·W + b for a batch x of shape [batch, inputs]. */
import { add, repeat, sumLeading, transposed } from '../ops/derived.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../tensor/tree.ts';
import { type Initialiser, zeros } from './initialiser.ts';
import { type Layer, none, noValues } from './layer.ts';

/** A weight of shape [inputs, outputs]; a bias of shape [outputs]. */
export type DenseForm = RecordForm<{ readonly weight: LeafForm; readonly bias: LeafForm }>;

/** How a dense layer's parameters begin. */
export interface DenseOptions {
  readonly weight?: Initialiser;
  readonly bias?: Initialiser;
}

const form = record<{ readonly weight: LeafForm; readonly bias: LeafForm }>({ weight: leaf, bias: leaf });

export const dense = <const I extends number, const O extends number>(
  inputs: I,
  outputs: O,
  { weight = zeros, bias = zeros }: DenseOptions = {},
): Layer<readonly [I], readonly [O], DenseForm, EmptyForm> => ({
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
  state: none,
  sites: 0,
  children: [],
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
});
