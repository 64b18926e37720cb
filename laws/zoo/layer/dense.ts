/** Wrong fully connected layers. */
import { Initialiser, Layer, Ops, Tree } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { LayerOptions } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';
import { type Any, broken as entry, lawsOf } from './parts.ts';

type Form = Layer.RecordForm<{ readonly weight: Layer.LeafForm; readonly bias: Layer.LeafForm }>;
const tree = Tree.record<{ readonly weight: Layer.LeafForm; readonly bias: Layer.LeafForm }>({
  weight: Tree.leaf,
  bias: Tree.leaf,
});

/** What a run holds, and the gradients that are made of it. */
interface Held<T> {
  readonly ops: Ops.Ops<T>;
  readonly x: T;
  readonly weight: T;
  readonly dy: T;
}
interface Gradients<T> {
  readonly weight: T;
  readonly bias: T;
  readonly dx: T;
}
type Back = <T>(held: Held<T>) => Gradients<T>;

const INPUTS = 3;

/** y = x·W + by·b, with gradients of one's choice. */
const dense = (
  kind: string,
  outputs: number,
  back: Back,
  by = 1,
): Layer.Layer<readonly [3], readonly [number], Form, Layer.EmptyForm> => ({
  ...Layer.plain,
  input: [INPUTS],
  output: [outputs],
  description: { kind },
  parameters: {
    tree,
    specs: {
      weight: {
        shape: [INPUTS, outputs],
        fanIn: INPUTS,
        fanOut: outputs,
        initialiser: Initialiser.glorotUniform,
        role: 'weight',
      },
      bias: { shape: [outputs], fanIn: INPUTS, fanOut: outputs, initialiser: Initialiser.zeros, role: 'bias' },
    },
  },
  forward: (ops, { weight, bias }, _state, x) => {
    const y = ops.matmul(x, weight);
    const shift = Ops.multiply(ops, Ops.repeat(ops, ops.shape(y), bias), ops.scalar(by));
    return {
      y: Ops.add(ops, y, shift),
      state: Layer.noValues,
      pullback: (dy) => {
        const { dx, ...dParams } = back({ ops, x, weight, dy });
        return { dParams, dx };
      },
    };
  },
});

const right: Back = ({ ops, x, weight, dy }) => ({
  weight: ops.matmul(Ops.transposed(ops, x), dy),
  bias: Ops.sumLeading(ops, ops.shape(dy).slice(1), dy),
  dx: ops.matmul(dy, Ops.transposed(ops, weight)),
});

const averaged = <T>({ ops, x }: Held<T>, gradient: T): T =>
  Ops.divide(ops, gradient, ops.scalar(ops.shape(x)[0] ?? 1));

const transposedWeight: Back = (held) => ({ ...right(held), weight: Ops.transposed(held.ops, right(held).weight) });
const averagedWeight: Back = (held) => ({ ...right(held), weight: averaged(held, right(held).weight) });
const averagedBias: Back = (held) => ({ ...right(held), bias: averaged(held, right(held).bias) });
const noBias: Back = (held) => ({
  ...right(held),
  bias: Ops.fill(held.ops, held.ops.shape(held.dy).slice(1), 0),
});
const untransposed: Back = (held) => ({ ...right(held), dx: held.ops.matmul(held.dy, held.weight) });
const scaledBias: Back = (held) => ({
  ...right(held),
  bias: Ops.multiply(held.ops, right(held).bias, held.ops.scalar(0.01)),
});

const rows = (xs: readonly number[], width: number): ReadonlyArray<readonly number[]> =>
  Array.from({ length: xs.length / width }, (_, i) => xs.slice(i * width, (i + 1) * width));

/** y = x·W + by·b in plain loops. */
const formula = (by: number): LayerOptions => ({
  expected: ({ x, params: { weight = [], bias = [] } }) => {
    const w = rows(weight, bias.length);
    return {
      y: x.map((row) =>
        bias.map((b, j) => row.reduce((sum, value, k) => sum + value * (w[k]?.[j] ?? NaN), 0) + by * b),
      ),
    };
  },
});

/** The weight is read as [outputs, inputs], so that x·Wᵀ is what comes out. */
const readTransposed = ((): Any => {
  const layer = dense('dense', INPUTS, right);
  return {
    ...layer,
    forward: (ops, { weight, bias }, state, x, context) =>
      layer.forward(ops, { weight: Ops.transposed(ops, weight), bias }, state, x, context),
  } satisfies typeof layer;
})();

export const correct: readonly LawSet[] = [
  lawsOf(dense('dense', 3, right), formula(1)),
  lawsOf(dense('dense', 2, right), formula(1)),
  lawsOf(dense('biasColumn', 2, scaledBias, 0.01), formula(0.01)),
];

export const broken: readonly Broken[] = [
  entry(
    'transposed weight gradient',
    'dW is dyᵀ·x where W is square, so that only its numbers tell',
    'pullback: dual numbers',
    dense('dense', 3, transposedWeight),
    formula(1),
  ),
  entry(
    'transposed weight gradient of another shape',
    'dW is dyᵀ·x, of shape [outputs, inputs]',
    'shapes',
    dense('dense', 2, transposedWeight),
    formula(1),
  ),
  entry(
    'averaged weight gradient',
    'dW is averaged over the batch in the layer, where the loss averages already',
    'pullback: dual numbers',
    dense('dense', 2, averagedWeight),
    formula(1),
  ),
  entry(
    'averaged bias gradient',
    'db is the mean of dy over the batch, where dW is the sum',
    'pullback: dual numbers',
    dense('dense', 2, averagedBias),
    formula(1),
  ),
  entry('missing bias gradient', 'db is 0', 'pullback: dual numbers', dense('dense', 2, noBias), formula(1)),
  entry(
    'input gradient without transposing',
    'dx is dy·W where W is square',
    'pullback: differences',
    dense('dense', 3, untransposed),
    formula(1),
  ),
  {
    ...entry(
      'bias as an input column',
      'the bias is the weight of an input of constant 0.01, but its gradient the plain sum of δ: 100 times too large',
      'pullback: dual numbers',
      dense('biasColumn', 2, right, 0.01),
      formula(0.01),
    ),
    teaching: true,
  },
  entry('weight read transposed', 'forward multiplies by Wᵀ where W is square', 'formula', readTransposed, formula(1)),
];
