import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import { zeros } from '../../src/layer/initialiser/constant.ts';
import * as Network from '../../src/layer/network/index.ts';
import { size } from '../../src/tensor/shape.ts';
import { cast } from '../../src/tensor/tensor.ts';
import { entries, type Form, leaf, showPath } from '../../src/tensor/tree.ts';
import { normals } from '../arbitrary/keys.ts';
import { all, holds, type Law, law, lawOf, same } from '../law.ts';
import { options, samples, some, told } from './network-samples.ts';

/** Holds a layer that computes, and numbers of its own that it does nothing with. */
const keeping = (count: number): Layer.Layer<readonly [2, 3], readonly [2, 3], Layer.LeafForm, Layer.EmptyForm> => ({
  ...Layer.plain,
  input: [2, 3],
  output: [2, 3],
  description: { kind: 'keeper' },
  parameters: {
    tree: leaf,
    specs: { shape: [count], fanIn: 1, fanOut: 1, initialiser: zeros, role: 'bias' },
  },
  children: [{ path: ['inner'], layer: Activation.relu.at([2, 3]) }],
  forward: (ops, own, _state, x, context) => {
    const { y, state, pullback } = Activation.relu.at([2, 3]).forward(ops, {}, {}, x, context);
    return { y, state, pullback: (dy) => ({ dParams: own, dx: pullback(dy).dx }) };
  },
});

export const summaryLaws: readonly Law[] = [
  law(
    'summary: counts every parameter',
    'rows and total add up to the numbers there are, and paths to the leaves’ own',
    samples,
    ({ layer, dtype, key }) => {
      const { params } = told(some(layer, key, dtype), cast(dtype)(normals([1, ...layer.input], key)));
      const summary = Network.summary(layer);
      const numbers = params.reduce((sum, { shape }) => sum + size(shape), 0);
      const total = (of: (row: Network.SummaryRow) => number): number =>
        summary.rows.reduce((sum, row) => sum + of(row), 0);
      const owners = new Set(summary.rows.map(({ path }) => showPath(path)));
      const lost = entries<Form, Layer.Spec>(layer.parameters.tree, layer.parameters.specs)
        .map(([path]) => path)
        // A residual's row stands at its layer's own path.
        .find((path) => !path.some((_, i) => owners.has(showPath(path.slice(0, path.length - i - 1)))));
      return all(
        same(numbers, summary.parameters, 'parameters'),
        same(
          numbers,
          total((row) => row.parameters),
          'parameters of the rows',
        ),
        same(
          summary.flops,
          total((row) => row.flops),
          'FLOPs of the rows',
        ),
        same(undefined, lost === undefined ? undefined : showPath(lost), 'a leaf without a row'),
        holds(
          summary.rows.every((row) => row.flops >= 0 && row.parameters >= 0),
          'nothing negative',
          Network.showSummary(summary),
        ),
      );
    },
    options,
  ),
  lawOf(
    'summary: FLOPs by hand',
    'dense [i, o]: 2·i·o and o sums; relu: one a number; residual: one sum a number',
    [
      [Layer.dense(3, 4), 2 * 3 * 4 + 4],
      [Layer.denseWithoutBias(5, 2), 2 * 5 * 2],
      [Layer.sequential(Layer.dense(3, 4), Activation.relu), 2 * 3 * 4 + 4 + 4],
      [Layer.residual(Layer.dense(4, 4)), 2 * 4 * 4 + 4 + 4],
      [Layer.parallel(Layer.dense(3, 4), Layer.dense(3, 1)), 28 + 7],
      [Layer.dropout(0.5).at([7]), 0],
      [Layer.reshape([6], [2, 3]), 0],
    ] as const,
    ([layer, flops]) => same(flops, Network.summary(layer).flops, JSON.stringify(layer.description)),
  ),
  lawOf('summary: row by row', 'paths, kinds, shapes and numbers, a composition’s own row after its layers’', [0], () =>
    same(
      [
        '0 dense [4] 16 28',
        '1 dropout [4] 0 0',
        '2.0 dense [2] 10 18',
        '2.1 dense [4] 20 36',
        '2.1 residual [4] 0 4',
        '3 reshape [2,3] 0 0',
        '4.inner relu [2,3] 0 6',
        '4 keeper [2,3] 5 0',
        '5.inner relu [2,3] 0 6',
        '5 keeper [2,3] 1 0',
        '6 reshape [6] 0 0',
        '7 denseWithoutBias [1] 6 12',
        '8 denseWithoutBias [1] 1 2',
        '8 residual [1] 0 1',
      ].join('\n'),
      Network.summary(
        Layer.sequential(
          Layer.dense(3, 4),
          Layer.dropout(0.5),
          Layer.parallel(Layer.dense(4, 2), Layer.residual(Layer.dense(4, 4))),
          Layer.reshape([6], [2, 3]),
          keeping(5),
          keeping(1),
          Layer.reshape([2, 3], [6]),
          Layer.denseWithoutBias(6, 1),
          Layer.residual(Layer.denseWithoutBias(1, 1)),
        ),
      )
        .rows.map((row) => `${showPath(row.path)} ${row.kind} [${row.output}] ${row.parameters} ${row.flops}`)
        .join('\n'),
    ),
  ),
  lawOf('summary: large numbers', 'a comma before every three figures from the right', [0], () =>
    same(
      ['  layer  output  parameters   FLOPs', '  total           1,234,567  12,345'].join('\n'),
      Network.showSummary({ rows: [], parameters: 1234567, flops: 12345 }),
    ),
  ),
  lawOf('summary: as text', 'a row a layer, the columns aligned', [0], () =>
    same(
      [
        '   layer  output  parameters  FLOPs',
        '0  dense  [4]             16     28',
        '1  relu   [4]              0      4',
        '2  dense  [1000]       5,000  9,000',
        '   total               5,016  9,032',
      ].join('\n'),
      Network.showSummary(Network.summary(Layer.sequential(Layer.dense(3, 4), Activation.relu, Layer.dense(4, 1000)))),
    ),
  ),
];
