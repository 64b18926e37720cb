import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import { size } from '../../src/tensor/shape.ts';
import { cast } from '../../src/tensor/tensor.ts';
import { entries, type Form, showPath } from '../../src/tensor/tree.ts';
import { normals } from '../arbitrary/keys.ts';
import { all, holds, type Law, law, lawOf, same } from '../law.ts';
import { options, samples, some, told } from './network-samples.ts';

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
