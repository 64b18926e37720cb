/** The logic gates of two inputs: the smallest tables there are. */
import type { Dtype } from '../scalar/dtype.ts';
import { generate } from '../tensor/tensor.ts';
import type { Examples } from '../train/examples.ts';

const outputs = {
  and: [0, 0, 0, 1],
  or: [0, 1, 1, 1],
  xor: [0, 1, 1, 0],
  nand: [1, 1, 1, 0],
  nor: [1, 0, 0, 0],
  xnor: [1, 0, 0, 1],
} as const;

export type Gate = keyof typeof outputs;

/**
 * The names of the gates.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.gates // => ['and', 'or', 'xor', 'nand', 'nor', 'xnor']
 * ```
 */
export const gates: readonly Gate[] = ['and', 'or', 'xor', 'nand', 'nor', 'xnor'];

/**
 * The truth table of a gate: inputs [4, 2] count 00, 01, 10, 11, targets [4, 1] are what the gate answers.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 *
 * Tensor.toRows(Data.gate('xor').inputs) // => [[0, 0], [0, 1], [1, 0], [1, 1]]
 * Tensor.toArray(Data.gate('xor').targets) // => [0, 1, 1, 0]
 * ```
 */
export const gate = (name: Gate, dtype: Dtype = 'f32'): Examples => ({
  inputs: generate(dtype, [4, 2], (i) => (i >> (i % 2 === 0 ? 2 : 1)) & 1),
  targets: generate(dtype, [4, 1], (i) => outputs[name][i] ?? Number.NaN),
});
