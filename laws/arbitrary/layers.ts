/** Random layers of every kind, and random compositions of them. */
import * as fc from 'fast-check';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../src/layer/layer.ts';
import { add, divide, input, multiply, sin } from '../../src/scalar/expr.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { reshaped, shapes } from './shapes.ts';

const x = input('x');

/** An activation such as a user would write. */
export const sinusoid: Layer.Elementwise = Layer.activation(divide(multiply(x, add(2, sin(x))), 3));

/** Every activation that has a derivative almost everywhere that is not 0. */
export const activations: Readonly<Record<string, Part>> = {
  sinusoid,
  identity: Activation.identity,
  sigmoid: Activation.sigmoid,
  tanh: Activation.tanh,
  relu: Activation.relu,
  leakyRelu: Activation.leakyRelu(0.2),
  prelu: Activation.prelu(),
  elu: Activation.elu(1.5),
  selu: Activation.selu,
  celu: Activation.celu(0.75),
  gelu: Activation.gelu,
  geluTanh: Activation.geluTanh,
  silu: Activation.silu,
  mish: Activation.mish,
  softplus: Activation.softplus,
  softsign: Activation.softsign,
  hardSigmoid: Activation.hardSigmoid,
  hardTanh: Activation.hardTanh,
  hardSwish: Activation.hardSwish,
  logSigmoid: Activation.logSigmoid,
  gaussian: Activation.gaussian,
};

/** A part at a shape. */
export const placed = (part: Part, shape: Shape): AnyLayer => ('at' in part ? part.at(shape) : part);

/** Layers of one example shape that are not compositions. */
export const simpleLayers = (shape: Shape): fc.Arbitrary<AnyLayer> => {
  const [width] = shape;
  const any: readonly fc.Arbitrary<AnyLayer>[] = [
    fc.constantFrom(...Object.values(activations)).map((part) => placed(part, shape)),
    fc.constantFrom(Layer.softmax, Layer.logSoftmax).map((part) => part.at(shape)),
    fc.constantFrom(0, 0.25, 0.5).map((rate) => Layer.dropout(rate).at(shape)),
    fc.constant(Layer.batchNorm().at(shape)),
    fc.constant(Layer.layerNorm().at(shape)),
    reshaped(shape).map((to) => Layer.reshape(shape, to)),
    fc.constant(Layer.flatten(shape)),
  ];
  const dense: readonly fc.Arbitrary<AnyLayer>[] =
    width !== undefined && shape.length === 1
      ? [
          fc.integer({ min: 1, max: 5 }).map((outputs) => Layer.dense(width, outputs)),
          fc.integer({ min: 1, max: 5 }).map((outputs) => Layer.denseWithoutBias(width, outputs)),
        ]
      : [];
  return fc.oneof(...dense, ...any);
};

const erased = (layer: Layer.SomeLayer): AnyLayer => layer.use((known): AnyLayer => known);

/** A list of layers, each taking what the one before it gives. */
const chains = (shape: Shape, length: number, depth: number): fc.Arbitrary<readonly AnyLayer[]> =>
  length === 0
    ? fc.constant([])
    : layersAt(shape, depth).chain((first) => chains(first.output, length - 1, depth).map((rest) => [first, ...rest]));

/** Layers that give the shape they take. */
const keeping = (shape: Shape, depth: number): fc.Arbitrary<AnyLayer> =>
  chains(shape, 2, depth).map((layers) => {
    const last = layers[layers.length - 1]?.output ?? shape;
    const back: readonly Part[] =
      size(last) === size(shape)
        ? [Layer.reshape(last, shape)]
        : [Layer.flatten(last), Layer.dense(size(last), size(shape)), Layer.reshape([size(shape)], shape)];
    return erased(Layer.sequentialOf(shape, [...layers, ...back]));
  });

/** Layers that take a shape, nested to a depth. */
export const layersAt = (shape: Shape, depth: number): fc.Arbitrary<AnyLayer> =>
  depth === 0
    ? simpleLayers(shape)
    : fc.oneof(
        { weight: 2, arbitrary: simpleLayers(shape) },
        {
          weight: 2,
          arbitrary: fc
            .integer({ min: 0, max: 3 })
            .chain((length) => chains(shape, length, depth - 1))
            .map((layers) => erased(Layer.sequentialOf(shape, layers))),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(layersAt(shape, depth - 1), layersAt(shape, depth - 1))
            // Side by side, outputs must agree but for the last axis: flattened ones do.
            .map((layers) =>
              erased(
                Layer.parallelOf(
                  layers.map((layer) => erased(Layer.sequentialOf(shape, [layer, Layer.flatten(layer.output)]))),
                ),
              ),
            ),
        },
        { weight: 1, arbitrary: keeping(shape, depth - 1).map((layer) => Layer.residual(layer)) },
      );

/** Layers of every kind, composed at random. */
export const layers: fc.Arbitrary<AnyLayer> = shapes.chain((shape) => layersAt(shape, 2));

/** Layers whose rows do not depend on one another in training either. */
export const rowwiseLayers: fc.Arbitrary<AnyLayer> = layers.filter(
  ({ description }) => !JSON.stringify(description).includes('"batchNorm"'),
);
