/** This project's look into a network, under the pack's laws, told and answering in plain numbers. */
import { hardTanh, relu, sigmoid, softsign, tanh } from '../../../src/layer/activations.ts';
import { dense } from '../../../src/layer/dense.ts';
import type { Part } from '../../../src/layer/layer.ts';
import { init } from '../../../src/layer/network.ts';
import { sequentialOf } from '../../../src/layer/sequential.ts';
import { elementwise } from '../../../src/loss/elementwise.ts';
import { gradientDescent } from '../../../src/optimizer/index.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { input, multiply } from '../../../src/scalar/expr.ts';
import { fromSeed } from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { map, type Path, showPath } from '../../../src/tensor/tree.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { lawSet } from '../../law.ts';
import { type InspectedActivation, type InspectedNetwork, type Inspector, inspection } from '../../pack/inspection.ts';
import { get } from '../scenario.ts';

const ACTIVATIONS: Readonly<Record<InspectedActivation, Part>> = { relu, hardTanh, tanh, sigmoid, softsign };

/** Σ prediction·target, whose gradient in the prediction is the target. */
const pairing = elementwise({
  description: { kind: 'pairing', reduction: 'sum' },
  reduction: 'sum',
  cost: multiply(input('prediction'), input('target')),
  join: 'sum',
});

const ours = (dtype: Dtype): Inspector => {
  const tensor = (rows: ReadonlyArray<readonly number[]>): Tensor =>
    generate(dtype, [rows.length, rows[0]?.length ?? 0], (i) => rows.flat()[i] ?? Number.NaN);
  const parameters = ({ dense: layers }: InspectedNetwork): ReadonlyMap<string, Tensor> =>
    new Map(
      layers.flatMap(({ weights, biases }, i): (readonly [string, Tensor])[] => [
        [showPath([`${2 * i}`, 'weight']), tensor(weights)],
        [showPath([`${2 * i}`, 'bias']), generate(dtype, [biases.length], (j) => biases[j] ?? Number.NaN)],
      ]),
    );
  return {
    determination: (column, targets) =>
      get(Inspect.columns({ inputs: tensor(column.map((x) => [x])), targets: tensor(targets.map((t) => [t])) }))[0]
        ?.determination ?? Number.NaN,
    of: (network) => {
      const { dense: layers, activation, inputs, dy, learningRate } = network;
      const own = parameters(network);
      const parts = layers.flatMap(({ weights, biases }, i): Part[] => [
        ...(i === 0 ? [] : [ACTIVATIONS[activation]]),
        dense(weights.length, biases.length),
      ]);
      return sequentialOf([inputs[0]?.length ?? 0], parts).use((layer) => {
        const drawn = init(layer, fromSeed(0), dtype);
        const params = map(
          layer.parameters.tree,
          (x: Tensor, path: Path) => own.get(showPath(path)) ?? x,
          drawn.params,
        );
        return get(
          Inspect.batch(
            { loss: pairing, optimizer: gradientDescent({ learningRate }) },
            { inputs: tensor(inputs), targets: tensor(dy) },
          )({ ...drawn, params }),
        ).layers.map(({ gradientNorm = Number.NaN, ...seen }) => ({ ...seen, gradientNorm }));
      });
    },
  };
};

/** The laws of the pack for a look into a network, in both formats. */
export const inspectionByThePack = lawSet(
  'by the pack',
  [],
  (['f32', 'f64'] as const).map((dtype) => inspection(ours(dtype), { name: dtype, dtypes: [dtype], runs: 40 })),
);
