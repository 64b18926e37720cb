/** Random layers of every kind, and random compositions of them. */
import * as fc from 'fast-check';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../src/layer/layer.ts';
import { add, divide, input, multiply, sin } from '../../src/scalar/expr.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { plansOf, simplePlansOf } from './plans.ts';
import { shapes } from './shapes.ts';

const x = input('x');

/**
 * An activation such as a user would write: x·(2 + sin x)/3.
 *
 * @example
 * ```ts
 * import { sinusoid } from 'nabla-ts/laws';
 * sinusoid.description.kind // => 'activation'
 * ```
 */
export const sinusoid: Layer.Elementwise = Layer.activation(divide(multiply(x, add(2, sin(x))), 3));

/**
 * Every activation that has a derivative almost everywhere that is not 0, by its name.
 *
 * @example
 * ```ts
 * import { activations } from 'nabla-ts/laws';
 * Object.keys(activations).includes('gelu') // => true
 * ```
 */
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

const simple = simplePlansOf(Object.values(activations));

/**
 * Layers of one example shape that are not compositions; of more than one axis, dense ones after flattening.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { simpleLayers } from 'nabla-ts/laws';
 * fc.sample(simpleLayers([3]), { seed: 1, numRuns: 20 }).every((layer) => layer.input[0] === 3) // => true
 * ```
 */
export const simpleLayers = (shape: Shape): fc.Arbitrary<AnyLayer> => simple.map((plan) => plan(shape));

/**
 * Layers that take a shape, nested to a depth: sequences, branches and residuals of one another.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { layersAt } from 'nabla-ts/laws';
 * fc.sample(layersAt([3], 2), { seed: 1, numRuns: 20 }).every((layer) => layer.input[0] === 3) // => true
 * ```
 */
export const layersAt = (shape: Shape, depth: number): fc.Arbitrary<AnyLayer> =>
  plansOf(simple, { depth, length: depth === 0 ? 1 : 3 }).map((plan) => plan(shape));

/**
 * Layers of every kind, composed at random. One that fails shrinks to the smallest composition that does, usually a
 * single layer, at the smallest shape.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { layers } from 'nabla-ts/laws';
 * fc.sample(layers, { seed: 1, numRuns: 3 }).length // => 3
 * ```
 */
export const layers: fc.Arbitrary<AnyLayer> = fc
  .record({ shape: shapes, plan: plansOf(simple, { depth: 2, length: 3 }) })
  .map(({ shape, plan }) => plan(shape));

/**
 * Layers whose rows do not depend on one another in training either: without batch norm.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { rowwiseLayers } from 'nabla-ts/laws';
 * const text = JSON.stringify(fc.sample(rowwiseLayers, { seed: 1, numRuns: 50 }).map((layer) => layer.description));
 * text.includes('batchNorm') // => false
 * ```
 */
export const rowwiseLayers: fc.Arbitrary<AnyLayer> = layers.filter(
  ({ description }) => !JSON.stringify(description).includes('"batchNorm"'),
);
