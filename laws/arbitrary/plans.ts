/**
 * Layers before their shape is known. A plan makes a layer of whatever shape comes to it, so that of a list of plans any
 * may be left out and the rest still fit: a network that fails shrinks to the layer that is at fault.
 */
import * as fc from 'fast-check';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../src/layer/layer.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { reshapings } from './shapes.ts';

/** A layer for any shape. */
export type Plan = (shape: Shape) => AnyLayer;

const erased = (layer: Layer.SomeLayer): AnyLayer => layer.use((known): AnyLayer => known);

/**
 * A part at a shape.
 *
 * @example
 * ```ts
 * import { Activation } from 'nabla-ts';
 * import { placed } from 'nabla-ts/laws';
 * placed(Activation.tanh, [3]).output // => [3]
 * ```
 */
export const placed = (part: Part, shape: Shape): AnyLayer => ('at' in part ? part.at(shape) : part);

/** The plan that others shrink to: it gives way to whatever stands beside it, and alone it is the identity. */
const nothing: Plan = (shape) => placed(Activation.identity, shape);

/**
 * Layers one after another; of a single one, that one.
 *
 * @example
 * ```ts
 * import { Activation } from 'nabla-ts';
 * import { inSequence, placed } from 'nabla-ts/laws';
 * inSequence([(shape) => placed(Activation.tanh, shape)])([3]).description // => { kind: 'tanh' }
 * ```
 */
export const inSequence =
  (plans: readonly Plan[]): Plan =>
  (shape) => {
    const kept = plans.filter((plan) => plan !== nothing);
    const layers = (kept.length === 0 ? plans.slice(0, 1) : kept).reduce<readonly AnyLayer[]>(
      (before, plan) => before.concat(plan(before[before.length - 1]?.output ?? shape)),
      [],
    );
    const [only] = layers;
    return only !== undefined && layers.length === 1 ? only : erased(Layer.sequentialOf(shape, layers));
  };

/** A layer of vectors, after flattening what has more axes. */
const ofVectors =
  (plan: (width: number) => AnyLayer): Plan =>
  (shape) => {
    const [width] = shape;
    return width !== undefined && shape.length === 1
      ? plan(width)
      : erased(Layer.sequentialOf(shape, [Layer.flatten(shape), plan(size(shape))]));
  };

const always =
  (part: Part): Plan =>
  (shape) =>
    placed(part, shape);

/** As many elements as a branch may have before it is made narrower, so that nested ones stay small. */
const WIDE = 12;

/** Side by side, outputs must agree but for the last axis: flattened ones do. */
const branch =
  (plan: Plan): Plan =>
  (shape) => {
    const layer = plan(shape);
    const width = size(layer.output);
    return erased(
      Layer.sequentialOf(shape, [layer, Layer.flatten(layer.output), ...(width > WIDE ? [Layer.dense(width, 3)] : [])]),
    );
  };

/** A plan, and then what gives the shape back. */
const keeping =
  (plan: Plan): Plan =>
  (shape) => {
    const layer = plan(shape);
    const [last, n] = [layer.output, size(layer.output)];
    const back: readonly Part[] =
      n === size(shape)
        ? [Layer.reshape(last, shape)]
        : [Layer.flatten(last), Layer.dense(n, size(shape)), Layer.reshape([size(shape)], shape)];
    return erased(Layer.sequentialOf(shape, [layer, ...back]));
  };

/** What disturbs in training; they shrink to one that does nothing. */
const disturbances: readonly Part[] = [
  ...[0, 0.5, 0.25].map(Layer.dropout),
  Layer.gaussianDropout(0.25),
  Layer.alphaDropout(0.25),
  Layer.gaussianNoise(0.5),
];

/**
 * Plans of layers that are not compositions, the activations being of one's choice. They shrink to what gives way to
 * others, and is the identity alone.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Activation } from 'nabla-ts';
 * import { simplePlansOf } from 'nabla-ts/laws';
 * const [plan] = fc.sample(simplePlansOf([Activation.tanh]), { seed: 1, numRuns: 1 });
 * plan?.([3]).input // => [3]
 * ```
 */
export const simplePlansOf = (activations: readonly Part[]): fc.Arbitrary<Plan> => {
  const width = fc.integer({ min: 1, max: 5 });
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(nothing) },
    { weight: 3, arbitrary: width.map((outputs) => ofVectors((inputs) => Layer.dense(inputs, outputs))) },
    { weight: 3, arbitrary: width.map((outputs) => ofVectors((inputs) => Layer.denseWithoutBias(inputs, outputs))) },
    { weight: 4, arbitrary: fc.constantFrom(...activations).map(always) },
    { weight: 2, arbitrary: fc.constantFrom(Layer.softmax, Layer.logSoftmax).map(always) },
    { weight: 2, arbitrary: fc.constantFrom(...disturbances).map(always) },
    { weight: 2, arbitrary: fc.constant(always(Layer.batchNorm())) },
    { weight: 2, arbitrary: fc.constant(always(Layer.layerNorm())) },
    {
      weight: 2,
      arbitrary: fc.nat({ max: 20 }).map(
        (which): Plan =>
          (shape) => {
            const known = reshapings(shape);
            return Layer.reshape(shape, known[which % known.length] ?? shape);
          },
      ),
    },
    { weight: 1, arbitrary: fc.constant<Plan>((shape) => Layer.flatten(shape)) },
    { weight: 1, arbitrary: fc.constant<Plan>((shape) => erased(Layer.sequentialOf(shape, []))) },
  );
};

/** What may stand around plans, with what beside them. It shrinks to nothing around them. */
const around = (simple: fc.Arbitrary<Plan>): fc.Arbitrary<(inner: readonly Plan[]) => readonly Plan[]> =>
  fc
    .record({
      how: fc.constantFrom('nothing', 'sequential', 'residual', 'parallel', 'residual', 'parallel'),
      before: fc.array(simple, { maxLength: 1 }),
      beside: fc.array(simple, { maxLength: 1 }),
    })
    .map(({ how, before, beside }) => (inner) => {
      const plans = [...before, ...inner, ...beside];
      switch (how) {
        case 'nothing':
          return plans;
        case 'sequential':
          return [(shape) => erased(Layer.sequentialOf(shape, [inSequence(plans)(shape)]))];
        case 'residual':
          return [(shape) => Layer.residual(keeping(inSequence(plans))(shape))];
        default: {
          const branches = [inSequence([...before, ...inner]), ...beside].map(branch);
          return [(shape) => erased(Layer.parallelOf(branches.map((plan) => plan(shape))))];
        }
      }
    });

/**
 * Plans of layers nested to a depth, `length` of them at most one after another. What stands around and beside a layer
 * shrinks away, and so does every layer that is not needed.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Activation } from 'nabla-ts';
 * import { plansOf, simplePlansOf } from 'nabla-ts/laws';
 * const plans = plansOf(simplePlansOf([Activation.tanh]), { depth: 2, length: 3 });
 * fc.sample(plans, { seed: 1, numRuns: 20 }).every((plan) => plan([3]).input.length === 1) // => true
 * ```
 */
export const plansOf = (
  simple: fc.Arbitrary<Plan>,
  { depth, length }: { readonly depth: number; readonly length: number },
): fc.Arbitrary<Plan> => {
  const nested = fc
    .tuple(simple, fc.array(around(simple), { maxLength: depth, size: 'max' }))
    .map(([plan, wraps]) => wraps.reduce<readonly Plan[]>((inner, wrap) => wrap(inner), [plan]));
  return fc.array(nested, { minLength: 1, maxLength: length, size: 'max' }).map((lists) => inSequence(lists.flat()));
};
