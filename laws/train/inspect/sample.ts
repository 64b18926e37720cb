/** Small networks and batches for the laws of inspection. */
import * as fc from 'fast-check';
import { activation } from '../../../src/layer/activation.ts';
import { elu, gelu, hardTanh, leakyRelu, relu, sigmoid, softsign, tanh } from '../../../src/layer/activations.ts';
import { dense } from '../../../src/layer/dense.ts';
import { type Initialiser, normal as normalInitialiser } from '../../../src/layer/initialiser/index.ts';
import type { Part } from '../../../src/layer/layer.ts';
import { init, type SomeNetwork, someNetwork } from '../../../src/layer/network.ts';
import { sequentialOf } from '../../../src/layer/sequential.ts';
import { fromLabels } from '../../../src/loss/index.ts';
import { softmaxCrossEntropy } from '../../../src/loss/softmaxCrossEntropy.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { add, input, multiply } from '../../../src/scalar/expr.ts';
import { foldIn, fromSeed, normal } from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import type { Examples } from '../../../src/train/index.ts';
import type { Inspection } from '../../../src/train/inspect/index.ts';
import type { Verdict } from '../../law.ts';

/** Activations by name, with a cubic of one's own among them. */
export const activations = {
  relu,
  leakyRelu: leakyRelu(0.25),
  hardTanh,
  softsign,
  tanh,
  sigmoid,
  elu: elu(),
  gelu,
  cubic: activation(add(input('x'), multiply(0.125, multiply(input('x'), multiply(input('x'), input('x')))))),
} as const;

export const seeds = fc.nat(2 ** 31);

/** A perceptron, in numbers. */
export interface Deep {
  readonly seed: number;
  readonly dtype: Dtype;
  readonly inputs: number;
  readonly width: number;
  readonly depth: number;
  readonly classes: number;
}

/** Layers of one width with an activation after each but the last. */
export const deep = (
  { seed, dtype, inputs, width, depth, classes }: Deep,
  part: Part,
  weight: Initialiser = normalInitialiser(0, 0.5),
  bias: Initialiser = normalInitialiser(0, 0.5),
): SomeNetwork =>
  sequentialOf(
    [inputs],
    [
      ...Array.from({ length: depth }, (_, i) => [
        dense(i === 0 ? inputs : width, width, { weight, bias }),
        part,
      ]).flat(),
      dense(width, classes, { weight }),
    ],
  ).use((layer) => someNetwork(init(layer, fromSeed(seed), dtype)));

/** Normal inputs of rows, and their classes, in turn. */
export const labelled = ({ seed, dtype, inputs, classes }: Deep, rows: number): Examples => ({
  inputs: normal([rows, inputs], dtype)(foldIn(1)(fromSeed(seed))),
  targets: generate(dtype, [rows], (i) => i % classes),
});

export const crossEntropy = fromLabels(softmaxCrossEntropy());

/** Whether two numbers agree to a part in 10¹² of a scale. The sums here have below 2¹⁰ terms, in any order: each rounds
 * by at most 2⁻⁵³ of the sum of the sizes, 2¹⁰·2⁻⁵³ ≈ 10⁻¹³ in all, through at most three of them. */
export const near = (expected: number, received: number | undefined, scale: number, where: string): Verdict =>
  received !== undefined && Math.abs(expected - received) <= 1e-12 * scale
    ? undefined
    : { expected: `${expected}`, received: `${received}`, where, tolerance: `1e-12 of ${scale}` };

/** √(Σ x²), plainly. */
export const lengthOf = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));

export const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);

/** The rows of examples in another order. */
export const permuted = (order: readonly number[], { inputs, targets }: Examples): Examples => {
  const rows = inputs.shape[0] ?? 1;
  const along = (x: Tensor): Tensor => {
    const width = x.data.length / rows;
    return generate(
      x.dtype,
      x.shape,
      (i) => x.data[(order[Math.floor(i / width)] ?? 0) * width + (i % width)] ?? Number.NaN,
    );
  };
  return { inputs: along(inputs), targets: along(targets) };
};

/** The first difference of two inspections of one network, numbers of a layer to a part of their size. */
export const alike = (expected: Inspection, received: Inspection, part: number): Verdict => {
  for (const [i, layer] of expected.layers.entries())
    for (const [name, value] of Object.entries(layer)) {
      const other: unknown = Object.entries(received.layers[i] ?? {}).find(([own]) => own === name)?.[1];
      // A mean is small beside what it is the mean of.
      const scale = name === 'mean' ? Math.abs(layer.mean) + layer.deviation : Math.abs(Number(value));
      const equal =
        typeof value === 'number' && typeof other === 'number'
          ? Math.abs(value - other) <= part * scale
          : JSON.stringify(value) === JSON.stringify(other);
      if (!equal)
        return { expected: JSON.stringify(value), received: JSON.stringify(other), where: `layers[${i}].${name}` };
    }
  return undefined;
};
