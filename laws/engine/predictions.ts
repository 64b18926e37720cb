/** Predictions of more rows than go through an engine at once. */
import * as fc from 'fast-check';
import { create } from '../../src/engine/engine.ts';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import { init } from '../../src/layer/network.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { fromSeed, normal } from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { predictOn, predictSlowly } from '../../src/train/predict.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, type Law, law, sameTensor } from '../law.ts';

/** Fewer than a part of them, parts of every length at the end, and none at all at the end. */
const counts = fc.oneof(fc.integer({ min: 1000, max: 3100 }), fc.constantFrom(1023, 1024, 1025, 2048, 2049));

export const predictionLaw: Law = law(
  'predictions of many rows',
  'are those of each row alone, bit for bit, on an engine and by the reference, however many there are',
  fc.record({ rows: counts, seed: fc.nat(1000), dtype: dtypes }),
  ({ rows, seed, dtype }) => {
    const layer = Layer.sequential(Layer.dense(2, 3), Activation.tanh, Layer.dense(3, 2));
    const network = init(layer, fromSeed(seed), dtype);
    const x = normal([rows, 2], dtype)(fromSeed(seed + 1));
    const ops = reference(dtype);
    const { params, state } = network;
    const alone = Array.from({ length: rows }, (_, row) =>
      layer.forward(ops, params, state, Tensor.takeRows([row])(x), Layer.inference()),
    );
    const expected = Tensor.generate(dtype, [rows, 2], (i) => alone[Math.floor(i / 2)]?.y.data[i % 2] ?? Number.NaN);
    return all(
      sameTensor(expected, predictOn(create())(network, x), 'on an engine'),
      sameTensor(expected, predictSlowly(network, x), 'by the reference'),
    );
  },
  { runs: 8, formula: 'f(x)ᵢ = f(xᵢ)' },
);
