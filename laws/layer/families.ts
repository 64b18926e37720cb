/** The laws of every layer, family by family, and of random compositions. */
import * as fc from 'fast-check';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { layers, rowwiseLayers } from '../arbitrary/layers.ts';
import { reshaped, shapes } from '../arbitrary/shapes.ts';
import { type LawSet, lawSet } from '../law.ts';
import { type LayerOptions, layer, type Moments } from '../pack/layer.ts';

const lawsOf = (name: string, of: fc.Arbitrary<AnyLayer>, options: LayerOptions): LawSet =>
  layer(of, { name, ...options });

/** Batch norm's rows share statistics. */
const SHARED = { 'rows do not depend on those that follow': 'batch norm normalises over the batch in training' };

/** Beyond some 10⁴ the sine of f32 is not told, and a composition may get there. */
const FAR = { 'large inputs stay finite': 'a user’s activation with a sine is among them, which has a domain' };

/** Klambauer et al. 2017, section 2: x with probability q, else α′ = −λα, and then times a and b more. */
const alphaMoments =
  (rate: number) =>
  (x: number): Moments => {
    const [q, lowest] = [1 - rate, -1.7580993408473766];
    const a = (q + lowest ** 2 * q * (1 - q)) ** -0.5;
    const b = -a * (1 - q) * lowest;
    return { mean: a * (q * x + (1 - q) * lowest) + b, variance: a * a * q * (1 - q) * (x - lowest) ** 2 };
  };

const width = fc.integer({ min: 1, max: 6 });

const dense: fc.Arbitrary<AnyLayer> = fc
  .tuple(width, width, fc.boolean())
  .map(([inputs, outputs, bias]) => (bias ? Layer.dense(inputs, outputs) : Layer.denseWithoutBias(inputs, outputs)));

const shaping: fc.Arbitrary<AnyLayer> = shapes.chain((shape) =>
  fc.oneof(
    fc.constant<AnyLayer>(Layer.flatten(shape)),
    reshaped(shape).map((to) => Layer.reshape(shape, to)),
  ),
);

export const familyLaws: LawSet = lawSet(
  'layers',
  [],
  [
    lawsOf('dense', dense, { runs: 20 }),
    lawsOf(
      'softmax',
      shapes.chain((shape) => fc.constantFrom(Layer.softmax.at(shape), Layer.logSoftmax.at(shape))),
      { runs: 20 },
    ),
    lawsOf(
      'dropout',
      fc.tuple(shapes, fc.constantFrom(0, 0.1, 0.5, 0.9)).map(([shape, rate]) => Layer.dropout(rate).at(shape)),
      { runs: 15, unbiased: true },
    ),
    ...[0, 0.5, 0.9].map((rate) =>
      lawsOf(
        `gaussianDropout ${rate}`,
        shapes.map((shape) => Layer.gaussianDropout(rate).at(shape)),
        { runs: 5, moments: (x) => ({ mean: x, variance: (x * x * rate) / (1 - rate) }) },
      ),
    ),
    ...[0, 0.1, 0.5].map((rate) =>
      lawsOf(
        `alphaDropout ${rate}`,
        shapes.map((shape) => Layer.alphaDropout(rate).at(shape)),
        { runs: 5, standard: true, moments: alphaMoments(rate) },
      ),
    ),
    ...[0.1, 2].map((deviation) =>
      lawsOf(
        `gaussianNoise ${deviation}`,
        shapes.map((shape) => Layer.gaussianNoise(deviation).at(shape)),
        { runs: 5, moments: (x) => ({ mean: x, variance: deviation * deviation }) },
      ),
    ),
    lawsOf(
      'batchNorm',
      fc
        .tuple(shapes, fc.constantFrom(0, 0.1, 1), fc.constantFrom(1e-5, 0.1))
        .map(([shape, momentum, epsilon]) => Layer.batchNorm({ momentum, epsilon }).at(shape)),
      { runs: 30, except: SHARED },
    ),
    lawsOf(
      'layerNorm',
      fc.tuple(shapes, fc.constantFrom(1e-5, 0.1)).map(([shape, epsilon]) => Layer.layerNorm({ epsilon }).at(shape)),
      { runs: 20 },
    ),
    lawsOf('flatten and reshape', shaping, { runs: 10 }),
    lawsOf('compositions', rowwiseLayers, { runs: 40, except: FAR }),
    lawsOf('compositions with batch norm', layers, { runs: 40, except: { ...SHARED, ...FAR } }),
  ],
);
