/** Every layer on the engine, by its name: outputs, next states and gradients in the reference's bits. */
import * as fc from 'fast-check';
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../../src/layer/layer.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { keys } from '../../arbitrary/keys.ts';
import { activations, layers } from '../../arbitrary/layers.ts';
import { placed } from '../../arbitrary/plans.ts';
import { dtypes } from '../../arbitrary/tensors.ts';
import { type Law, type LawSet, law, lawOf, lawSet, type Verdict } from '../../law.ts';
import { inFormat, type LayerCase, onBench, showCase } from '../../layer/case.ts';
import { noisy } from '../../train/layers.ts';
import { layerAgrees } from './bench.ts';

/** Batches and widths on both sides of what a vector, two and a tile hold. */
const lengths = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33);

interface Sample extends LayerCase {
  readonly dtype: Dtype;
}

const samplesOf = (of: fc.Arbitrary<AnyLayer>): fc.Arbitrary<Sample> =>
  of.chain((layer) =>
    fc.record({
      layer: fc.constant(layer),
      batch: lengths.map((batch) => Math.max(batch, layer.minimumBatch)),
      training: fc.boolean(),
      key: keys,
      dtype: dtypes,
    }),
  );

const agrees = (sample: Sample): Verdict => onBench(sample, (bench) => layerAgrees(inFormat(sample.dtype, bench)));

const layerLaw = (name: string, of: fc.Arbitrary<AnyLayer>, runs = 6): Law =>
  law(name, 'gives on emitted code what the reference gives, in every bit', samplesOf(of), agrees, {
    runs,
    show: (sample) => `${showCase(sample)} in ${sample.dtype}`,
  });

const shapes: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 4, arbitrary: lengths.map((n) => [n]) },
  { weight: 1, arbitrary: fc.constantFrom<Shape>([3, 4], [2, 5], [7, 1], [2, 3, 2], []) },
);

const at = (part: Part): fc.Arbitrary<AnyLayer> => shapes.map((shape) => placed(part, shape));

const erased = (layer: Layer.SomeLayer): AnyLayer => layer.use((known): AnyLayer => known);

const inside = fc
  .tuple(lengths, lengths)
  .map(([inputs, outputs]): readonly AnyLayer[] => [
    Layer.dense(inputs, outputs),
    placed(Activation.tanh, [outputs]),
    placed(Layer.dropout(0.5), [outputs]),
    Layer.dense(outputs, inputs),
  ]);

/** A way to draw each kind of layer. */
const kinds: Readonly<Record<string, fc.Arbitrary<AnyLayer>>> = {
  ...Object.fromEntries(
    Object.entries({ ...activations, heaviside: Activation.heaviside }).map(([name, part]) => [name, at(part)]),
  ),
  activation: at(activations.sinusoid ?? Activation.tanh),
  dense: fc.tuple(lengths, lengths).map(([inputs, outputs]) => Layer.dense(inputs, outputs)),
  denseWithoutBias: fc.tuple(lengths, lengths).map(([inputs, outputs]) => Layer.denseWithoutBias(inputs, outputs)),
  softmax: shapes.filter(({ length }) => length > 0).map((shape) => Layer.softmax.at(shape)),
  logSoftmax: shapes.filter(({ length }) => length > 0).map((shape) => Layer.logSoftmax.at(shape)),
  dropout: fc.constantFrom(0, 0.1, 0.5).chain((rate) => at(Layer.dropout(rate))),
  gaussianDropout: fc.constantFrom(0, 0.1, 0.5).chain((rate) => at(Layer.gaussianDropout(rate))),
  alphaDropout: fc.constantFrom(0, 0.1, 0.5).chain((rate) => at(Layer.alphaDropout(rate))),
  gaussianNoise: fc.constantFrom(0, 0.1, 2).chain((deviation) => at(Layer.gaussianNoise(deviation))),
  batchNorm: shapes.filter(({ length }) => length > 0).map((shape) => Layer.batchNorm().at(shape)),
  layerNorm: shapes.filter(({ length }) => length > 0).map((shape) => Layer.layerNorm().at(shape)),
  flatten: shapes.map((shape) => Layer.flatten(shape)),
  reshape: lengths.map((n) => Layer.reshape([n, 2], [2, n])),
  sequential: inside.map((parts) => erased(Layer.sequentialOf(parts[0]?.input ?? [1], parts))),
  parallel: fc
    .tuple(lengths, lengths, lengths)
    .map(([n, a, b]) => erased(Layer.parallelOf([Layer.dense(n, a), Layer.denseWithoutBias(n, b)]))),
  residual: inside.map((parts) => Layer.residual(erased(Layer.sequentialOf(parts[0]?.input ?? [1], parts)))),
  noisy: at(noisy),
};

const everyKind: Law = lawOf(
  'every layer',
  'has a law of its name',
  Object.keys(Layer.registry),
  (kind): Verdict => (Object.hasOwn(kinds, kind) ? undefined : { expected: `a law of ${kind}`, received: 'none' }),
);

export const layerLawSet: LawSet = lawSet('layers on the engine', [
  everyKind,
  ...Object.entries(kinds).map(([name, of]) => layerLaw(name, of)),
  layerLaw('compositions', layers, 60),
]);
